// SPDX-License-Identifier: Apache-2.0
/*
 * lib/xarray.c - an array that grows, of pointers and small numbers
 *
 * Faultline's telling of the XArray of v6.12. Whoever changes it holds xa_lock; readers need an RCU section only.
 * So a node is complete before it can be seen, an entry is stored with a release, and of a node that leaves the
 * array what a reader may still meet says retry, until every reader has gone.
 */

#define for_each_mark(mark) for (mark = XA_MARK_0; mark <= XA_MARK_MAX; mark_inc(mark))
#define mark_inc(mark) ((mark)++)

/* The owner of a node that waits for its readers. */
#define XA_RCU_FREE ((struct xarray *)1)

static inline unsigned int xa_lock_type(const struct xarray *xa)
{
	return xa->xa_flags & (XA_LOCK_IRQ | XA_LOCK_BH);
}

static inline void xas_lock_type(struct xa_state *xas, unsigned int type)
{
	switch (type) {
	case XA_LOCK_BH:
		xas_lock_bh(xas);
		break;
	case XA_LOCK_IRQ:
		xas_lock_irq(xas);
		break;
	default:
		xas_lock(xas);
	}
}

static inline void xas_unlock_type(struct xa_state *xas, unsigned int type)
{
	switch (type) {
	case XA_LOCK_BH:
		xas_unlock_bh(xas);
		break;
	case XA_LOCK_IRQ:
		xas_unlock_irq(xas);
		break;
	default:
		xas_unlock(xas);
	}
}

static inline bool xa_zero_busy(const struct xarray *xa)
{
	return (xa->xa_flags & XA_FLAGS_ZERO_BUSY) != 0;
}

static inline bool xa_track_free(const struct xarray *xa)
{
	return (xa->xa_flags & XA_FLAGS_TRACK_FREE) != 0;
}

/* Marks. A slot that leads to a node has those that anything below has; the array has those of its head. */

static inline void xa_mark_clear(struct xarray *xa, xa_mark_t mark)
{
	if (xa_marked(xa, mark))
		xa->xa_flags &= ~XA_FLAGS_MARK(mark);
}

static inline void xa_mark_set(struct xarray *xa, xa_mark_t mark)
{
	if (!xa_marked(xa, mark))
		xa->xa_flags |= XA_FLAGS_MARK(mark);
}

static inline unsigned long *node_marks(struct xa_node *node, xa_mark_t mark)
{
	return &node->marks[mark][0];
}

/* Both say whether it was set before. */
static inline bool node_clear_mark(struct xa_node *node, unsigned int slot, xa_mark_t mark)
{
	return __test_and_clear_bit(slot, node_marks(node, mark));
}

static inline bool node_set_mark(struct xa_node *node, unsigned int slot, xa_mark_t mark)
{
	return __test_and_set_bit(slot, node_marks(node, mark));
}

static inline bool node_get_mark(struct xa_node *node, unsigned int slot, xa_mark_t mark)
{
	return test_bit(slot, node_marks(node, mark));
}

static inline void node_mark_all(struct xa_node *node, xa_mark_t mark)
{
	bitmap_fill(node_marks(node, mark), XA_CHUNK_SIZE);
}

static inline bool node_any_mark(struct xa_node *node, xa_mark_t mark)
{
	return !bitmap_empty(node_marks(node, mark), XA_CHUNK_SIZE);
}

/* What becomes one entry has the marks of all that it replaces, on its first slot alone. */
static void xas_squash_marks(const struct xa_state *xas)
{
	unsigned int second = xas->xa_offset + 1;
	unsigned int behind = second + xas->xa_sibs;
	xa_mark_t mark;

	if (second == behind)
		return;
	for_each_mark(mark) {
		unsigned long *map = node_marks(xas->xa_node, mark);

		if (find_next_bit(map, behind, second) < behind) {
			__set_bit(xas->xa_offset, map);
			bitmap_clear(map, second, xas->xa_sibs);
		}
	}
}

/* Where in a node an index belongs. */
static unsigned int get_offset(unsigned long index, struct xa_node *node)
{
	return XA_CHUNK_MASK & (index >> node->shift);
}

static void xas_set_offset(struct xa_state *xas)
{
	struct xa_node *node = xas->xa_node;

	xas->xa_offset = get_offset(xas->xa_index, node);
}

/* The index follows to a slot of the node, or to the first behind it; what is below the slot is its first. */
static void xas_move_index(struct xa_state *xas, unsigned long slot)
{
	unsigned int shift = xas->xa_node->shift;

	xas->xa_index = (xas->xa_index & (~XA_CHUNK_MASK << shift)) + (slot << shift);
}

static void xas_next_offset(struct xa_state *xas)
{
	xas_move_index(xas, ++xas->xa_offset);
}

static void *set_bounds(struct xa_state *xas)
{
	xas->xa_node = XAS_BOUNDS;
	return NULL;
}

/*
 * The first step of a walk: the head, unless the state has been walked already. NULL, and no node, in an error and
 * where the array does not reach.
 */
