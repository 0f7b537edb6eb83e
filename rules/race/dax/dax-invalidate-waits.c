/*
 * An entry is deleted while a fault holds it
 *
 * Id:          dax-invalidate-waits
 * Rule:        lost-entry
 * Seen:        -
 * Advice:      wait for the entry's lock before the entry is removed
 * Era:         xarray
 *
 * Guards a rule of the protocol: an invalidation holds none of the filesystem's
 * locks, and only the entry's own lock keeps it from a fault.
 *
 *   PTE fault                            invalidation
 *   ---------                            ------------
 *   locks the entry
 *                                        deletes the entry
 *   maps the page, unlocks an entry
 *   that is gone
 */

/* @start */
void start(void)
{
	world_file(1);
}

/* @thread PTE read fault, index 0 */
void first(void)
{
	pte_fault(0, 0, 0);
}

/* @thread invalidation, index 0 */
void second(void)
{
	invalidate_range(0, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ __dax_invalidate_entry @@
 	xas_lock_irq(&xas);
-	entry = get_unlocked_entry(&xas, 0);
+	entry = xas_load(&xas);
 	stays = !entry || WARN_ON_ONCE(!xa_is_value(entry));
 */
