/*
 * A fault unlocks its entry where it stood before the tree shrank
 *
 * Id:          dax-unlock-stale-xa-state
 * Rule:        use-after-free
 * Seen:        -
 * Advice:      xas_reset() before the entry is unlocked: the tree lock has been dropped since the last walk
 * Era:         xarray
 *
 * Guards a rule of the protocol: the lock of an entry keeps the entry, and not the
 * node that it stands in. An entry of index 0 moves to the head of the tree when it
 * is the last one.
 *
 *   PTE fault, index 0                   invalidation, index 1
 *   ------------------                   ---------------------
 *   locks the entry, marks it dirty,
 *   drops the tree lock
 *                                        deletes the entry of index 1:
 *                                        the node is freed
 *   stores into the node
 */

/* @start */
void start(void)
{
	world_file(2);
	pte_fault(0, 0, 0);
	pte_fault(0, 1, 0);
	writeback_file();
}

/* @thread PTE write fault, index 0 */
void first(void)
{
	pte_fault(0, 0, 1);
}

/* @thread invalidation, index 1 */
void second(void)
{
	invalidate_range(1, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_unlock_entry @@
-	xas_reset(xas);
 	BUG_ON(dax_is_locked(entry));
 */
