/*
 * A process goes on to see zeroes where another has written
 *
 * Id:          dax-zero-page-remap
 * Rule:        stale-block-mapping
 * Seen:        v4.0..v4.6, v4.10..v4.11
 * Introduced:  9f141d6ef625 ("dax: Call ->iomap_begin without entry lock during dax fault")
 * Fixed:       ac401cc78242 ("dax: New fault locking"),
 *              "dax: fix data corruption when fault races with write"
 * Advice:      take every mapping of the zero page away before the block takes its place
 * Era:         xarray
 * Files:       fs/dax.c, mm/memory.c
 *
 * The zero page stands in for a hole in as many processes as have read it. When the
 * first write brings a block, they all have to fault again. In the versions named
 * above it was the read fault that came late, as dax-hole-versus-write tells; what
 * the functions below leave out, no version is known to have left out.
 *
 *   PTE read fault, process 0            PTE write fault, process 1
 *   -------------------------            --------------------------
 *   maps the zero page
 *                                        allocates a block, stores it in the
 *                                        entry, maps it
 *   still has the zero page
 */

/* @start */
void start(void)
{
	world_file(1);
	world_hole(0, 1);
	world_second_mm();
}

/* @thread PTE read fault, index 0 */
void first(void)
{
	pte_fault(0, 0, 0);
}

/* @thread PTE write fault in another process, index 0 */
void second(void)
{
	pte_fault(1, 0, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

#ifdef BROKEN
static void *dax_insert_entry(struct xa_state *xas, struct vm_fault *vmf,
		const struct iomap_iter *iter, void *entry, pfn_t pfn,
		unsigned long flags)
{
	struct address_space *mapping = vmf->vma->vm_file->f_mapping;
	void *new_entry = dax_make_entry(pfn, flags);
	bool write = iter->flags & IOMAP_WRITE;
	bool dirty = write && !dax_fault_is_synchronous(iter, vmf->vma);

	if (dirty)
		__mark_inode_dirty(mapping->host, I_DIRTY_PAGES);

	xas_reset(xas);
	xas_lock_irq(xas);
	if (dax_is_blockless_entry(entry)) {
		void *old;

		dax_disassociate_entry(entry, mapping, false);
		dax_associate_entry(new_entry, mapping, vmf->vma, vmf->address);
		old = dax_lock_entry(xas, new_entry);
		WARN_ON_ONCE(old != xa_mk_value(xa_to_value(entry) |
						DAX_LOCKED));
		entry = new_entry;
	} else {
		xas_load(xas);
	}
	if (dirty)
		xas_set_mark(xas, PAGECACHE_TAG_DIRTY);
	xas_unlock_irq(xas);
	return entry;
}
#endif
