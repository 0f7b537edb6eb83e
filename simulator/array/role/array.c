/* What threads do with the array, as its users do. */
struct xarray the_array;

void world_array(void)
{
	__assume("nodes have 16 slots, as in a kernel for small machines");
	xa_init(&the_array);
}

void world_array_that_allocates(void)
{
	__assume("nodes have 16 slots, as in a kernel for small machines");
	xa_init_flags(&the_array, XA_FLAGS_ALLOC);
}

/* Called when the array holds what it is to hold. */
void world_scarce_nodes(void)
{
	__assume("nodes are given only to who may sleep");
	scarce_memory = 1;
}

static void store(unsigned long index, void *entry)
{
	void *old = xa_store(&the_array, index, entry, GFP_KERNEL);

	__assert(!xa_is_err(old), "lost-entry", "a store fails that has all the memory it needs");
	__progress();
}

void put_item(unsigned long index)
{
	store(index, ITEM(index));
}

void put_new_item(unsigned long index)
{
	store(index, NEW_ITEM(index));
}

/* One entry for 2^order indices. */
void put_large_item(unsigned long index, unsigned int order)
{
	XA_STATE(xas, &the_array, 0);

	xas_set_order(&xas, index, order);
	do {
		xas_lock(&xas);
		xas_store(&xas, ITEM(index));
		xas_unlock(&xas);
	} while (xas_nomem(&xas, GFP_KERNEL));
	__assert(!xas_error(&xas), "lost-entry", "a store fails that has all the memory it needs");
	__progress();
}

void take_item_out(unsigned long index)
{
	xa_erase(&the_array, index);
	__progress();
}

void mark_item(unsigned long index)
{
	xa_set_mark(&the_array, index, ITEM_MARK);
}

void *look_item_up(unsigned long index)
{
	return xa_load(&the_array, index);
}

int insert_item(unsigned long index)
{
	int error = xa_insert(&the_array, index, ITEM(index), GFP_KERNEL);

	__progress();
	return error;
}

void *exchange_item(unsigned long index, void *old, void *entry)
{
	void *found = xa_cmpxchg(&the_array, index, old, entry, GFP_KERNEL);

	__progress();
	return found;
}

int allocate_item(unsigned int *index)
{
#if __uses(xa_limit)
	int error = xa_alloc(&the_array, index, ITEM(7), xa_limit_31b, GFP_KERNEL);
#else
	/* v4.20: the bound is a number, and the search begins at the index. */
	int error = xa_alloc(&the_array, index, 100, ITEM(7), GFP_KERNEL);
#endif

	__progress();
	return error;
}

/* Of the indices from 0 to the last the one that is next, or the first behind it that is free. */
int allocate_item_in_circle(unsigned int *index, unsigned int last, unsigned int *next)
{
#if __has_function(__xa_alloc_cyclic)
	int error = xa_alloc_cyclic(&the_array, index, ITEM(7), XA_LIMIT(0, last), next, GFP_KERNEL);

	__progress();
	return error < 0 ? error : 0;
#else
	return 0;
#endif
}

/* One large entry becomes many, each of them the same. */
void split_item(unsigned long index, unsigned int order)
{
	XA_STATE(xas, &the_array, index);

	xas_split_alloc(&xas, ITEM(index), order, GFP_KERNEL);
	xas_lock(&xas);
	xas_split(&xas, ITEM(index), order);
	xas_unlock(&xas);
	xas_destroy(&xas);
	__progress();
}

/* All of a range under one hold of the lock, once there are nodes for it. */
void put_range(unsigned long index, unsigned int order)
{
	XA_STATE(xas, &the_array, 0);
	unsigned long at;

	do {
		xas_set_order(&xas, index, order);
		xas_lock(&xas);
		xas_create_range(&xas);
		for (at = index; !xas_error(&xas) && at < index + BIT(order); at++) {
			xas_store(&xas, ITEM(at));
			__assert(!xas_error(&xas), "lost-entry", "a range has no node where it was to have them all");
			xas_next(&xas);
		}
		xas_unlock(&xas);
	} while (xas_nomem(&xas, GFP_KERNEL));
	__progress();
}

/* What the first index has stands at all of them. */
void put_item_for_range(unsigned long first, unsigned long last)
{
	void *old = xa_store_range(&the_array, first, last, ITEM(first), GFP_KERNEL);

	__assert(!xa_is_err(old), "lost-entry", "a store fails that has all the memory it needs");
	__progress();
}
