/*
 * Memory failure begins anew and still holds the lock of the tree
 *
 * Id:          dax-lock-keeps-tree-lock
 * Rule:        recursive-lock
 * Seen:        v4.19-rc1..v4.19-rc7
 * Introduced:  c2a7d2a11552 ("filesystem-dax: Introduce dax_lock_mapping_entry()")
 * Fixed:       "dax: Fix deadlock in dax_lock_mapping_entry()"
 * Functions:   dax_lock_mapping_entry, memory_failure
 * Advice:      release the tree lock on every way back to the beginning
 * Era:         xarray
 *
 * Who slept for an entry holds the tree lock again when it is told to look anew:
 *
 *   fault                      memory failure
 *   -----                      --------------
 *   locks the entry
 *                              takes the tree lock, meets the locked entry
 *                              drops the tree lock, sleeps
 *   unlocks the entry, wakes
 *                              takes the tree lock: begin anew
 *                              takes the tree lock
 */

static unsigned long poisoned;

/* @start */
void start(void)
{
	world_file(1);
	pte_fault(0, 0, 0);
	poisoned = block_pfn(0);
}

/* @thread PTE write fault, index 0 */
void first(void)
{
	pte_fault(0, 0, 1);
}

/* @thread memory failure of page 0 */
void second(void)
{
	memory_failure(poisoned);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_lock_folio @@
 		rcu_read_unlock();
-		wait_entry_unlocked(&xas, entry);
+		xas_reset(&xas);
+		entry = get_unlocked_entry(&xas, 0);
+		put_unlocked_entry(&xas, entry, WAKE_NEXT);
 		rcu_read_lock();
 	}
 */
