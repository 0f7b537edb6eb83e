/*
 * Memory failure uses up a wake-up and leaves
 *
 * Id:          dax-lock-loses-wakeup
 * Rule:        lost-wakeup
 * Seen:        v4.20-rc
 * Introduced:  c2a7d2a11552 ("filesystem-dax: Introduce dax_lock_mapping_entry()")
 * Fixed:       "dax: Avoid losing wakeup in dax_lock_mapping_entry"
 * Functions:   get_unlocked_entry, dax_lock_mapping_entry, memory_failure
 * Advice:      who was woken for an entry and does not lock it wakes the next one: put_unlocked_entry()
 * Era:         xarray
 *
 * Waiters are exclusive: an unlock wakes one of them, and counts on that one to
 * unlock in its turn.
 *
 *   one more, invalidation  memory failure 1, 2, 3
 *   ----------------------  ----------------------
 *   locks the entry
 *                           all three sleep
 *   unlocks, wakes 1
 *                           1 sees the entry free, drops the tree lock
 *                             to begin anew, and wakes nobody
 *   deletes the entry,
 *   wakes 2
 *                           1, 2: the page is in no file, nothing to lock
 *                           3 sleeps for ever
 *
 * An invalidation that wakes one waiter is part of it, and until v5.13 it did
 * (dax-invalidate-wakes-all); the functions below are of that time. Where it
 * wakes all, nobody is left behind by this.
 */

static unsigned long poisoned;

/* @start */
void start(void)
{
	world_file(1);
	pte_fault(0, 0, 0);
	poisoned = block_pfn(0);
}

/* @thread memory failure, then invalidation of page 0 */
void first(void)
{
	memory_failure(poisoned);
	invalidate_range(0, 1);
}

/* @thread memory failure of page 0 */
void second(void)
{
	memory_failure(poisoned);
}

/* @thread memory failure of page 0 */
void third(void)
{
	memory_failure(poisoned);
}

/* @thread memory failure of page 0 */
void fourth(void)
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
+		xas_unlock_irq(&xas);
 		rcu_read_lock();
 	}
@@ __dax_invalidate_entry @@
-	put_unlocked_entry(&xas, entry, WAKE_ALL);
+	put_unlocked_entry(&xas, entry, WAKE_NEXT);
 	xas_unlock_irq(&xas);
 */
