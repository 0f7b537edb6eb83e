/*
 * Two are given the same free index
 *
 * Id:          xarray-one-index-for-two
 * Rule:        lost-entry
 * Seen:        -
 * Advice:      take the mark of a free index away with the store, under one hold of the lock
 * Functions:   xa_alloc, __xa_alloc
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       __xa_alloc
 *
 * A free index is found by its mark. Who stores there and leaves the mark leads the next one to the same place.
 */

static unsigned int index_of_first, index_of_second;
static int error_of_first, error_of_second;

/* @start */
void start(void)
{
	world_array_that_allocates();
}

/* @thread allocate an index */
void first(void)
{
	error_of_first = allocate_item(&index_of_first);
}

/* @thread allocate an index, too */
void second(void)
{
	error_of_second = allocate_item(&index_of_second);
}

/* @finally */
void finally(void)
{
	check_array();
	__assert(!error_of_first && !error_of_second, "lost-entry", "no index is given although many are free");
	__assert(index_of_first != index_of_second, "lost-entry", "two are given the same index");
	__assert(look_item_up(index_of_first) == ITEM(7) && look_item_up(index_of_second) == ITEM(7), "lost-entry",
		 "what was stored at an index that was given is not there");
}

/* @broken
@@ __xa_alloc @@
-		xas_take(&xas, entry);
+		xas_store(&xas, entry);
 */