static void *xas_start(struct xa_state *xas)
{
	unsigned long slot = xas->xa_index, last = 0;
	void *head;

	if (xas_valid(xas))
		return xas_reload(xas);
	if (xas_error(xas))
		return NULL;

	head = xa_head(xas->xa);
	if (xa_is_node(head)) {
		slot >>= xa_to_node(head)->shift;
		last = XA_CHUNK_MASK;
	}
	if (slot > last)
		return set_bounds(xas);
	xas->xa_node = NULL;
	return head;
}

/* One level down, and from a sibling to the slot that it is one of. */
static __always_inline void *xas_descend(struct xa_state *xas, struct xa_node *node)
{
	unsigned int own = get_offset(xas->xa_index, node), slot = own;
	void *entry;

	for (;; slot = xa_to_sibling(entry)) {
		entry = xa_entry(xas->xa, node, slot);
		if (!xa_is_sibling(entry))
			break;
	}
	xas->xa_offset = slot;
	xas->xa_node = node;
	/* It has been split between the two reads: the node there is not that of our index. */
	return slot != own && node->shift && xa_is_node(entry) ? XA_RETRY_ENTRY : entry;
}

/* May be a node or nothing where the state is for a larger entry than what stands there. */
void *xas_load(struct xa_state *xas)
{
	void *entry = xas_start(xas);
	struct xa_node *node;

	while (xa_is_node(entry)) {
		node = xa_to_node(entry);
		if (node->shift < xas->xa_shift)
			return entry;
		entry = xas_descend(xas, node);
		if (!node->shift)
			return entry;
	}
	return entry;
}

/* Nodes: where they come from and where they go. */

static gfp_t xas_gfp(const struct xa_state *xas, gfp_t gfp)
{
	return xas->xa->xa_flags & XA_FLAGS_ACCOUNT ? gfp | __GFP_ACCOUNT : gfp;
}

/* Out of the array. Readers may be in it still. */
static void xa_node_free(struct xa_node *node)
{
	node->array = XA_RCU_FREE;
	call_rcu(&node->rcu_head, radix_tree_node_rcu_free);
}

/* What was allocated and not needed. Nobody has seen it, so it goes at once. */
void xas_destroy(struct xa_state *xas)
{
	struct xa_node *spare;

	while ((spare = xas->xa_alloc)) {
		xas->xa_alloc = rcu_dereference_raw(spare->parent);
		radix_tree_node_rcu_free(&spare->rcu_head);
	}
}

/* Called without the lock. True: there is a node now, try it again. */
bool xas_nomem(struct xa_state *xas, gfp_t gfp)
{
	struct xa_node *spare;

	if (xas_error(xas) != -ENOMEM) {
		xas_destroy(xas);
		return false;
	}
	spare = kmem_cache_alloc_lru(radix_tree_node_cachep, xas->xa_lru, xas_gfp(xas, gfp));
	xas->xa_alloc = spare;
	if (spare) {
		spare->parent = NULL;
		xas_reset(xas);
	}
	return spare != NULL;
}

/* The same with the lock held, which falls for as long as the allocation may sleep. */
static bool __xas_nomem(struct xa_state *xas, gfp_t gfp)
	__must_hold(xas->xa->xa_lock)
{
	unsigned int type = xa_lock_type(xas->xa);
	bool sleeps = gfpflags_allow_blocking(gfp);

	if (xas_error(xas) != -ENOMEM) {
		xas_destroy(xas);
		return false;
	}
	gfp = xas_gfp(xas, gfp);
	if (sleeps)
		xas_unlock_type(xas, type);
	xas->xa_alloc = kmem_cache_alloc_lru(radix_tree_node_cachep, xas->xa_lru, gfp);
	if (sleeps)
		xas_lock_type(xas, type);
	if (xas->xa_alloc) {
		xas->xa_alloc->parent = NULL;
		xas_reset(xas);
	}
	return xas->xa_alloc != NULL;
}

static void xas_update(struct xa_state *xas, struct xa_node *node)
{
	xa_update_node_t told = xas->xa_update;

	if (told)
		told(node);
}

/* A node for the slot where the state is. The slot does not lead to it yet, but counts. */
static void *xas_alloc(struct xa_state *xas, unsigned int shift)
{
	struct xa_node *above = xas->xa_node, *node;

	if (xas_invalid(xas))
		return NULL;

	node = xas->xa_alloc;
	if (!node) {
		node = kmem_cache_alloc_lru(radix_tree_node_cachep, xas->xa_lru,
					    xas_gfp(xas, GFP_NOWAIT | __GFP_NOWARN));
		if (!node) {
			xas_set_err(xas, -ENOMEM);
			return NULL;
		}
	} else {
		xas->xa_alloc = NULL;
	}

	if (above) {
		above->count++;
		node->offset = xas->xa_offset;
		xas_update(xas, above);
	}
	node->array = xas->xa;
	RCU_INIT_POINTER(node->parent, above);
	node->shift = shift;
	node->nr_values = 0;
	node->count = 0;
	return node;
}

/* How many indices the entry of the state takes. */
static unsigned long xas_size(const struct xa_state *xas)
{
	return (1UL + xas->xa_sibs) << xas->xa_shift;
}

