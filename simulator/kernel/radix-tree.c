/*
 * Radix tree operations. A slot pointer is an address inside a node: it stays what it is when the node is
 * freed. Preloading leaves preemption off until radix_tree_preload_end(), so nothing may sleep in between.
 */
#if RADIX_ERA

static spinlock_t *lock_of(struct radix_tree_root *root)
{
#if __uses(tree_lock)
	if (the_mapping && root == &the_mapping->page_tree)
		return &the_mapping->tree_lock;
#endif
	return &root->xa_lock;
}

static void assert_writer(struct radix_tree_root *root)
{
	__assert(__holds(lock_of(root)) == WRITE_LOCK, "locking-assumption",
		"the tree is changed without its lock");
}

/* NULL: nothing there, and then neither node nor slot is told unless a slot exists. */
atomic void *__radix_tree_lookup(struct radix_tree_root *root, unsigned long index, struct radix_tree_node **node, void ***slot)
{
	struct tree_place place;

	if (!tree_reaches(root, index))
		return NULL;
	tree_find(root, index, &place);
	if (node)
		*node = place.node;
	if (slot)
		*slot = place.node ? &place.node->slots[place.offset] : &root->rnode;
	__event("lookup", root, index, place.entry);
	return place.entry;
}

void *radix_tree_lookup(struct radix_tree_root *root, unsigned long index)
{
	return __radix_tree_lookup(root, index, NULL, NULL);
}

void **radix_tree_lookup_slot(struct radix_tree_root *root, unsigned long index)
{
	void **slot;

	return __radix_tree_lookup(root, index, NULL, &slot) ? slot : NULL;
}

atomic void *radix_tree_deref_slot(void **slot)
{
	return *slot;
}

atomic void *radix_tree_deref_slot_protected(void **slot, spinlock_t *lock)
{
	lockdep_assert_held(lock);
	return *slot;
}

/* Where a slot pointer points, found from the root; false when it is in no node of the tree. */
static bool locate(struct radix_tree_root *root, void **slot, struct tree_place *place)
{
	unsigned long index;

	for (index = 0; index < WORLD_PAGES; index++) {
		tree_find(root, index, place);
		if (slot == (place->node ? &place->node->slots[place->offset] : &root->rnode))
			return true;
	}
	return false;
}

atomic void radix_tree_replace_slot(struct radix_tree_root *root, void **slot, void *entry)
{
	struct tree_place place;

	assert_writer(root);
	__assert(locate(root, slot, &place), "lost-entry", "a slot is stored to that is no longer in the tree");
	judge_store(root, place.node, place.offset, 1, entry);
	__progress();
	*slot = entry;
}

/* Until v4.9 the tree was not asked for. */
void radix_tree_replace_slot(void **slot, void *entry)
{
	radix_tree_replace_slot(&the_mapping->page_tree, slot, entry);
}

void __radix_tree_replace(struct radix_tree_root *root, struct radix_tree_node *node, void **slot, void *entry, void *update, void *private)
{
	radix_tree_replace_slot(root, slot, entry);
}

void __radix_tree_replace(struct radix_tree_root *root, struct radix_tree_node *node, void **slot, void *entry, void *update)
{
	radix_tree_replace_slot(root, slot, entry);
}

void __radix_tree_replace(struct radix_tree_root *root, struct radix_tree_node *node, void **slot, void *entry)
{
	radix_tree_replace_slot(root, slot, entry);
}

/* Down to the node (none: the head) whose slots are no larger than the order; -EEXIST: a larger entry is there. */
static int grow(struct radix_tree_root *root, unsigned long index, unsigned int order, struct radix_tree_node **found)
{
	unsigned long last = index | ((1UL << order) - 1);
	struct radix_tree_node *node = NULL;
	unsigned int offset;

	while (!tree_reaches(root, last))
		tree_grow(root, last);
	if (is_node(root->rnode))
		node = to_node(root->rnode);
	while (node && node->shift > order) {
		offset = offset_in(node, index);
		if (!node->slots[offset])
			node = tree_new_leaf(root, node, offset);
		else if (is_node(node->slots[offset]))
			node = to_node(node->slots[offset]);
		else
			return -EEXIST;
	}
	*found = node;
	return 0;
}

/* -EEXIST when anything lies in the range, whatever its size. */
atomic int __radix_tree_insert(struct radix_tree_root *root, unsigned long index, unsigned int order, void *entry)
{
	struct radix_tree_node *node;
	unsigned int offset = 0, slots = 1;

	assert_writer(root);
	__assert(index < WORLD_PAGES, "model", "an index is beyond the largest file of the world");
	__event("insert", root, index, order);
	if (grow(root, index, order, &node))
		return -EEXIST;
	if (node) {
		slots = 1U << (order - node->shift);
		offset = offset_in(node, index) & ~(slots - 1);
	}
	if (tree_slots_taken(root, node, offset, slots))
		return -EEXIST;
	judge_store(root, node, offset, slots, entry);
	__progress();
	tree_put(root, node, offset, slots, entry);
	return 0;
}

int radix_tree_insert(struct radix_tree_root *root, unsigned long index, void *entry)
{
	return __radix_tree_insert(root, index, 0, entry);
}

atomic void *radix_tree_delete_item(struct radix_tree_root *root, unsigned long index, void *item)
{
	struct tree_place place;

	assert_writer(root);
	tree_find(root, index, &place);
	if (!place.entry || (item && place.entry != item))
		return NULL;
	judge_store(root, place.node, place.offset, 1, NULL);
	__progress();
	tree_remove(root, place.node, place.offset, 1);
	tree_prune(root, place.node, &place.offset);
	return place.entry;
}

void *radix_tree_delete(struct radix_tree_root *root, unsigned long index)
{
	return radix_tree_delete_item(root, index, NULL);
}

atomic void *radix_tree_tag_set(struct radix_tree_root *root, unsigned long index, unsigned int tag)
{
	struct tree_place place;

	assert_writer(root);
	tree_find(root, index, &place);
	__assert(place.entry != NULL, "lost-entry", "an entry is tagged that is not in the tree");
	tree_set_mark(root, place.node, place.offset, tag);
	return place.entry;
}

atomic void *radix_tree_tag_clear(struct radix_tree_root *root, unsigned long index, unsigned int tag)
{
	struct tree_place place;

	assert_writer(root);
	tree_find(root, index, &place);
	if (place.entry)
		tree_clear_mark(root, place.node, place.offset, tag);
	return place.entry;
}

atomic int radix_tree_tag_get(struct radix_tree_root *root, unsigned long index, unsigned int tag)
{
	struct tree_place place;

	tree_find(root, index, &place);
	return place.entry ? tree_get_mark(root, place.node, place.offset, tag) : 0;
}

int radix_tree_preload(gfp_t gfp)
{
	__might_sleep();
	__acquired(&THIS_THREAD->preload_section, LOCK_SPIN, WRITE_LOCK);
	return 0;
}

int radix_tree_maybe_preload(gfp_t gfp)
{
	return radix_tree_preload(gfp);
}

fused void radix_tree_preload_end(void)
{
	__released(&THIS_THREAD->preload_section, LOCK_SPIN, WRITE_LOCK);
}

#endif
