/*
 * XArray operations on one place: load, store, marks. A state that was walked before goes on from its node
 * and offset without looking where they lead now; only xas_reset() and its like send it back to the head.
 */
#if !RADIX_ERA

int scarce_memory;

/* Lookups need the lock or an RCU section; changes need the lock. Checks look at a tree that stands still. */
static void assert_reader(struct xa_state *xas)
{
	if (!__alone())
		__assert(__holds(&xas->xa->xa_lock) || THIS_THREAD->rcu_nesting, "locking-assumption",
			"the tree is looked at without its lock and outside of RCU");
}

static void assert_writer(struct xa_state *xas)
{
	__assert(__holds(&xas->xa->xa_lock) == WRITE_LOCK, "locking-assumption",
		"the tree is changed without its lock");
}

/* Down one level at the state's index; a sibling stands for the slot that holds the entry. */
void *xas_descend(struct xa_state *xas, struct xa_node *node)
{
	xas->xa_node = node;
	xas->xa_offset = tree_canonical(node, offset_in(node, xas->xa_index));
	return node->slots[xas->xa_offset];
}

atomic void *xas_reload(struct xa_state *xas)
{
	struct xa_node *node = xas->xa_node;

	assert_reader(xas);
	if (!node)
		return xas->xa->xa_head;
	return node->slots[tree_canonical(node, offset_in(node, xas->xa_index))];
}

void *xas_start(struct xa_state *xas)
{
	if (xas_valid(xas))
		return xas_reload(xas);
	if (xas_error(xas))
		return NULL;
	if (!tree_reaches(xas->xa, xas->xa_index)) {
		xas->xa_node = XAS_BOUNDS;
		return NULL;
	}
	xas->xa_node = NULL;
	return xas->xa->xa_head;
}

/*
 * Whatever entry covers the index. Asked for more than one page it stops at the level of that size and sees
 * only the first slot there: a node when smaller entries lie below that slot, NULL when nothing does.
 */
atomic void *xas_load(struct xa_state *xas)
{
	void *entry;

	assert_reader(xas);
	entry = xas_start(xas);
	while (is_node(entry)) {
		struct xa_node *node = to_node(entry);

		if (xas->xa_shift > node->shift)
			break;
		entry = xas_descend(xas, node);
		if (!node->shift)
			break;
	}
	__event("lookup", xas->xa, xas->xa_index, entry);
	return entry;
}

/* False: there is no memory, and the state says so. */
static bool may_allocate(struct xa_state *xas)
{
	if (scarce_memory && !xas->xa_alloc) {
		xas_set_err(xas, -ENOMEM);
		return false;
	}
	xas->xa_alloc = NULL;
	return true;
}

/* Makes the tree reach the last index of the state's range. */
static bool reach(struct xa_state *xas)
{
	unsigned long last = xas->xa_index | ((((unsigned long)xas->xa_sibs + 1) << xas->xa_shift) - 1);

	__assert(last < WORLD_PAGES, "model", "an index is beyond the largest file of the world");
	while (!tree_reaches(xas->xa, last)) {
		if (!may_allocate(xas))
			return false;
		tree_grow(xas->xa, last);
	}
	return true;
}

/* Walks to the slot of the state's size, growing the tree; stops early at an entry that is larger. */
static void *create(struct xa_state *xas)
{
	struct xa_node *node = xas->xa_node;
	void *entry;

	if (xas_error(xas))
		return NULL;
	if (xas_top(node)) {
		if (!reach(xas))
			return NULL;
		xas->xa_node = NULL;
		entry = xas->xa->xa_head;
		if (!is_node(entry))
			return entry;
		node = to_node(entry);
		entry = xas_descend(xas, node);
	} else {
		entry = node->slots[xas->xa_offset];
	}
	while (node->shift > xas->xa_shift) {
		if (entry && !is_node(entry))
			break;
		if (!entry && !may_allocate(xas))
			return NULL;
		node = entry ? to_node(entry) : tree_new_leaf(xas->xa, node, xas->xa_offset);
		entry = xas_descend(xas, node);
	}
	return entry;
}

static void erase(struct xa_state *xas, struct xa_node *node)
{
	unsigned int offset = xas->xa_offset;

	tree_remove(xas->xa, node, offset, xas->xa_sibs + 1);
	node = tree_prune(xas->xa, node, &offset);
	xas->xa_offset = offset;
	xas->xa_node = node ? node : XAS_BOUNDS;
}

/* Returns what was there. A larger entry keeps its size; smaller ones in the range go. */
atomic void *xas_store(struct xa_state *xas, void *entry)
{
	struct xa_node *node;
	void *old;

	assert_writer(xas);
	old = entry ? create(xas) : xas_load(xas);
	if (xas_invalid(xas))
		return old;
	node = xas->xa_node;
	if (!node || xas->xa_shift < node->shift)
		xas->xa_sibs = 0;
	if (old == entry && !xas->xa_sibs)
		return old;
	judge_store(xas->xa, node, xas->xa_offset, xas->xa_sibs + 1, entry);
	__progress();
	if (entry)
		tree_put(xas->xa, node, xas->xa_offset, xas->xa_sibs + 1, entry);
	else
		erase(xas, node);
	return old;
}

atomic bool xas_get_mark(struct xa_state *xas, xa_mark_t mark)
{
	assert_reader(xas);
	if (xas_invalid(xas))
		return false;
	return tree_get_mark(xas->xa, xas->xa_node, xas->xa_offset, mark);
}

atomic void xas_set_mark(struct xa_state *xas, xa_mark_t mark)
{
	assert_writer(xas);
	if (xas_valid(xas))
		tree_set_mark(xas->xa, xas->xa_node, xas->xa_offset, mark);
}

atomic void xas_clear_mark(struct xa_state *xas, xa_mark_t mark)
{
	assert_writer(xas);
	if (xas_valid(xas))
		tree_clear_mark(xas->xa, xas->xa_node, xas->xa_offset, mark);
}

atomic void xas_init_marks(struct xa_state *xas)
{
	int mark;

	for (mark = 0; mark < TREE_MARKS; mark++)
		xas_clear_mark(xas, mark);
}

/* True: there is memory now, and the walk begins anew. Called without the lock. */
bool xas_nomem(struct xa_state *xas, gfp_t gfp)
{
	bool lacking = xas->xa_node == XA_ERROR(-ENOMEM);

	if (lacking) {
		__might_sleep();
		xas->xa_alloc = XAS_BOUNDS;
		xas->xa_node = XAS_RESTART;
	} else {
		xas_destroy(xas);
	}
	return lacking;
}

/* True: what was found stands for no entry. Where the tree has changed its shape, the next look begins anew. */
bool xas_retry(struct xa_state *xas, void *entry)
{
	bool moved = xa_is_retry(entry);

	if (moved)
		xas_reset(xas);
	return moved || xa_is_zero(entry);
}

atomic int xas_get_order(struct xa_state *xas)
{
	if (xas_invalid(xas) || !xas->xa_node)
		return 0;
	return tree_order(xas->xa_node, tree_canonical(xas->xa_node, xas->xa_offset));
}

#endif
