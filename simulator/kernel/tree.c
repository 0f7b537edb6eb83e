/*
 * The tree itself: an entry at index 0 alone is in the head, more are in a leaf, more than a leaf holds in
 * leaves under one node; it grows and shrinks as entries come and go. An entry of a higher order takes
 * several slots of the upper node, the first of them holds it and the others say which one that is. All of
 * this runs inside one step of whoever calls, under the tree's lock. A place without a node is the head.
 */

/*
 * A node goes at once. Only code that comes back to a place of the tree inside one RCU section could tell
 * the difference; where the code under review does that, a node stays while anybody is inside of one.
 */
static void free_node(struct xa_node *node)
{
	node->array = NULL;
#if __uses(xas_reload) || __uses(xas_next) || __uses(radix_tree_deref_retry)
	if (ANY_THREAD(rcu_nesting))
		return;
#endif
	__free(node);
}

bool tree_reaches(struct xarray *tree, unsigned long last)
{
	struct xa_node *root;

	if (!is_node(tree->xa_head))
		return last == 0;
	root = to_node(tree->xa_head);
	return last < (unsigned long)slots_of(root) << root->shift;
}

static struct xa_node *new_node(struct xarray *tree, unsigned int shift)
{
	struct xa_node *node = __alloc(sizeof(struct xa_node));

	node->shift = shift;
	node->array = tree;
	return node;
}

/* The head moves down into slot 0 of a new root, with its marks. */
static void wrap_head(struct xarray *tree, struct xa_node *root)
{
	void *head = tree->xa_head;
	unsigned int mark;

	root->slots[0] = head;
	root->count = 1;
	for (mark = 0; mark < TREE_MARKS; mark++)
		if (is_node(head) ? to_node(head)->marks[mark] : (tree->head_marks >> mark) & 1)
			root->marks[mark] = 1;
	if (is_node(head))
		to_node(head)->parent = root;
	tree->head_marks = 0;
}

/* One level more, or the first one, on the way to an index that is out of reach. */
void tree_grow(struct xarray *tree, unsigned long last)
{
	void *head = tree->xa_head;
	unsigned int shift = head ? (is_node(head) ? LEAF_SHIFT : 0) : (last < LEAF_SLOTS ? 0 : LEAF_SHIFT);
	struct xa_node *root = new_node(tree, shift);

	if (head)
		wrap_head(tree, root);
	tree->xa_head = from_node(root);
}

struct xa_node *tree_new_leaf(struct xarray *tree, struct xa_node *parent, unsigned int offset)
{
	struct xa_node *node = new_node(tree, 0);

	node->offset = offset;
	node->parent = parent;
	parent->count++;
	parent->slots[offset] = from_node(node);
	return node;
}

/* The slot that holds the entry that this slot belongs to. */
unsigned int tree_canonical(struct xa_node *node, unsigned int offset)
{
	void *entry = node->slots[offset];

	return is_sibling(entry) ? sibling_offset(entry) : offset;
}

unsigned int tree_order(struct xa_node *node, unsigned int offset)
{
	unsigned int slots = 1, order;

	if (!node)
		return 0;
	order = node->shift;
	while (offset + slots < slots_of(node) && node->slots[offset + slots] == sibling_of(offset))
		slots++;
	while (slots > 1) {
		order++;
		slots >>= 1;
	}
	return order;
}

/* The first index that a slot covers. */
unsigned long tree_index(struct xa_node *node, unsigned int offset)
{
	unsigned long index;

	if (!node)
		return 0;
	index = (unsigned long)offset << node->shift;
	if (node->parent)
		index += (unsigned long)node->offset << node->parent->shift;
	return index;
}

int tree_slots_taken(struct xarray *tree, struct xa_node *node, unsigned int offset, unsigned int slots)
{
	unsigned int n;

	if (!node)
		return tree->xa_head != NULL;
	for (n = 0; n < slots; n++)
		if (node->slots[offset + n])
			return 1;
	return 0;
}

/* The marks of a slot that becomes a sibling go to the slot that holds the entry. */
static void move_marks(struct xa_node *node, unsigned int from, unsigned int to)
{
	unsigned int mark;

	for (mark = 0; mark < TREE_MARKS; mark++) {
		if (node->marks[mark] & (1 << from))
			node->marks[mark] |= 1 << to;
		node->marks[mark] &= ~(1 << from);
	}
}