/* The index that the array has to reach. A head alone cannot be of several indices, so that one more is asked for. */
static unsigned long xas_max(struct xa_state *xas)
{
	unsigned long beyond, last = xas->xa_index;

	if (!xas->xa_sibs && !xas->xa_shift)
		return last;
	beyond = xas_size(xas) - 1;
	last |= beyond;
	return last == beyond ? last + 1 : last;
}

/* The last index for which an array with this head has a place. */
static unsigned long max_index(void *head)
{
	return xa_is_node(head) ? (XA_CHUNK_SIZE << xa_to_node(head)->shift) - 1 : 0;
}

/* As long as the topmost node leads to nothing but its first slot, the array does without it. */
static void xas_shrink(struct xa_state *xas)
{
	struct xa_node *top = xas->xa_node;
	struct xarray *xa = xas->xa;
	void *only;

	while (top->count == 1) {
		only = xa_entry_locked(xa, top, 0);
		if (!only || (!xa_is_node(only) && top->shift))
			return;
		if (xa_zero_busy(xa) && xa_is_zero(only))
			only = NULL;
		xas->xa_node = XAS_BOUNDS;
		RCU_INIT_POINTER(xa->xa_head, only);
		if (xa_track_free(xa) && !node_get_mark(top, 0, XA_FREE_MARK))
			xa_mark_clear(xa, XA_FREE_MARK);

		top->nr_values = 0;
		top->count = 0;
		/* Who goes down through a node is right either way; an entry may change without this copy. */
		if (!xa_is_node(only))
			RCU_INIT_POINTER(top->slots[0], XA_RETRY_ENTRY);
		xas_update(xas, top);
		xa_node_free(top);
		if (!xa_is_node(only))
			return;
		top = xa_to_node(only);
		top->parent = NULL;
	}
}

/* A node that has become empty goes, and so do those above it that had nothing else. */
static void xas_delete_node(struct xa_state *xas)
{
	struct xa_node *node = xas->xa_node, *above;

	while (!node->count) {
		above = xa_parent_locked(xas->xa, node);
		xas->xa_offset = node->offset;
		xas->xa_node = above;
		xa_node_free(node);
		if (!above) {
			xas->xa->xa_head = NULL;
			set_bounds(xas);
			return;
		}
		above->slots[xas->xa_offset] = NULL;
		above->count--;
		xas_update(xas, above);
		node = above;
	}
	if (node->parent)
		return;
	xas_shrink(xas);
}

/* What the array does not lead to any more: everything below a node, and the node last. There are few levels. */
static void xas_free_nodes(struct xa_state *xas, struct xa_node *top)
{
	unsigned int slot;
	void *entry;

	for (slot = 0; slot < XA_CHUNK_SIZE; slot++) {
		entry = xa_entry_locked(xas->xa, top, slot);
		if (top->shift && xa_is_node(entry))
			xas_free_nodes(xas, xa_to_node(entry));
		else if (entry)
			RCU_INIT_POINTER(top->slots[slot], XA_RETRY_ENTRY);
	}
	top->count = top->nr_values = 0;
	xas_update(xas, top);
	xa_node_free(top);
}

/* What the array is marked with becomes the marks of its former head, the first slot of a new node. */
static void xas_inherit_marks(struct xarray *xa, struct xa_node *node)
{
	xa_mark_t mark;

	for_each_mark(mark) {
		if (mark == XA_FREE_MARK && xa_track_free(xa)) {
			node_mark_all(node, mark);
			if (!xa_marked(xa, mark)) {
				node_clear_mark(node, 0, mark);
				xa_mark_set(xa, mark);
			}
		} else if (xa_marked(xa, mark)) {
			node_set_mark(node, 0, mark);
		}
	}
}

/*
 * Nodes on top, until the array reaches the state's place. Returns the shift of a slot that would lead to the head.
 * An empty array gets none here: xas_create() makes all of them, from the head down.
 */
static int xas_expand(struct xa_state *xas, void *head)
{
	unsigned long last = xas_max(xas);
	struct xarray *xa = xas->xa;
	struct xa_node *node = NULL, *below;
	unsigned int shift = 0;

	if (!head) {
		if (!last)
			return 0;
		while (last >> shift >= XA_CHUNK_SIZE)
			shift += XA_CHUNK_SHIFT;
		return shift + XA_CHUNK_SHIFT;
	}
	if (xa_is_node(head)) {
		node = xa_to_node(head);
		shift = node->shift + XA_CHUNK_SHIFT;
	}

	xas->xa_node = NULL;
	for (; max_index(head) < last; shift += XA_CHUNK_SHIFT) {
		node = xas_alloc(xas, shift);
		if (!node)
			return -ENOMEM;
		RCU_INIT_POINTER(node->slots[0], head);
		node->count = 1;
		if (xa_is_value(head))
			node->nr_values = 1;
		xas_inherit_marks(xa, node);

		/* It is complete: now others may see it, from below first. */
		if (xa_is_node(head)) {
			below = xa_to_node(head);
			below->offset = 0;
			rcu_assign_pointer(below->parent, node);
		}
		head = xa_mk_node(node);
		rcu_assign_pointer(xa->xa_head, head);
		xas_update(xas, node);
	}
	xas->xa_node = node;
	return shift;
}

