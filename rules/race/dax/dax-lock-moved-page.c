/*
 * Memory failure locks in a file that the page has left
 *
 * Id:          dax-lock-moved-page
 * Rule:        wrong-entry
 * Seen:        -
 * Advice:      compare the page's mapping again once the lock of the mapping's tree is held
 * Era:         xarray
 *
 * Guards a rule of the protocol: what was read of a page before the tree lock
 * was taken is a guess until it is confirmed under it.
 *
 *   memory failure                       hole punch
 *   --------------                       ----------
 *   reads the page's mapping
 *                                        deletes the entry,
 *                                        the page belongs to nobody
 *   takes the tree lock
 *   looks up the page's index, which is
 *   0 by now, and locks what is there
 */

static unsigned long poisoned;

/* @start */
void start(void)
{
	world_file(2);
	pte_fault(0, 1, 1);
	poisoned = block_pfn(1);
}

/* @thread memory failure of page 1 */
void first(void)
{
	memory_failure(poisoned);
}

/* @thread hole punch, index 1 */
void second(void)
{
	punch_hole(1, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_lock_folio @@
 		xas_lock_irq(&xas);
-		if (folio->mapping != mapping) {
-			xas_unlock_irq(&xas);
-			continue;
-		}
 
 		xas_set(&xas, folio->index);
 */
