/*
 * Two insert at one index, and both are told that they did
 *
 * Id:          xarray-two-insert
 * Rule:        unlocked-entry-path
 * Seen:        -
 * Advice:      look at the slot again whenever the lock was given back for memory
 * Functions:   xa_insert, __xa_insert
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       __xa_insert
 *
 * 1 insert                                  2 insert at the same index
 *   look: nothing is there
 *   no node to be had: give back the lock
 *                                             look: nothing is there; insert
 *   take the lock, insert over it
 */

static int error_of_first, error_of_second;

/* @start */
void start(void)
{
	world_array();
	world_scarce_nodes();
}

/* @thread insert */
void first(void)
{
	error_of_first = insert_item(5);
}

/* @thread insert at the same index */
void second(void)
{
	error_of_second = insert_item(5);
}

/* @finally */
void finally(void)
{
	check_array();
	__assert(look_item_up(5) == ITEM(5), "lost-entry", "what was inserted is not there");
	__assert(error_of_first || error_of_second, "unlocked-entry-path",
		 "two insert at one index, and none of them is told that somebody else was first");
	__assert(!error_of_first || !error_of_second, "lost-entry", "two insert at one index, and both are refused");
}

/* @broken
@@ __xa_insert @@
-	do {
-		if (xas_load(&xas))
-			xas_set_err(&xas, -EBUSY);
-		else
-			xas_take(&xas, entry);
+	if (xas_load(&xas))
+		return -EBUSY;
+	do {
+		xas_take(&xas, entry);
 */
