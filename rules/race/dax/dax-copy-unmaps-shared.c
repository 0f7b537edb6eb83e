/*
 * A write to a shared block gets another one, and others go on to see the old
 *
 * Id:          dax-copy-unmaps-shared
 * Rule:        stale-block-mapping
 * Seen:        -
 * Functions:   dax_insert_entry, dax_fault_iter
 * Advice:      unmap the page everywhere when the entry of a shared block is replaced
 * Era:         xarray
 * Needs:       dax_iomap_cow_copy | dax_iomap_copy_around | __dax_clear_dirty_range
 *
 * Guards a rule of the protocol: two files may have one block (reflink). Who writes
 * to one of them gets a block of his own, and the entry of this file changes from
 * the one to the other. Who has mapped the file to read has the old block:
 *
 *   PTE read fault, first process        PTE write fault, second process
 *   -----------------------------        -------------------------------
 *   maps the shared block
 *                                        gets another block
 *                                        stores it in the entry, maps it
 *   goes on to read the old block
 */

/* @start */
void start(void)
{
	world_file(1);
	world_share_block(0);
	world_second_mm();
	pte_fault(0, 0, 0);
}

/* @thread PTE write fault in another process, index 0 */
void first(void)
{
	pte_fault(1, 0, 1);
}

/* @thread PTE read fault, index 0 */
void second(void)
{
	pte_fault(0, 0, 0);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_insert_entry @@
-	if (shared ||
-	    (!(flags & DAX_ZERO_PAGE) && dax_is_zero_entry(entry))) {
+	if (!(flags & DAX_ZERO_PAGE) && dax_is_zero_entry(entry)) {
 */