/* An empty node, where nothing stands. */
static struct xa_node *xas_add_node(struct xa_state *xas, void __rcu **place, unsigned int shift)
{
	struct xa_node *node = xas_alloc(xas, shift);

	if (node) {
		if (xa_track_free(xas->xa))
			node_mark_all(node, XA_FREE_MARK);
		rcu_assign_pointer(*place, xa_mk_node(node));
	}
	return node;
}

/*
 * Walks to the slot for an entry of the state's size, and makes the nodes that are missing on the way. What stands
 * there is returned; an entry that is larger ends the walk.
 */
static void *xas_create(struct xa_state *xas, bool allow_root)
{
	struct xarray *xa = xas->xa;
	struct xa_node *node = xas->xa_node;
	void __rcu **place = &xa->xa_head;
	void *entry;
	int shift = 0;

	if (xas_top(node)) {
		xas->xa_node = NULL;
		entry = xa_head_locked(xa);
		/* Where index 0 is taken, though nothing is stored there, an empty array has to grow like another. */
		shift = xas_expand(xas, entry || !xa_zero_busy(xa) ? entry : XA_ZERO_ENTRY);
		if (shift < 0)
			return NULL;
		if (!allow_root && !shift)
			shift = XA_CHUNK_SHIFT;
		/* There may be another head by now. */
		entry = xa_head_locked(xa);
	} else if (xas_error(xas)) {
		return NULL;
	} else {
		shift = node->shift;
		place = &node->slots[xas->xa_offset];
		entry = xa_entry_locked(xa, node, xas->xa_offset);
	}

	while (shift > (int)xas->xa_shift && (!entry || xa_is_node(entry))) {
		shift -= XA_CHUNK_SHIFT;
		node = entry ? xa_to_node(entry) : xas_add_node(xas, place, shift);
		if (!node)
			return NULL;
		entry = xas_descend(xas, node);
		place = &node->slots[xas->xa_offset];
	}
	return entry;
}

/*
 * Makes every leaf below the state's entry, from the last to the first, so that stores there need no memory. The
 * state then stands at the first, or has an error.
 */
void xas_create_range(struct xa_state *xas)
{
	unsigned char shift = xas->xa_shift, sibs = xas->xa_sibs;
	unsigned long first = xas->xa_index;
	struct xa_node *node;

	xas->xa_index = first | (xas_size(xas) - 1);
	if (xas_is_node(xas) && xas->xa_node->shift == shift)
		xas->xa_offset |= sibs;
	xas->xa_sibs = 0;
	xas->xa_shift = 0;

	for (;;) {
		xas_create(xas, true);
		if (xas_error(xas)) {
			xas->xa_index = first;
			xas->xa_sibs = sibs;
			xas->xa_shift = shift;
			return;
		}
		if (xas->xa_index <= (first | XA_CHUNK_MASK))
			break;
		/* To the leaf before: up until there is a slot to the left. */
		xas->xa_index -= XA_CHUNK_SIZE;
		for (node = xas->xa_node; node->shift < shift; node = xas->xa_node) {
			xas->xa_offset = node->offset - 1;
			xas->xa_node = xa_parent_locked(xas->xa, node);
			if (node->offset)
				break;
		}
	}
	xas->xa_index = first;
	if (xas->xa_node)
		xas_set_offset(xas);
}

static void update_node(struct xa_state *xas, struct xa_node *node, int count, int values)
{
	if (node && (count || values)) {
		node->nr_values += values;
		node->count += count;
		xas_update(xas, node);
		if (count < 0)
			xas_delete_node(xas);
	}
}

/*
 * Stores at every slot of the state's entry: the entry in the first, siblings in the others. Storing nothing clears
 * the siblings behind, too. What stood there is returned, the last where there were several.
 */
void *xas_store(struct xa_state *xas, void *entry)
{
	void __rcu **place = &xas->xa->xa_head;
	bool number = xa_is_value(entry);
	int count = 0, values = 0;
	unsigned int slot, last;
	struct xa_node *node;
	void *old, *there;

	if (!entry)
		old = xas_load(xas);
	else
		old = xas_create(xas, !xa_is_node(entry) && !xa_is_zero(entry));
	if (xas_invalid(xas))
		return old;

	node = xas->xa_node;
	if (node && node->shift > xas->xa_shift)
		xas->xa_sibs = 0;
	if (!xas->xa_sibs && old == entry)
		return old;

	slot = xas->xa_offset;
	last = slot + xas->xa_sibs;
	if (node) {
		place = &node->slots[slot];
		xas_squash_marks(xas);
	}
	/* Before the entry goes: to a reader who follows a mark an empty slot would be the end. */
	if (!entry)
		xas_init_marks(xas);

	for (there = old;; place++) {
		rcu_assign_pointer(*place, entry);
		if (xa_is_node(there) && (!node || node->shift))
			xas_free_nodes(xas, xa_to_node(there));
		if (!node)
			break;
		count += (entry != NULL) - (there != NULL);
		values += number - xa_is_value(old);
		if (slot == (entry ? last : XA_CHUNK_MASK))
			break;
		if (entry)
			entry = xa_mk_sibling(xas->xa_offset);
		there = xa_entry_locked(xas->xa, node, ++slot);
		if (xa_is_sibling(there))
			continue;
		if (!entry && slot > last)
			break;
		old = there;
	}
	update_node(xas, node, count, values);
	return old;
}

