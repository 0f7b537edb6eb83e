/*
 * Memory failure wakes up and takes the lock of an inode that was freed
 *
 * Id:          dax-lock-freed-inode
 * Rule:        use-after-free
 * Seen:        v4.19-rc1..v4.20-rc
 * Introduced:  c2a7d2a11552 ("filesystem-dax: Introduce dax_lock_mapping_entry()")
 * Fixed:       55e56f06ed71 ("dax: Don't access a freed inode")
 * Functions:   get_unlocked_entry, __get_unlocked_mapping_entry, dax_lock_mapping_entry,
 *              dax_lock_page, memory_failure
 * Advice:      after a sleep outside of RCU begin with page->mapping again, and touch nothing of the old mapping
 * Era:         xarray
 *
 * Sleeping ends the RCU section, and with it what kept the inode. The wait for
 * an entry takes the tree lock again before it returns:
 *
 *   memory failure        memory failure       eviction
 *   --------------        --------------       --------
 *   locks the entry
 *                         sees it locked,
 *                         leaves RCU, sleeps
 *   unlocks, wakes
 *                                              deletes the entry,
 *                                              waits for readers,
 *                                              frees the inode
 *                         takes the tree lock
 */

static unsigned long poisoned;

/* @start */
void start(void)
{
	world_file(1);
	pte_fault(0, 0, 0);
	poisoned = block_pfn(0);
}

/* @thread memory failure of page 0 */
void first(void)
{
	memory_failure(poisoned);
}

/* @thread memory failure of page 0 */
void second(void)
{
	memory_failure(poisoned);
}

/* @thread eviction of the inode */
void third(void)
{
	evict_inode();
}

/* @broken
@@ dax_lock_folio @@
 		rcu_read_unlock();
-		wait_entry_unlocked(&xas, entry);
+		xas_reset(&xas);
+		entry = get_unlocked_entry(&xas, 0);
+		xas_unlock_irq(&xas);
+		put_unlocked_entry(&xas, entry, WAKE_NEXT);
 		rcu_read_lock();
 	}
 */
