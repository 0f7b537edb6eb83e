/*
 * An exchange acts on what it saw before it gave back the lock
 *
 * Id:          xarray-exchange-is-one-step
 * Rule:        unlocked-entry-path
 * Seen:        -
 * Advice:      compare again whenever the lock was given back for memory
 * Functions:   xa_cmpxchg, __xa_cmpxchg
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       __xa_cmpxchg
 *
 * 1 exchange nothing for an entry           2 the same, for another entry
 *   look: nothing is there
 *   no node to be had: give back the lock
 *                                             look: nothing is there; store
 *   take the lock, store over it
 */

static void *found_by_first, *found_by_second;

/* @start */
void start(void)
{
	world_array();
	world_scarce_nodes();
}

/* @thread exchange */
void first(void)
{
	found_by_first = exchange_item(5, NULL, ITEM(5));
}

/* @thread exchange at the same index */
void second(void)
{
	found_by_second = exchange_item(5, NULL, NEW_ITEM(5));
}

/* @finally */
void finally(void)
{
	check_array();
	__assert(found_by_first || found_by_second, "unlocked-entry-path",
		 "two exchange nothing for an entry, and none of them is told what the other stored");
	__assert(!found_by_first || look_item_up(5) == NEW_ITEM(5), "lost-entry", "what the second stored is not there");
	__assert(!found_by_second || look_item_up(5) == ITEM(5), "lost-entry", "what the first stored is not there");
}

/* @broken
@@ __xa_cmpxchg @@
-	do {
-		found = xas_load(&xas);
+	found = xas_load(&xas);
+	do {
 */
