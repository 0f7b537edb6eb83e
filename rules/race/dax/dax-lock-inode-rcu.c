/*
 * Memory failure looks at an inode that nothing keeps
 *
 * Id:          dax-lock-inode-rcu
 * Rule:        use-after-free
 * Seen:        v4.20-rc
 * Introduced:  9f32d221301c ("dax: Convert dax_lock_mapping_entry to XArray")
 * Fixed:       c5bbd4515a05 ("dax: Reinstate RCU protection of inode")
 * Functions:   dax_lock_mapping_entry, dax_lock_page, memory_failure
 * Advice:      hold rcu_read_lock() from reading page->mapping until the entry is locked
 * Era:         xarray
 *
 * The RCU section around the lookup is not there for the tree, which has its
 * own lock. It is the only thing that keeps the inode:
 *
 *   memory failure                       eviction
 *   --------------                       --------
 *   reads the page's mapping
 *                                        deletes the entry
 *                                        waits for readers: there are none
 *                                        frees the inode
 *   takes the lock inside of the mapping
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

/* @thread eviction of the inode */
void second(void)
{
	evict_inode();
}

/* @broken
@@ dax_lock_folio @@
-	rcu_read_lock();
 	for (;;) {
 		mapping = READ_ONCE(folio->mapping);
@@ dax_lock_folio @@
-		rcu_read_unlock();
 		wait_entry_unlocked(&xas, entry);
-		rcu_read_lock();
 	}
-	rcu_read_unlock();
 	return (dax_entry_t)entry;
 */