/* Upwards until somebody has it already. */
void xas_set_mark(const struct xa_state *xas, xa_mark_t mark)
{
	unsigned int slot = xas->xa_offset;
	struct xa_node *node;

	if (xas_invalid(xas))
		return;
	for (node = xas->xa_node; node; node = xa_parent_locked(xas->xa, node)) {
		if (node_set_mark(node, slot, mark))
			return;
		slot = node->offset;
	}
	xa_mark_set(xas->xa, mark);
}

/* Upwards until somebody has another reason for it. */
void xas_clear_mark(const struct xa_state *xas, xa_mark_t mark)
{
	unsigned int slot = xas->xa_offset;
	struct xa_node *node;

	if (xas_invalid(xas))
		return;
	for (node = xas->xa_node; node; node = xa_parent_locked(xas->xa, node)) {
		if (!node_clear_mark(node, slot, mark) || node_any_mark(node, mark))
			return;
		slot = node->offset;
	}
	xa_mark_clear(xas->xa, mark);
}

/* As those of an empty slot: free, where that is tracked, and nothing else. */
void xas_init_marks(const struct xa_state *xas)
{
	xa_mark_t mark;

	for_each_mark(mark) {
		if (mark == XA_FREE_MARK && xa_track_free(xas->xa))
			xas_set_mark(xas, mark);
		else
			xas_clear_mark(xas, mark);
	}
}

/* One large entry becomes several smaller ones. */

static unsigned int node_get_marks(struct xa_node *node, unsigned int slot)
{
	unsigned int all = 0;
	xa_mark_t mark;

	for_each_mark(mark)
		if (node_get_mark(node, slot, mark))
			all |= 1U << mark;
	return all;
}

/* On the first slot of every entry of a node that is full of entries of one size. */
static inline void node_mark_slots(struct xa_node *node, unsigned int sibs, xa_mark_t mark)
{
	unsigned int slot;

	if (!sibs) {
		node_mark_all(node, mark);
		return;
	}
	for (slot = 0; slot < XA_CHUNK_SIZE; slot += sibs + 1)
		node_set_mark(node, slot, mark);
}

static void node_set_marks(struct xa_node *node, unsigned int slot, struct xa_node *child, unsigned int sibs,
			   unsigned int marks)
{
	xa_mark_t mark;

	for_each_mark(mark) {
		if (!(marks & (1U << mark)))
			continue;
		node_set_mark(node, slot, mark);
		if (child)
			node_mark_slots(child, sibs, mark);
	}
}

/* A node of a split: every slot holds the entry, or leads to the one before it that does. */
static struct xa_node *xas_filled_node(struct xa_state *xas, void *entry, gfp_t gfp)
{
	struct xa_node *node = kmem_cache_alloc_lru(radix_tree_node_cachep, xas->xa_lru, gfp);
	unsigned int sibs = xas->xa_sibs, slot;

	for (slot = 0; node && slot < XA_CHUNK_SIZE; slot++)
		RCU_INIT_POINTER(node->slots[slot], slot & sibs ? xa_mk_sibling(slot & ~sibs) : entry);
	return node;
}

/* The nodes that a split over one level needs. Called without the lock. */
void xas_split_alloc(struct xa_state *xas, void *entry, unsigned int order, gfp_t gfp)
{
	unsigned int levels = (order - xas->xa_shift) / XA_CHUNK_SHIFT;
	unsigned int wanted = levels ? 1 << (order % XA_CHUNK_SHIFT) : 0;
	bool fails = WARN_ON(order > xas->xa_shift + 2 * XA_CHUNK_SHIFT);
	struct xa_node *node;

	while (wanted-- && !fails) {
		node = xas_filled_node(xas, entry, xas_gfp(xas, gfp));
		fails = !node;
		if (node) {
			node->array = xas->xa;
			RCU_INIT_POINTER(node->parent, xas->xa_alloc);
			xas->xa_alloc = node;
		}
	}
	if (fails) {
		xas_destroy(xas);
		xas_set_err(xas, -ENOMEM);
	}
}

