/*
 * An index that was given back is given away again before its turn
 *
 * Id:          xarray-circle-gives-back
 * Rule:        wrong-entry
 * Seen:        -
 * Advice:      go on behind the index that was given, and from the lowest where none is free
 * Functions:   xa_alloc_cyclic, __xa_alloc_cyclic, __xa_alloc
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       __xa_alloc_cyclic
 *
 * Indices are given away in a circle, so that whoever still knows one that was given back does not take what has it
 * next for what had it. The lock falls where a node is waited for: by then the index that was next may be taken.
 */

#define LAST 3

static unsigned int next = LAST;
static unsigned int given_first, given_then, given_to_other;

/* @start */
void start(void)
{
	world_array_that_allocates();
	world_scarce_nodes();
}

/* @thread allocate an index, give it back, allocate another */
void first(void)
{
	int error = allocate_item_in_circle(&given_first, LAST, &next);

	__assert(!error, "lost-entry", "no index is given although many are free");
	take_item_out(given_first);
	error = allocate_item_in_circle(&given_then, LAST, &next);
	__assert(!error, "lost-entry", "no index is given although some behind the last one are free");
	__assert(given_then != given_first, "wrong-entry", "an index is given again before the others had their turn");
}

/* @thread allocate an index */
void second(void)
{
	int error = allocate_item_in_circle(&given_to_other, LAST, &next);

	__assert(!error, "lost-entry", "no index is given although many are free");
}

/* @finally */
void finally(void)
{
	check_array();
	__assert(given_then != given_to_other, "lost-entry", "two are given the same index");
	__assert(given_then <= LAST && given_to_other <= LAST, "wrong-entry", "an index is given that is none of the circle");
	__assert(look_item_up(given_then) == ITEM(7) && look_item_up(given_to_other) == ITEM(7), "lost-entry",
		 "what was stored at an index that was given is not there");
}

/* @broken
@@ __xa_alloc_cyclic @@
-	*next = *id + 1;
 */
