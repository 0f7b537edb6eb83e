/*
 * A walk that pauses at a large entry comes to the wrong place behind it
 *
 * Id:          xarray-pause-in-large-entry
 * Rule:        wrong-entry
 * Seen:        v4.20..v5.7
 * Fixed:       c36d451ad386 ("XArray: Fix xas_pause for large multi-index entries")
 * Advice:      go on behind the whole of the entry, as large as it is
 * Functions:   xas_pause
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       xas_pause
 *
 * An entry may take several slots of a node, and a slot may stand for a whole level below it. A walk that pauses in it
 * and goes on inside of it meets it again; one that goes on too far passes what is behind it.
 */

/* @start */
void start(void)
{
	world_array();
	put_item(1);
	put_large_item(32, 5);
	put_large_item(0x100000000000, 33);
}

/* @thread walk that pauses at every entry */
void walker(void)
{
	unsigned long met = walk_items_pausing(ULONG_MAX);

	__assert(met & BIT(62), "lost-entry", "a walk passes what is behind a large entry");
	__assert(met == (BIT(1) | BIT(32) | BIT(62)), "wrong-entry", "a walk meets a large entry at another index than its first");
}

/* @finally */
void finally(void)
{
	check_array();
}

/* @broken
@@ xas_pause @@
-	unsigned long behind;
+	unsigned int behind;
 */
