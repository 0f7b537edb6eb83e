/*
 * Memory failure is woken for an entry, finds its page moved, and wakes nobody
 *
 * Id:          dax-lock-wakes-next
 * Rule:        lost-wakeup
 * Seen:        v4.20-rc
 * Introduced:  c2a7d2a11552 ("filesystem-dax: Introduce dax_lock_mapping_entry()")
 * Fixed:       "dax: Avoid losing wakeup in dax_lock_mapping_entry"
 * Advice:      who was woken for an entry and does not lock it wakes the next one: put_unlocked_entry()
 * Era:         xarray
 *
 * Waiters are exclusive: an unlock wakes one of them, and counts on that one to
 * unlock in its turn. Memory failure waits at the index that its page has, and
 * the page may belong to another index when it comes back:
 *
 *   faults, hole punching      memory failure        fault
 *   ---------------------      --------------        -----
 *   locks entry 0
 *                              sleeps at index 0
 *   unlocks; punches a hole;
 *   the block goes to index 1
 *   faults index 0 again,
 *   locks the new entry 0
 *                              sleeps once more
 *                                                    sleeps at index 0
 *   unlocks, wakes one
 *                              index 0 is free, but
 *                              its page is now at 1
 *                                                    sleeps for ever
 */

static unsigned long poisoned;

/* @start */
void start(void)
{
	world_file(2);
	world_hole(1, 1);
	world_reuse_blocks();
	pte_fault(0, 0, 0);
	poisoned = block_pfn(0);
}

/* @thread PTE fault, hole punching at index 0, write faults of 1 and 0 */
void first(void)
{
	pte_fault(0, 0, 0);
	punch_hole(0, 1);
	pte_fault(0, 1, 1);
	pte_fault(0, 0, 1);
}

/* @thread memory failure of what was page 0 */
void second(void)
{
	memory_failure(poisoned);
}

/* @thread PTE write fault, index 0 */
void third(void)
{
	pte_fault(0, 0, 1);
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
+		xas_unlock_irq(&xas);
 		rcu_read_lock();
 	}
 */
