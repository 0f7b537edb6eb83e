/*
 * Blocks are freed that a device has begun to use
 *
 * Id:          dax-layout-versus-pin
 * Rule:        warning
 * Seen:        -
 * Functions:   dax_disassociate_entry, __dax_invalidate_entry,
 *              __dax_invalidate_mapping_entry, truncate_inode_pages_range
 * Advice:      unmap the range before its pages are looked at, so that nobody can take a reference any more
 * Era:         xarray
 * Needs:       dax_layout_busy_page
 *
 * Guards a rule of the protocol: a page that is still mapped can be pinned the
 * moment after it was seen idle.
 *
 *   truncate                             direct I/O
 *   --------                             ----------
 *   looks at the pages: none is busy
 *                                        takes a reference to the page
 *                                        that is mapped
 *   frees the blocks
 */

static unsigned long pinned;

/* @start */
void start(void)
{
	world_file(1);
	pte_fault(0, 0, 1);
	pinned = block_pfn(0);
}

/* @thread truncate to nothing */
void first(void)
{
	truncate_file(0);
}

/* @thread direct I/O to page 0 */
void second(void)
{
	if (pin_page(0, 0))
		put_page(pfn_to_page(pinned));
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
	check_nothing_beyond(0);
}

/* @broken
@@ dax_layout_busy_page_range @@
 		end_idx = end >> PAGE_SHIFT;
-	unmap_mapping_pages(mapping, start_idx, end_idx - start_idx + 1, false);
 
 	xas_lock_irq(&xas);
 */
