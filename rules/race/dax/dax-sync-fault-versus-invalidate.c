/*
 * A synchronous fault maps a page whose entry is gone
 *
 * Id:          dax-sync-fault-versus-invalidate
 * Rule:        wrong-entry
 * Seen:        -
 * Advice:      look the entry up again after the fsync, and let the fault be repeated when it is gone
 * Era:         xarray
 * Needs:       dax_finish_sync_fault
 *
 * Guards a rule of the protocol: between its two halves a synchronous fault holds
 * no entry, and the entry is clean.
 *
 *   synchronous fault                    invalidation
 *   -----------------                    ------------
 *   stores the block in its entry,
 *   unlocks it
 *                                        deletes the entry
 *   fsync, then locks and maps
 *   what is not there any more
 */

/* @start */
void start(void)
{
	world_file(1);
	world_sync_mapping(0);
}

/* @thread synchronous PTE fault, index 0 */
void first(void)
{
	sync_fault(0, 0, 0);
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
@@ dax_insert_pfn_mkwrite @@
 	entry = get_unlocked_entry(&xas, order);
-	if (!entry || dax_is_conflict(entry) ||
-	    (dax_is_pmd_entry(entry) && order == 0)) {
+	if (dax_is_conflict(entry) ||
+	    (entry && dax_is_pmd_entry(entry) && order == 0)) {
 		put_unlocked_entry(&xas, entry, WAKE_NEXT);
 */
