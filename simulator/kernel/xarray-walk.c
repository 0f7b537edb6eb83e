/* XArray operations that go from slot to slot: conflicts, iteration, and pausing it. */
#if !RADIX_ERA

/* The next slot of the state's range; false when there is none. */
static bool next_in_range(struct xa_state *xas)
{
	while (xas->xa_node->shift != xas->xa_shift) {
		if (xas->xa_offset + 1 < slots_of(xas->xa_node)) {
			xas->xa_offset++;
			return true;
		}
		xas->xa_offset = xas->xa_node->offset;
		xas->xa_node = xas->xa_node->parent;
		if (!xas->xa_node)
			return false;
	}
	if ((xas->xa_offset & xas->xa_sibs) == xas->xa_sibs)
		return false;
	xas->xa_offset++;
	return true;
}

static void *leftmost(struct xa_state *xas, void *entry)
{
	while (is_node(entry)) {
		xas->xa_node = to_node(entry);
		xas->xa_offset = 0;
		entry = xas->xa_node->slots[0];
	}
	return entry;
}

/*
 * Whether the entry that a walked state stands at counts as the next one. As described, the call could mean
 * either; as implemented so far it goes on behind it. Code has been written for both, so both are tried.
 */
static bool looks_again(struct xa_state *xas)
{
	if (xas_invalid(xas))
		return false;
	__assume("xas_find_conflict() of a state that was walked goes on behind its place, or looks at it again");
	return __choose(2);
}

/* The next entry in the range of the state, never a node; NULL when the range holds none any more. */
atomic void *xas_find_conflict(struct xa_state *xas)
{
	void *entry;

	if (xas_error(xas))
		return NULL;
	if (looks_again(xas)) {
		entry = xas_reload(xas);
		if (entry && !is_node(entry))
			return entry;
	}
	if (!xas->xa_node)
		return NULL;
	if (xas_top(xas->xa_node)) {
		entry = xas_start(xas);
		while (is_node(entry))
			entry = xas_descend(xas, to_node(entry));
		__event("lookup", xas->xa, xas->xa_index, entry);
		if (entry || xas_top(xas->xa_node))
			return entry;
	}
	if (xas->xa_node->shift > xas->xa_shift)
		return NULL;
	while (next_in_range(xas)) {
		entry = xas->xa_node->slots[xas->xa_offset];
		if (is_sibling(entry))
			continue;
		entry = leftmost(xas, entry);
		if (entry)
			return entry;
	}
	if (xas->xa_node)
		xas->xa_offset -= xas->xa_sibs;
	return NULL;
}

static void move_to(struct xa_state *xas, unsigned int offset)
{
	struct xa_node *node = xas->xa_node;
	unsigned long span = (unsigned long)slots_of(node) << node->shift;

	xas->xa_index = (xas->xa_index & ~(span - 1)) + ((unsigned long)offset << node->shift);
	xas->xa_offset = offset;
}

static bool is_wanted(struct xa_state *xas, void *entry, int mark)
{
	return mark < 0 ? entry != NULL : tree_get_mark(xas->xa, xas->xa_node, xas->xa_offset, mark);
}

/* From the slot the state is at to the first entry (with the mark, when one is given) up to max. */
static void *advance(struct xa_state *xas, unsigned long max, int mark)
{
	void *entry;

	while (xas->xa_node && xas->xa_index <= max) {
		if (xas->xa_offset == slots_of(xas->xa_node)) {
			xas->xa_offset = xas->xa_node->offset + 1;
			xas->xa_node = xas->xa_node->parent;
			continue;
		}
		entry = xas->xa_node->slots[xas->xa_offset];
		if (entry && !is_sibling(entry) && is_wanted(xas, entry, mark)) {
			if (!is_node(entry))
				return entry;
			xas->xa_node = to_node(entry);
			xas->xa_offset = offset_in(xas->xa_node, xas->xa_index);
			continue;
		}
		move_to(xas, xas->xa_offset + 1);
	}
	if (!xas->xa_node)
		xas->xa_node = XAS_BOUNDS;
	return NULL;
}

static void *find(struct xa_state *xas, unsigned long max, int mark)
{
	void *entry;

	if (xas_error(xas) || xas->xa_node == XAS_BOUNDS)
		return NULL;
	if (xas->xa_index > max) {
		xas->xa_node = XAS_BOUNDS;
		return NULL;
	}
	if (xas->xa_node == XAS_RESTART) {
		entry = xas_load(xas);
		if (entry && !is_node(entry) && is_wanted(xas, entry, mark))
			return entry;
	}
	if (xas_not_node(xas->xa_node)) {
		xas->xa_index = 1;
		xas->xa_node = XAS_BOUNDS;
		return NULL;
	}
	move_to(xas, xas->xa_offset + 1);
	return advance(xas, max, mark);
}

atomic void *xas_find(struct xa_state *xas, unsigned long max)
{
	return find(xas, max, -1);
}

atomic void *xas_find_marked(struct xa_state *xas, unsigned long max, xa_mark_t mark)
{
	return find(xas, max, mark);
}

/* The lock is about to fall: go on behind this entry, from the head. */
atomic void xas_pause(struct xa_state *xas)
{
	struct xa_node *node = xas->xa_node;
	unsigned int offset = xas->xa_offset;

	if (xas_invalid(xas))
		return;
	xas->xa_node = XAS_RESTART;
	if (!node) {
		xas->xa_index++;
		return;
	}
	while (++offset < slots_of(node) && is_sibling(node->slots[offset]))
		;
	xas->xa_index &= ~((1UL << node->shift) - 1);
	xas->xa_index += (unsigned long)(offset - xas->xa_offset) << node->shift;
}

/* The simple interface: each call takes the lock it needs itself. */
void *xa_load(struct xarray *array, unsigned long index)
{
	XA_STATE(xas, array, index);
	void *entry;

	rcu_read_lock();
	entry = xas_load(&xas);
	rcu_read_unlock();
	return entry;
}

void *xa_store(struct xarray *array, unsigned long index, void *entry, gfp_t gfp)
{
	XA_STATE(xas, array, index);
	void *old;

	do {
		xas_lock(&xas);
		old = xas_store(&xas, entry);
		xas_unlock(&xas);
	} while (xas_nomem(&xas, gfp));
	return old;
}

void *xa_erase(struct xarray *array, unsigned long index)
{
	return xa_store(array, index, NULL, 0);
}

bool xa_get_mark(struct xarray *array, unsigned long index, xa_mark_t mark)
{
	XA_STATE(xas, array, index);
	bool marked;

	rcu_read_lock();
	marked = xas_load(&xas) && xas_get_mark(&xas, mark);
	rcu_read_unlock();
	return marked;
}

int xa_get_order(struct xarray *array, unsigned long index)
{
	XA_STATE(xas, array, index);
	int order;

	rcu_read_lock();
	order = xas_load(&xas) ? xas_get_order(&xas) : 0;
	rcu_read_unlock();
	return order;
}

#endif
