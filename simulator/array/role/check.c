/* What must hold of the array when nobody uses it: its nodes count what they hold, and marks lead to what is marked. */

static int nodes_met;

static void check_child(struct xa_node *node, unsigned int place)
{
	struct xa_node *child = xa_to_node(node->slots[place]);

	__assert(child->parent == node && child->offset == place, "lost-entry", "a node does not know its parent");
	__assert(child->shift + XA_CHUNK_SHIFT == node->shift, "lost-entry", "a node is of a wrong level");
}

static void check_mark(struct xa_node *node, unsigned int place, int mark)
{
	__assert((*node->tags[mark] >> place) & 1, "lost-entry", "an entry is marked, and no mark leads to it");
}

static int check_node(struct xa_node *node)
{
	unsigned int place, count = 0, values = 0;
	int mark, marks = 0;

	nodes_met++;
	for (place = 0; place < XA_CHUNK_SIZE; place++) {
		void *entry = node->slots[place];
		int below = 0;

		if (!entry)
			continue;
		count++;
		if (xa_is_value(entry) || (xa_is_sibling(entry) && xa_is_value(node->slots[xa_to_sibling(entry)])))
			values++;
		if (xa_is_node(entry)) {
			check_child(node, place);
			below = check_node(xa_to_node(entry));
		}
		for (mark = 0; mark < XA_MAX_MARKS; mark++)
			if ((below >> mark) & 1)
				check_mark(node, place, mark);
	}
	__assert(count == node->count, "lost-entry", "a node counts other than what it holds");
	__assert(values == node->nr_values, "lost-entry", "a node counts other values than it holds");
	__assert(count > 0, "lost-entry", "an empty node stays in the array");
	for (mark = 0; mark < XA_MAX_MARKS; mark++)
		if (*node->tags[mark])
			marks |= 1 << mark;
	return marks;
}

void check_array(void)
{
	void *head = the_array.xa_head;
	int marks = 0, mark;

	nodes_met = 0;
	if (xa_is_node(head))
		marks = check_node(xa_to_node(head));
	for (mark = 0; mark < XA_MAX_MARKS; mark++)
		if ((marks >> mark) & 1)
			__assert(xa_marked(&the_array, mark), "lost-entry", "an entry is marked, and the array does not say so");
	__assert(nodes_met == nodes_in_use, "lost-entry", "a node is in use and not in the array");
	__assert(the_array.xa_lock.locked == 0, "lock-leak", "the lock of the array is left held");
}
