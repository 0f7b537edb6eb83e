/*
 * Somebody waits for memory with the array's lock held
 *
 * Id:          xarray-memory-under-lock
 * Rule:        sleep-in-atomic
 * Seen:        -
 * Advice:      give the lock back before a node is asked for that may be waited for
 * Functions:   __xa_store, __xas_nomem
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       __xa_store
 *
 * Under the lock a node is only asked for without waiting. Where there is none, the lock falls, and others may store.
 */

/* @start */
void start(void)
{
	world_array();
	world_scarce_nodes();
}

/* @thread store */
void first(void)
{
	put_item(5);
}

/* @thread store at another index */
void second(void)
{
	put_item(40);
}

/* @finally */
void finally(void)
{
	check_array();
	__assert(look_item_up(5) == ITEM(5) && look_item_up(40) == ITEM(40), "lost-entry", "what was stored is not there");
}

/* @broken
@@ __xas_nomem @@
-	if (sleeps)
-		xas_unlock_type(xas, type);
@@ __xas_nomem @@
-	if (sleeps)
-		xas_lock_type(xas, type);
 */
