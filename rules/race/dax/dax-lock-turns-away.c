/*
 * Memory failure is woken for an entry, finds its page elsewhere, and turns away
 *
 * Id:          dax-lock-turns-away
 * Rule:        lost-wakeup
 * Seen:        v4.19..v4.19.1
 * Introduced:  c2a7d2a11552 ("filesystem-dax: Introduce dax_lock_mapping_entry()")
 * Fixed:       25bbe21bf427 ("dax: Avoid losing wakeup in dax_lock_mapping_entry")
 * Functions:   __get_unlocked_mapping_entry, dax_lock_mapping_entry, memory_failure
 * Advice:      who was woken for an entry and does not lock it wakes the next one: put_unlocked_entry()
 * Era:         xarray
 *
 * As dax-lock-loses-wakeup, with one difference: the page of the entry that goes
 * belongs to the file again before anybody looks. Versions that do not check
 * page->mapping (dax-lock-mapping-null) die in the other scenario before they
 * can lose anything; here they leave for the new place of the page.
 *
 *   one more, invalidation     memory failure 1, 2, 3
 *   ----------------------     ----------------------
 *   locks entry 0
 *                              all three sleep at index 0
 *   unlocks, wakes 1
 *   deletes the entry, wakes 2
 *   the block becomes page 1
 *                              1, 2: the page is at index 1; wake nobody at 0
 *                              3 sleeps for ever
 *
 * It takes an invalidation that wakes one waiter only, as until v5.13
 * (dax-invalidate-wakes-all).
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

/* @thread memory failure, invalidation of page 0, its block becomes page 1 */
void first(void)
{
	memory_failure(poisoned);
	invalidate_range(0, 1);
	punch_hole(0, 1);
	pte_fault(0, 1, 1);
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
