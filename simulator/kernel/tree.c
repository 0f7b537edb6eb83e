/*
 * The tree itself: one level of leaves under one node. An entry of a higher order takes several slots of
 * the upper node, the first of them holds it and the others say which one that is. All of this runs inside
 * one step of whoever calls, under the tree's lock.
 */

/*
 * A node goes at once. Only code that comes back to a place of the tree inside one RCU section could tell
 * the difference; where the code under review does that, a node stays while anybody is inside of one.
 */
static void free_node(struct xa_node *node)
{
	node->array = NULL;
#if __uses(xas_reload) || __uses(xas_next) || __uses(radix_tree_deref_retry)
	if (rcu_somebody_reads())
		return;
#endif
	__free(node);
}

struct xa_node *tree_new_node(struct xarray *tree, struct xa_node *parent, unsigned int offset)
{
	struct xa_node *node = __alloc(sizeof(struct xa_node));

	node->shift = parent ? parent->shift - LEAF_SHIFT : LEAF_SHIFT;
	node->offset = offset;
	node->parent = parent;
	node->array = tree;
	if (parent) {
		if (!parent->slots[offset])
			parent->count++;
		parent->slots[offset] = from_node(node);
	} else {
		tree->xa_head = from_node(node);
	}
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
	unsigned int slots = 1, order = node->shift;

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
	unsigned long index = (unsigned long)offset << node->shift;

	if (node->parent)
		index += (unsigned long)node->offset << node->parent->shift;
	return index;
}

int tree_slots_taken(struct xa_node *node, unsigned int offset, unsigned int slots)
{
	unsigned int n;

	for (n = 0; n < slots; n++)
		if (node->slots[offset + n])
			return 1;
	return 0;
}

/* Stores over `slots` slots; leaves below them go, what was marked stays marked. */
void tree_put(struct xa_node *node, unsigned int offset, unsigned int slots, void *entry)
{
	unsigned int n, mark;
	void *old;

	for (n = 0; n < slots; n++) {
		old = node->slots[offset + n];
		node->slots[offset + n] = n ? sibling_of(offset) : entry;
		if (!old)
			node->count++;
		if (is_node(old))
			free_node(to_node(old));
		for (mark = 0; n && mark < TREE_MARKS; mark++) {
			if (node->marks[mark] & (1 << (offset + n)))
				node->marks[mark] |= 1 << offset;
			node->marks[mark] &= ~(1 << (offset + n));
		}
	}
}

/* Empties `slots` slots and the siblings of the last one; marks go. */
void tree_remove(struct xa_node *node, unsigned int offset, unsigned int slots)
{
	unsigned int n, mark;
	void *old;

	for (mark = 0; mark < TREE_MARKS; mark++)
		tree_clear_mark(node, offset, mark);
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

/* Takes nodes without a slot in use out of the tree. The node that is left (NULL: none), and where in it. */
struct xa_node *tree_prune(struct xa_node *node, unsigned int *offset)
{
	struct xa_node *parent;

	while (node && !node->count) {
		parent = node->parent;
		*offset = node->offset;
		if (parent) {
			parent->slots[node->offset] = NULL;
			parent->count--;
		} else {
			node->array->xa_head = NULL;
		}
		free_node(node);
		node = parent;
	}
	return node;
}

int tree_get_mark(struct xa_node *node, unsigned int offset, unsigned int mark)
{
	return (node->marks[mark] >> offset) & 1;
}

void tree_set_mark(struct xa_node *node, unsigned int offset, unsigned int mark)
{
	while (node) {
		node->marks[mark] |= 1 << offset;
		offset = node->offset;
		node = node->parent;
	}
}

/* A node above stays marked while anything else below it is. */
void tree_clear_mark(struct xa_node *node, unsigned int offset, unsigned int mark)
{
	while (node) {
		node->marks[mark] &= ~(1 << offset);
		if (node->marks[mark])
			return;
		offset = node->offset;
		node = node->parent;
	}
}

/* Finds whatever entry covers an index. */
void tree_find(struct xarray *tree, unsigned long index, struct tree_place *place)
{
	void *entry = tree->xa_head;

	place->node = NULL;
	place->offset = 0;
	while (is_node(entry) && index < WORLD_PAGES) {
		place->node = to_node(entry);
		place->offset = tree_canonical(place->node, offset_in(place->node, index));
		entry = place->node->slots[place->offset];
	}
	place->entry = index < WORLD_PAGES ? entry : NULL;
}

/* For checks, which look at a tree that stands still. */
void *tree_peek(struct xarray *tree, unsigned long index)
{
	struct tree_place place;

	tree_find(tree, index, &place);
	return place.entry;
}
