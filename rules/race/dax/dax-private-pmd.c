/*
 * A private mapping writes into the file by way of a huge page
 *
 * Id:          dax-private-pmd
 * Rule:        assertion
 * Seen:        -
 * Advice:      fall back to PTEs when a write is going to be a copy
 * Era:         xarray
 *
 * Guards a rule of the protocol: there is no copy of a huge page. A write to a
 * private mapping goes on at PTE size and copies one page; a huge page that it maps
 * is the file's own.
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_second_mm();
	world_private_mapping(1);
}

/* @thread PMD write fault in a private mapping, index 0 */
void first(void)
{
	pmd_fault(1, 0, 1);
}

/* @thread PMD read fault, index 0 */
void second(void)
{
	pmd_fault(0, 0, 0);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
	__assert(!pmd_present_at(1, 0) || !pmd_write(mm[1].pmd[0]), "assertion",
		"a private mapping may write to the file");
}

/* @broken
@@ dax_fault_check_fallback @@
-	if (private && (vmf->flags & FAULT_FLAG_WRITE))
-		return true;
 	if (first < vma->vm_start || vma->vm_end - first < PMD_SIZE)
 		return true;
 */