/* From the last slot down: the siblings that are left still lead to an entry, and not into a node. */
void xas_split(struct xa_state *xas, void *entry, unsigned int order)
{
	unsigned int sibs = (1 << (order % XA_CHUNK_SHIFT)) - 1;
	bool number = xa_is_value(entry);
	void *old = xas_load(xas);
	struct xa_node *node = xas->xa_node, *child;
	unsigned int slot, first, marks;
	int values = 0;

	if (xas_top(node))
		return;

	marks = node_get_marks(node, xas->xa_offset);
	slot = xas->xa_offset + sibs;
	do {
		if (node->shift > xas->xa_shift) {
			child = xas->xa_alloc;
			xas->xa_alloc = rcu_dereference_raw(child->parent);
			child->count = XA_CHUNK_SIZE;
			child->nr_values = number ? XA_CHUNK_SIZE : 0;
			child->offset = slot;
			child->shift = node->shift - XA_CHUNK_SHIFT;
			RCU_INIT_POINTER(child->parent, node);
			node_set_marks(node, slot, child, xas->xa_sibs, marks);
			rcu_assign_pointer(node->slots[slot], xa_mk_node(child));
			values -= xa_is_value(old);
			xas_update(xas, child);
		} else {
			first = slot - xas->xa_sibs;
			node_set_marks(node, first, NULL, 0, marks);
			rcu_assign_pointer(node->slots[first], entry);
			for (; slot > first; slot--)
				rcu_assign_pointer(node->slots[slot], xa_mk_sibling(first));
			values += (number - xa_is_value(old)) * (xas->xa_sibs + 1);
		}
	} while (slot-- > xas->xa_offset);

	node->nr_values += values;
	xas_update(xas, node);
}

/* Walks. */

/* Behind the entry, and to be looked up again, as the lock or the section is about to end. */
void xas_pause(struct xa_state *xas)
{
	struct xa_node *node = xas->xa_node;
	unsigned long behind;

	if (xas_invalid(xas))
		return;

	xas_reset(xas);
	if (!node) {
		xas->xa_index++;
		return;
	}
	for (behind = xas->xa_offset + 1UL; behind < XA_CHUNK_SIZE; behind++)
		if (!xa_is_sibling(xa_entry(xas->xa, node, behind)))
			break;
	/* Wherever in the entry the index was: what counts is the slot. */
	xas->xa_index &= ~XA_CHUNK_MASK << node->shift;
	xas->xa_index += behind << node->shift;
	/* It was the last there is. */
	if (!xas->xa_index)
		set_bounds(xas);
}

/* To the slot behind the node; false where the array ends. */
static bool xas_up(struct xa_state *xas)
{
	xas->xa_offset = 1 + xas->xa_node->offset;
	xas->xa_node = xa_parent(xas->xa, xas->xa_node);
	return xas->xa_node != NULL;
}

/* Down from where the state is, whatever its slot leads to. */
static void *xas_down(struct xa_state *xas)
{
	void *entry = xa_entry(xas->xa, xas->xa_node, xas->xa_offset);

	while (xa_is_node(entry)) {
		xas->xa_node = xa_to_node(entry);
		xas_set_offset(xas);
		entry = xa_entry(xas->xa, xas->xa_node, xas->xa_offset);
	}
	return entry;
}

void *__xas_next(struct xa_state *xas)
{
	if (!xas_frozen(xas->xa_node))
		xas->xa_index += 1;
	if (!xas->xa_node)
		return set_bounds(xas);
	if (xas_not_node(xas->xa_node))
		return xas_load(xas);

	if (get_offset(xas->xa_index, xas->xa_node) != xas->xa_offset)
		xas->xa_offset++;
	while (xas->xa_offset == XA_CHUNK_SIZE)
		if (!xas_up(xas))
			return set_bounds(xas);
	return xas_down(xas);
}

/* Before the first slot of a node is what stands before the node itself. */
void *__xas_prev(struct xa_state *xas)
{
	if (!xas_frozen(xas->xa_node))
		xas->xa_index -= 1;
	if (!xas->xa_node)
		return set_bounds(xas);
	if (xas_not_node(xas->xa_node))
		return xas_load(xas);

	if (get_offset(xas->xa_index, xas->xa_node) != xas->xa_offset)
		xas->xa_offset--;
	while (xas->xa_offset >= XA_CHUNK_SIZE) {
		xas->xa_offset = xas->xa_node->offset - 1;
		xas->xa_node = xa_parent(xas->xa, xas->xa_node);
		if (!xas->xa_node)
			return set_bounds(xas);
	}
	return xas_down(xas);
}

/* The first entry at the index or behind it; behind it only, where the state stands at an entry. */
void *xas_find(struct xa_state *xas, unsigned long max)
{
	struct xa_node *node = xas->xa_node;
	void *entry;

	if (node == XAS_BOUNDS || xas_error(xas))
		return NULL;
	if (xas->xa_index > max)
		return set_bounds(xas);

	if (!node) {
		/* The head was the only entry. */
		xas->xa_index = 1;
		return set_bounds(xas);
	}
	if (node == XAS_RESTART) {
		entry = xas_load(xas);
		if (entry || !xas_is_node(xas))
			return entry;
	} else if (!node->shift && (xas->xa_index & XA_CHUNK_MASK) != xas->xa_offset) {
		/* Somebody moved the index on. */
		xas->xa_offset = 1 + ((xas->xa_index - 1) & XA_CHUNK_MASK);
	}

	xas_next_offset(xas);
	while (xas->xa_node && xas->xa_index <= max) {
		if (xas->xa_offset == XA_CHUNK_SIZE) {
			xas_up(xas);
			continue;
		}
		entry = xa_entry(xas->xa, xas->xa_node, xas->xa_offset);
		if (xa_is_node(entry)) {
			xas->xa_offset = 0;
			xas->xa_node = xa_to_node(entry);
		} else if (!entry || xa_is_sibling(entry)) {
			xas_next_offset(xas);
		} else {
			return entry;
		}
	}
	return xas->xa_node ? NULL : set_bounds(xas);
}