/* Stores over `slots` slots; leaves below them go, what was marked stays marked. */
void tree_put(struct xarray *tree, struct xa_node *node, unsigned int offset, unsigned int slots, void *entry)
{
	unsigned int n;
	void *old;

	if (!node) {
		tree->xa_head = entry;
		return;
	}
	for (n = 0; n < slots; n++) {
		old = node->slots[offset + n];
		node->slots[offset + n] = n ? sibling_of(offset) : entry;
		if (!old)
			node->count++;
		if (is_node(old))
			free_node(to_node(old));
		if (n)
			move_marks(node, offset + n, offset);
	}
}

/* Empties `slots` slots and the siblings of the last one; marks go. */
void tree_remove(struct xarray *tree, struct xa_node *node, unsigned int offset, unsigned int slots)
{
	unsigned int n, mark;
	void *old;

	for (mark = 0; mark < TREE_MARKS; mark++)
		tree_clear_mark(tree, node, offset, mark);
	if (!node) {
		tree->xa_head = NULL;
		return;
	}
	for (n = offset; n < slots_of(node); n++) {
		old = node->slots[n];
		if (n >= offset + slots && !is_sibling(old))
			break;
		if (!old)
			continue;
		node->slots[n] = NULL;
		node->count--;
		if (is_node(old))
			free_node(to_node(old));
	}
}

/* While all that is left is in slot 0 of the root, that takes the root's place. True when it did. */
static bool shrink(struct xarray *tree, struct xa_node *root)
{
	void *only = root->slots[0];
	unsigned int mark;

	if (root->count != 1 || !only || (!is_node(only) && root->shift))
		return false;
	tree->xa_head = only;
	if (is_node(only)) {
		to_node(only)->parent = NULL;
		shrink(tree, to_node(only));
	} else {
		for (mark = 0; mark < TREE_MARKS; mark++)
			if (root->marks[mark] & 1)
				tree->head_marks |= 1 << mark;
	}
	free_node(root);
	return true;
}

/* Takes what is no longer needed out of the tree. The node that is left at the place (NULL: none), and where in it. */
struct xa_node *tree_prune(struct xarray *tree, struct xa_node *node, unsigned int *offset)
{
	struct xa_node *parent;

	while (node && !node->count) {
		parent = node->parent;
		*offset = node->offset;
		if (parent) {
			parent->slots[node->offset] = NULL;
			parent->count--;
		} else {
			tree->xa_head = NULL;
		}
		free_node(node);
		node = parent;
	}
	if (node && !node->parent && shrink(tree, node))
		return NULL;
	return node;
}

int tree_get_mark(struct xarray *tree, struct xa_node *node, unsigned int offset, unsigned int mark)
{
	return node ? (node->marks[mark] >> offset) & 1 : (tree->head_marks >> mark) & 1;
}

void tree_set_mark(struct xarray *tree, struct xa_node *node, unsigned int offset, unsigned int mark)
{
	if (!node)
		tree->head_marks |= 1 << mark;
	for (; node; node = node->parent) {
		node->marks[mark] |= 1 << offset;
		offset = node->offset;
	}
}

/* A node above stays marked while anything else below it is. */
void tree_clear_mark(struct xarray *tree, struct xa_node *node, unsigned int offset, unsigned int mark)
{
	if (!node)
		tree->head_marks &= ~(1 << mark);
	for (; node; node = node->parent) {
		node->marks[mark] &= ~(1 << offset);
		if (node->marks[mark])
			return;
		offset = node->offset;
	}
}

/* Finds whatever entry covers an index. */
void tree_find(struct xarray *tree, unsigned long index, struct tree_place *place)
{
	void *entry = tree_reaches(tree, index) ? tree->xa_head : NULL;

	place->node = NULL;
	place->offset = 0;
	while (is_node(entry)) {
		place->node = to_node(entry);
		place->offset = tree_canonical(place->node, offset_in(place->node, index));
		entry = place->node->slots[place->offset];
	}
	place->entry = entry;
}

/* For checks, which look at a tree that stands still. */
void *tree_peek(struct xarray *tree, unsigned long index)
{
	struct tree_place place;

	tree_find(tree, index, &place);
	return place.entry;
}
