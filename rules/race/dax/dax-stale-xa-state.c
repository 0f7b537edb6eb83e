/*
 * A walk goes on in a part of the tree that is gone
 *
 * Id:          dax-stale-xa-state
 * Rule:        use-after-free
 * Seen:        -
 * Advice:      xas_reset() whenever the tree lock has been dropped since the last walk
 * Era:         xarray
 *
 * Guards a rule of the protocol: an xa_state remembers the node of its last walk,
 * and is not told when the tree changes below it. The entry itself is locked and
 * stays, the node around it need not.
 *
 *   PTE fault, index 1                   PTE fault, index 0
 *   ------------------                   ------------------
 *   locks the zero PMD entry,
 *   unmaps the zero page
 *                                        waits for the entry
 *   splits it, inserts an entry for
 *   index 1 into a new node
 *                                        looks below the old place, where
 *                                        there is nothing to find any more
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_hole(0, PMD_PAGES);
	world_second_mm();
	pmd_fault(0, 0, 0);
}

/* @thread PTE read fault in another process, index 1 */
void first(void)
{
	pte_fault(1, 1, 0);
}

/* @thread PTE read fault in another process, index 0 */
void second(void)
{
	pte_fault(1, 0, 0);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ get_unlocked_entry @@
 		finish_wait(wq, &ewait.wait);
 		xas_lock_irq(xas);
-		xas_reset(xas);
 	}
 */