/* Nothing up to max: reset. Nothing in the whole array: where it ends, and something can be stored there. */
static void *xas_unmarked(struct xa_state *xas, unsigned long max)
{
	if (xas->xa_index <= max)
		return set_bounds(xas);
	xas_reset(xas);
	return NULL;
}

/* Of several slots of one entry the first has the marks. */
static void xas_to_first(struct xa_state *xas)
{
	void *entry = xa_entry(xas->xa, xas->xa_node, xas->xa_offset);

	if (!xa_is_sibling(entry))
		return;
	xas->xa_offset = xa_to_sibling(entry);
	xas_move_index(xas, xas->xa_offset);
}

void *xas_find_marked(struct xa_state *xas, unsigned long max, xa_mark_t mark)
{
	bool behind = true;
	unsigned int slot;
	void *entry;

	if (xas_error(xas))
		return NULL;
	if (xas->xa_index > max)
		return xas_unmarked(xas, max);

	if (!xas->xa_node) {
		xas->xa_index = 1;
		return xas_unmarked(xas, max);
	}
	if (xas_top(xas->xa_node)) {
		behind = false;
		xas->xa_node = NULL;
		entry = xa_head(xas->xa);
		if (max_index(entry) < xas->xa_index)
			return xas_unmarked(xas, max);
		if (!xa_is_node(entry)) {
			if (xa_marked(xas->xa, mark))
				return entry;
			xas->xa_index = 1;
			return xas_unmarked(xas, max);
		}
		xas->xa_node = xa_to_node(entry);
		xas->xa_offset = xas->xa_index >> xas->xa_node->shift;
	}

	while (xas->xa_index <= max) {
		if (xas->xa_offset == XA_CHUNK_SIZE) {
			if (!xas_up(xas))
				break;
			behind = false;
			continue;
		}
		if (!behind)
			xas_to_first(xas);

		slot = xas_find_chunk(xas, behind, mark);
		if (xas->xa_offset < slot) {
			xas_move_index(xas, slot);
			behind = false;
			/* Behind the last index there is 0. */
			if (xas->xa_index - 1 >= max) {
				xas_reset(xas);
				return NULL;
			}
			xas->xa_offset = slot;
			if (slot == XA_CHUNK_SIZE)
				continue;
		}

		entry = xa_entry(xas->xa, xas->xa_node, xas->xa_offset);
		if (xa_is_node(entry)) {
			xas->xa_node = xa_to_node(entry);
			xas_set_offset(xas);
		} else if (entry || (mark == XA_FREE_MARK && xa_track_free(xas->xa))) {
			return entry;
		}
	}
	return xas_unmarked(xas, max);
}

/* The normal interface. */

void *xa_load(struct xarray *xa, unsigned long index)
{
	XA_STATE(xas, xa, index);
	void *found;

	rcu_read_lock();
	for (;;) {
		found = xas_load(&xas);
		/* Reserved, and so not there. */
		if (xa_is_zero(found))
			found = NULL;
		if (!xas_retry(&xas, found))
			break;
	}
	rcu_read_unlock();
	return found;
}

/* What users are told of what was stored before, or an error. */
static void *xas_result(struct xa_state *xas, void *old)
{
	if (xa_is_zero(old))
		return NULL;
	return xas_error(xas) ? xas->xa_node : old;
}

/* A store after which the place is not free. */
static void *xas_take(struct xa_state *xas, void *entry)
{
	void *old = xas_store(xas, entry);

	if (xa_track_free(xas->xa))
		xas_clear_mark(xas, XA_FREE_MARK);
	return old;
}

void *__xa_erase(struct xarray *xa, unsigned long index)
{
	XA_STATE(xas, xa, index);
	void *old = xas_store(&xas, NULL);

	return xas_result(&xas, old);
}

void *xa_erase(struct xarray *xa, unsigned long index)
{
	void *old;

	xa_locked(xa, old = __xa_erase(xa, index));
	return old;
}

void *__xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	XA_STATE(xas, xa, index);
	void *old;

	if (WARN_ON_ONCE(xa_is_advanced(entry)))
		return XA_ERROR(-EINVAL);
	/* Nothing, but the place is not free. */
	if (!entry && xa_track_free(xa))
		entry = XA_ZERO_ENTRY;

	do {
		old = xas_take(&xas, entry);
	} while (__xas_nomem(&xas, gfp));
	return xas_result(&xas, old);
}

void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	void *old;

	xa_locked(xa, old = __xa_store(xa, index, entry, gfp));
	return old;
}

/* What one entry can take of a range, from its first index on: slots of one node, as high up as they are full. */
static void xas_set_range(struct xa_state *xas, unsigned long first, unsigned long last)
{
	unsigned int shift = 0, room;
	unsigned long more;

	while (last - first >= (XA_CHUNK_SIZE << shift) - 1 && !(first & ((XA_CHUNK_SIZE << shift) - 1)))
		shift += XA_CHUNK_SHIFT;
	room = XA_CHUNK_MASK - ((first >> shift) & XA_CHUNK_MASK);
	more = (last - first - ((1UL << shift) - 1)) >> shift;

	xas_set(xas, first);
	xas->xa_shift = shift;
	xas->xa_sibs = more < room ? more : room;
}

