/*
 * The neighbour of the only entry is that entry again
 *
 * Id:          xarray-neighbour-of-head
 * Rule:        wrong-entry
 * Seen:        v4.20..v5.4-rc
 * Fixed:       91abab83839a ("XArray: Fix xas_next() with a single entry at 0")
 * Advice:      beside an entry that is the head of the array there is nothing
 * Functions:   __xas_next, __xas_prev, xas_next, xas_prev, find_get_pages_contig
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       __xas_next
 *
 * An array with one entry, at index 0, has no node: a walk stands at its head. Whoever goes on from there looks the new
 * index up, and what a state that stands somewhere is given is the head again, at every index there is.
 */

/* @start */
void start(void)
{
	world_array();
	put_item(0);
}

/* @thread store behind */
void writer(void)
{
	put_item(2);
}

/* @thread walk to the neighbours (RCU) */
void reader(void)
{
	__assert(walk_neighbours(0) == BIT(0), "wrong-entry", "a walk meets a neighbour where none is");
	__assert(walk_neighbours_back(0) == BIT(0), "wrong-entry", "a walk back meets a neighbour where none is");
}

/* @finally */
void finally(void)
{
	check_array();
	__assert(look_item_up(0) == ITEM(0) && look_item_up(2) == ITEM(2), "lost-entry", "what was stored is not there");
}

/* @broken
@@ __xas_next @@
-	if (!xas->xa_node)
-		return set_bounds(xas);
@@ __xas_prev @@
-	if (!xas->xa_node)
-		return set_bounds(xas);
 */
