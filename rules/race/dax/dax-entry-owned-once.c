/*
 * Two faults own one entry
 *
 * Id:          dax-entry-owned-once
 * Rule:        assertion
 * Seen:        -
 * Advice:      test the lock bit under the tree lock, and wait while it is set
 * Era:         xarray
 *
 * Guards a rule of the protocol: the lock bit of an entry is tested and set under
 * the tree lock, in one go.
 *
 *   PTE fault                            PTE fault
 *   ---------                            ---------
 *   locks the entry
 *                                        locks the entry as well
 *   unlocks it
 *                                        unlocks what is not locked
 */

/* @start */
void start(void)
{
	world_file(1);
	pte_fault(0, 0, 0);
}

/* @thread PTE write fault, index 0 */
void first(void)
{
	pte_fault(0, 0, 1);
}

/* @thread PTE write fault, index 0 */
void second(void)
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
@@ get_unlocked_entry @@
 			return XA_RETRY_ENTRY;
-		if (!dax_is_locked(entry))
-			return entry;
+		return entry;
 
 */