/* As few entries as stand for the range. Others may come between them, where a node has to be waited for. */
void *xa_store_range(struct xarray *xa, unsigned long first, unsigned long last, void *entry, gfp_t gfp)
{
	XA_STATE(xas, xa, 0);

	if (WARN_ON_ONCE(xa_is_internal(entry)) || last < first)
		return XA_ERROR(-EINVAL);

	do {
		xas_lock(&xas);
		while (first <= last) {
			xas_set_range(&xas, first, last);
			xas_store(&xas, entry);
			if (xas_error(&xas))
				break;
			first += xas_size(&xas);
		}
		xas_unlock(&xas);
	} while (xas_nomem(&xas, gfp));
	return xas_result(&xas, NULL);
}

void *__xa_cmpxchg(struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp)
{
	XA_STATE(xas, xa, index);
	void *found;

	if (WARN_ON_ONCE(xa_is_advanced(entry)))
		return XA_ERROR(-EINVAL);

	do {
		found = xas_load(&xas);
		if (found != old)
			continue;
		if (entry && !found)
			xas_take(&xas, entry);
		else
			xas_store(&xas, entry);
	} while (__xas_nomem(&xas, gfp));
	return xas_result(&xas, found);
}

int __xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	XA_STATE(xas, xa, index);

	if (WARN_ON_ONCE(xa_is_advanced(entry)))
		return -EINVAL;
	if (!entry)
		entry = XA_ZERO_ENTRY;

	do {
		if (xas_load(&xas))
			xas_set_err(&xas, -EBUSY);
		else
			xas_take(&xas, entry);
	} while (__xas_nomem(&xas, gfp));
	return xas_error(&xas);
}

/* At the first free index within the limits, which the caller is told before others can find the entry. */
int __xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp)
{
	XA_STATE(xas, xa, 0);

	if (WARN_ON_ONCE(xa_is_advanced(entry)) || WARN_ON_ONCE(!xa_track_free(xa)))
		return -EINVAL;
	if (!entry)
		entry = XA_ZERO_ENTRY;

	do {
		xas.xa_index = limit.min;
		xas_find_marked(&xas, limit.max, XA_FREE_MARK);
		if (xas.xa_node != XAS_RESTART)
			*id = xas.xa_index;
		else
			xas_set_err(&xas, -EBUSY);
		xas_take(&xas, entry);
	} while (__xas_nomem(&xas, gfp));
	return xas_error(&xas);
}

/* The same from the index on that comes next, and then from the lowest: 1 says that it came round. */
int __xa_alloc_cyclic(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, u32 *next, gfp_t gfp)
{
	struct xa_limit ahead = limit;
	bool round = false;
	int error;

	if (*next > ahead.min)
		ahead.min = *next;
	error = __xa_alloc(xa, id, entry, ahead, gfp);
	if (error && ahead.min != limit.min) {
		round = true;
		error = __xa_alloc(xa, id, entry, limit, gfp);
	}
	if (error)
		return error;
	*next = *id + 1;
	return round;
}

/* What is not there is not marked. */
void __xa_set_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
{
	XA_STATE(xas, xa, index);

	if (xas_load(&xas))
		xas_set_mark(&xas, mark);
}

void xa_set_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
{
	xa_locked(xa, __xa_set_mark(xa, index, mark));
}

/* Whether the index is one of an entry that begins before it. */
static bool xas_sibling(struct xa_state *xas)
{
	struct xa_node *node = xas->xa_node;
	unsigned long within;

	if (!node)
		return false;
	within = xas->xa_index & ((XA_CHUNK_SIZE << node->shift) - 1);
	return within > (unsigned long)xas->xa_offset << node->shift;
}

/* The next entry that is the user's; of one that begins before the index, none where only what is behind it counts. */
static void *xas_next_of_user(struct xa_state *xas, unsigned long max, xa_mark_t filter, bool behind)
{
	void *found;

	rcu_read_lock();
	do {
		found = filter < XA_MAX_MARKS ? xas_find_marked(xas, max, filter) : xas_find(xas, max);
	} while ((behind && xas_valid(xas) && xas_sibling(xas)) || xas_retry(xas, found));
	rcu_read_unlock();
	return found;
}

void *xa_find(struct xarray *xa, unsigned long *indexp, unsigned long max, xa_mark_t filter)
{
	XA_STATE(xas, xa, *indexp);
	void *found = xas_next_of_user(&xas, max, filter, false);

	if (found)
		*indexp = xas.xa_index;
	return found;
}

void *xa_find_after(struct xarray *xa, unsigned long *indexp, unsigned long max, xa_mark_t filter)
{
	XA_STATE(xas, xa, 1 + *indexp);
	void *found = xas.xa_index ? xas_next_of_user(&xas, max, filter, true) : NULL;

	if (found)
		*indexp = xas.xa_index;
	return found;
}
