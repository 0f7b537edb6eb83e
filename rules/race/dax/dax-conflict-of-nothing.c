/*
 * A huge fault takes an empty slot for a smaller entry, and there are no huge pages any more
 *
 * Id:          dax-conflict-of-nothing
 * Rule:        assertion
 * Seen:        v5.3..v5.4-rc4
 * Introduced:  23c84eb78375 ("dax: Fix missed wakeup with PMD faults")
 * Fixed:       6370740e5f8e ("fs/dax: Fix pmd vs pte conflict detection")
 * Link:        https://lore.kernel.org/r/157167532455.3945484.11971474077040503994.stgit@dwillia2-desk3.amr.corp.intel.com
 * Advice:      ask whether there is an entry before asking for its order
 * Era:         xarray
 *
 * No race: one huge fault of an empty file is enough. A lookup that finds nothing
 * gives NULL, the order of NULL reads as that of a PTE, and that is smaller than
 * what was asked for: a conflict, so the fault goes on in small pages. What no huge
 * page can show is not seen on such a version either: other entries hold there for
 * want of a huge page.
 */

static int result;

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
}

/* @thread PMD write fault, index 0 */
void first(void)
{
	result = pmd_fault(0, 0, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
	__assert(!can_fault_hugely() || !(result & VM_FAULT_FALLBACK), "assertion",
		"an empty range counts as one with a smaller entry in it");
}

/* @broken
@@ get_unlocked_entry @@
 		entry = xas_find_conflict(xas);
-		if (!entry || WARN_ON_ONCE(!xa_is_value(entry)))
-			return entry;
 		if (order > dax_entry_order(entry))
 			return XA_RETRY_ENTRY;
-		if (!dax_is_locked(entry))
+		if (!entry || WARN_ON_ONCE(!xa_is_value(entry)) ||
+		    !dax_is_locked(entry))
 			return entry;
 */
