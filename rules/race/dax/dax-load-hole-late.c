/*
 * A read fault that begins while a write fault asks for its block maps zeroes over it
 *
 * Id:          dax-load-hole-late
 * Rule:        stale-block-mapping
 * Seen:        v4.0..v4.6
 * Fixed:       ac401cc78242 ("dax: New fault locking")
 * Functions:   __dax_fault, dax_load_hole, dax_insert_mapping, get_block, get_blocks
 * Advice:      lock the index before get_block is called, and keep it until the page is mapped
 * Era:         get-block-entry
 * Needs:       dax_fault
 *
 * dax-hole-versus-write with one order of the two left over: the reader comes when
 * the write fault has looked for a page of the hole already, and found none. Whatever
 * such a page is good for has not begun yet, so that only a lock of the place itself
 * keeps the two apart:
 *
 *   write fault                          read fault
 *   -----------                          ----------
 *   finds no page of a hole
 *   asks for the block: a hole
 *                                        finds no page, asks for the block: a hole
 *   allocates the block
 *   looks once more for a page: none
 *                                        inserts a page of zeroes, maps it
 *   maps the block in its own process
 *
 * Two other ways were proposed before entries were locked, and are executed in own
 * words as fixtures/retry-to-allocate.mbox and fixtures/load-hole-first.mbox. With
 * the first, a write fault of a hole gives up and comes back when the filesystem
 * holds its lock against faults for writing: this race, dax-hole-versus-write and
 * dax-hole-versus-pmd-write are found before and hold after it. With the second, a
 * write fault inserts and locks the page of the hole before it allocates: all three
 * are found as before. The reader has asked for its block before there was a page,
 * waits for nothing, and inserts a page of its own once the writer's is gone.
 */

/* @start */
void start(void)
{
	world_file(1);
	world_hole(0, 1);
	world_second_mm();
}

/* @thread PTE write fault, index 0 */
void first(void)
{
	pte_fault(0, 0, 1);
}

/* @thread PTE read fault in another process, once the write fault asks the filesystem, index 0 */
void second(void)
{
	wait_for_block_request();
	pte_fault(1, 0, 0);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_fault @@
-	entry = grab_mapping_entry(mapping, vmf->pgoff);
-	if (IS_ERR(entry))
-		return dax_fault_result(PTR_ERR(entry), 0);
-
 	error = dax_block_error(&bh, get_block(inode, block, &bh, 0));
 	if (error)
-		goto unlock_entry;
+		return dax_fault_result(error, 0);
+
+	entry = grab_mapping_entry(mapping, vmf->pgoff);
+	if (IS_ERR(entry))
+		return dax_fault_result(PTR_ERR(entry), 0);
 
 	if (vmf->cow_page) {
 */
