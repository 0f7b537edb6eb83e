/*
 * A PMD fault does not see a PTE entry late in its range and stores over it
 *
 * Id:          dax-pmd-over-pte-entry
 * Rule:        lost-entry
 * Seen:        v4.20-rc
 * Introduced:  cfc93c6c6c96
 * Fixed:       0e40de0338d0 ("dax: Fix huge page faults")
 * Advice:      ask xas_find_conflict() what is in a range; xas_load() answers for its first slot only
 * Era:         xarray
 *
 * A lookup of PMD size stops at the first slot of the range. A PTE entry below
 * that slot shows as a node; one further on does not show at all:
 *
 *   PTE fault, last page of the PMD      PMD fault
 *   -------------------------------      ---------
 *   inserts its entry, locked
 *                                        looks its range up: nothing there
 *                                        stores a PMD entry, locked
 *   unlocks an entry that is gone
 *
 * The PTE entry is lost with its lock and its dirty mark.
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_second_mm();
}

/* @thread PTE write fault, last index of the PMD */
void first(void)
{
	pte_fault(0, PMD_PAGES - 1, 1);
}

/* @thread PMD write fault in another process, index 0 */
void second(void)
{
	pmd_fault(1, 0, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ get_unlocked_entry @@
-		entry = xas_find_conflict(xas);
-		if (!entry || WARN_ON_ONCE(!xa_is_value(entry)))
-			return entry;
-		if (order > dax_entry_order(entry))
+		entry = xas_load(xas);
+		if (!entry)
+			return NULL;
+		if (xa_is_internal(entry))
 			return XA_RETRY_ENTRY;
-		if (!dax_is_locked(entry))
+		if (WARN_ON_ONCE(!xa_is_value(entry)) || !dax_is_locked(entry))
 			return entry;
 */
