// SPDX-License-Identifier: Apache-2.0
/*
 * fs/dax.c - faults, invalidation and writeback of DAX files, the first XArray
 *
 * Faultline's telling of the protocol of v4.20 and v5.0, with what was mended
 * in it afterwards: lookups are not asked for an order, and a PMD fault cannot
 * tell what is in its way from what it has to wait for.
 *
 * Based on: order-xarray
 * Without: dax_is_conflict
 * Without: dax_layout_busy_page_range
 */

/*
 * What is in the range of @xas, once nobody has it locked; it may be larger or
 * smaller than asked for. Needs the i_pages lock, and lets go of it to sleep.
 * Waiters are exclusive: a caller that does not lock the entry owes the next
 * one a wake-up, see put_unlocked_entry().
 */
static void *get_unlocked_entry(struct xa_state *xas)
{
	struct wait_exceptional_entry_queue ewait;
	wait_queue_head_t *wq;
	void *entry;

	for (;;) {
		entry = xas_find_conflict(xas);
		if (!entry || WARN_ON_ONCE(!xa_is_value(entry)) ||
		    !dax_is_locked(entry))
			return entry;

		wq = dax_init_waiter(xas, entry, &ewait);
		prepare_to_wait_exclusive(wq, &ewait.wait,
					  TASK_UNINTERRUPTIBLE);
		xas_unlock_irq(xas);
		schedule();
		finish_wait(wq, &ewait.wait);
		xas_lock_irq(xas);
		/* The node that we stood in may be gone. */
		xas_reset(xas);
	}
}

/* We were woken for an entry that we do not take: pass the wake-up on. */
static void put_unlocked_entry(struct xa_state *xas, void *entry)
{
	if (entry)
		dax_wake_entry(xas, entry, false);
}

/*
 * Return with the entry of the index locked, an empty one if there was none. A
 * PMD request falls back when anything smaller is in its range; a PTE request
 * splits a PMD entry that has no block, and uses one that has. What cannot be
 * is told as a VM_FAULT code in an internal entry.
 */
static void *grab_mapping_entry(struct xa_state *xas,
		struct address_space *mapping, unsigned long size_flag)
{
	unsigned long index = xas->xa_index;
	bool pmd_downgrade;
	void *entry;
	gfp_t gfp = mapping_gfp_mask(mapping) & ~__GFP_HIGHMEM;

retry:
	/* What was found before the lock was dropped counts no more. */
	pmd_downgrade = false;
	xas_lock_irq(xas);
	entry = get_unlocked_entry(xas);
	if (entry) {
		if (!xa_is_value(entry)) {
			xas_set_err(xas, -EIO);
			goto out_unlock;
		}
		if (!(size_flag & DAX_PMD)) {
			pmd_downgrade = dax_is_splittable(entry);
		} else if (dax_is_pte_entry(entry)) {
			put_unlocked_entry(xas, entry);
			goto fallback;
		}
	}

	if (pmd_downgrade) {
		/* The lock bit keeps the entry ours while we unmap. */
		dax_lock_entry(xas, entry);
		if (dax_is_zero_entry(entry)) {
			pgoff_t first = index & ~PG_PMD_COLOUR;

			xas_unlock_irq(xas);
			unmap_mapping_pages(mapping, first, PG_PMD_NR, false);
			xas_lock_irq(xas);
			xas_reset(xas);
		}

		dax_disassociate_entry(entry, mapping, false);
		xas_store(xas, NULL);
		/* Nobody will unlock it: its waiters all have to look anew. */
		dax_wake_entry(xas, entry, true);
		mapping->nrexceptional--;
		entry = NULL;
	}

	if (!entry) {
		/* A split leaves the state at the first slot of the PMD. */
		xas_set(xas, index);
		entry = dax_make_entry(pfn_to_pfn_t(0), size_flag | DAX_EMPTY);
		dax_lock_entry(xas, entry);
		if (!xas_error(xas))
			mapping->nrexceptional++;
	} else {
		dax_lock_entry(xas, entry);
	}

out_unlock:
	xas_unlock_irq(xas);
	if (xas_nomem(xas, gfp))
		goto retry;

	switch (xas_error(xas)) {
	case 0:
		return entry;
	case -ENOMEM:
		return xa_mk_internal(VM_FAULT_OOM);
	default:
		return xa_mk_internal(VM_FAULT_SIGBUS);
	}

fallback:
	xas_unlock_irq(xas);
	return xa_mk_internal(VM_FAULT_FALLBACK);
}

/*
 * The first page that somebody holds besides us. New mappings are kept away by
 * the caller's locks, so that what is unmapped stays unmapped.
 */
struct page *dax_layout_busy_page(struct address_space *mapping)
{
	XA_STATE(xas, &mapping->i_pages, 0);
	unsigned int scanned = 0;
	struct page *page = NULL;
	void *entry;

	/* A page that nobody maps cannot be pinned, and will not be. */
	if (!mapping_mapped(mapping) || !dax_mapping(mapping))
		return page;

	unmap_mapping_range(mapping, 0, 0, 0);

	xas_lock_irq(&xas);
	xas_for_each(&xas, entry, ULONG_MAX) {
		if (WARN_ON_ONCE(!xa_is_value(entry)))
			continue;
		if (dax_is_locked(entry)) {
			/* From the root: a walked state goes on behind it. */
			xas_reset(&xas);
			entry = get_unlocked_entry(&xas);
		}
		page = entry ? dax_busy_page(entry) : NULL;
		put_unlocked_entry(&xas, entry);
		if (page)
			break;
		dax_scan_pause(&xas, ++scanned);
	}
	xas_unlock_irq(&xas);
	return page;
}
EXPORT_SYMBOL_GPL(dax_layout_busy_page);

/*
 * Take the entry of an index away; 1 when it is gone. What an fsync has still
 * to write stays, unless its blocks go as well (@trunc).
 */
static int __dax_invalidate_entry(struct address_space *mapping, pgoff_t index,
		bool trunc)
{
	XA_STATE(xas, &mapping->i_pages, index);
	void *entry;
	int ret = 0;
	bool stays;

	xas_lock_irq(&xas);
	entry = get_unlocked_entry(&xas);
	stays = !entry || WARN_ON_ONCE(!xa_is_value(entry));
	if (!stays && !trunc && (xas_get_mark(&xas, PAGECACHE_TAG_DIRTY) ||
				 xas_get_mark(&xas, PAGECACHE_TAG_TOWRITE)))
		stays = true;
	if (!stays) {
		dax_disassociate_entry(entry, mapping, trunc);
		mapping->nrexceptional--;
		xas_store(&xas, NULL);
		ret = 1;
	}
	/* As it was: the first waiter hears of an entry that is gone. */
	put_unlocked_entry(&xas, entry);
	xas_unlock_irq(&xas);
	return ret;
}

/*
 * Make every shared mapping of the page at @index, or of the PMD that it is in,
 * read-only, so that writes fault again. Who maps another page of a PMD only is
 * met when that page is asked for.
 */
static void dax_entry_mkclean(struct address_space *mapping, pgoff_t index,
		unsigned long pfn)
{
	struct vm_area_struct *vma;

	i_mmap_lock_read(mapping);
	vma_interval_tree_foreach(vma, &mapping->i_mmap, index, index) {
		unsigned long address = pgoff_address(index, vma);
		unsigned long start, end;
		pmd_t pmd, *pmdp = NULL;
		pte_t pte, *ptep = NULL;
		spinlock_t *ptl;

		cond_resched();
		/* What a private mapping has written is none of the file's. */
		if (!(vma->vm_flags & VM_SHARED) ||
		    follow_pte_pmd(vma->vm_mm, address, &start, &end, &ptep,
				   &pmdp, &ptl))
			continue;

		if (pmdp && (pmd_write(*pmdp) || pmd_dirty(*pmdp))) {
			flush_cache_page(vma, address, pfn);
			/* Never none in between: who zaps has to see it. */
			pmd = pmdp_invalidate(vma, address, pmdp);
			pmd = pmd_wrprotect(pmd);
			pmd = pmd_mkclean(pmd);
			set_pmd_at(vma->vm_mm, address, pmdp, pmd);
		} else if (!pmdp && (pte_write(*ptep) || pte_dirty(*ptep))) {
			flush_cache_page(vma, address, pfn);
			pte = ptep_clear_flush(vma, address, ptep);
			pte = pte_wrprotect(pte);
			pte = pte_mkclean(pte);
			set_pte_at(vma->vm_mm, address, ptep, pte);
		}

		if (pmdp)
			spin_unlock(ptl);
		else
			pte_unmap_unlock(ptep, ptl);
		mmu_notifier_invalidate_range_end(vma->vm_mm, start, end);
	}
	i_mmap_unlock_read(mapping);
}

/*
 * Flush one dirty entry. It stays locked from before its mappings lose their
 * write permission until after the dirty mark is gone, so that no write slips
 * in between unmarked. Called and left with the i_pages lock held.
 */
static int dax_writeback_one(struct xa_state *xas, struct dax_device *dax_dev,
		struct address_space *mapping, void *entry)
{
	unsigned long at, count, index, pfn;

	if (WARN_ON(!xa_is_value(entry)))
		return -EIO;

	if (dax_is_locked(entry)) {
		void *old_entry = entry;

		/* From the root: a walked state goes on behind it. */
		xas_reset(xas);
		entry = get_unlocked_entry(xas);
		/* Somebody else's by now, or flushed by another fsync? */
		if (!dax_is_same_block(old_entry, entry) ||
		    !xas_get_mark(xas, PAGECACHE_TAG_TOWRITE)) {
			put_unlocked_entry(xas, entry);
			return 0;
		}
	}

	count = 1UL << dax_entry_order(entry);
	index = xas->xa_index & ~(count - 1);

	dax_lock_entry(xas, entry);
	xas_clear_mark(xas, PAGECACHE_TAG_TOWRITE);
	xas_unlock_irq(xas);

	/* From here on a write faults again, and then waits for the entry. */
	pfn = dax_to_pfn(entry);
	for (at = 0; at < count; at++)
		dax_entry_mkclean(mapping, index + at, pfn + at);
	dax_flush(dax_dev, page_address(pfn_to_page(pfn)),
		  count << PAGE_SHIFT);

	xas_reset(xas);
	xas_lock_irq(xas);
	xas_store(xas, entry);
	xas_clear_mark(xas, PAGECACHE_TAG_DIRTY);
	dax_wake_entry(xas, entry, false);
	return 0;
}

/* For fsync; what is written back in passing need not be safe. */
int dax_writeback_mapping_range(struct address_space *mapping,
		struct block_device *bdev, struct writeback_control *wbc)
{
	XA_STATE(xas, &mapping->i_pages, wbc->range_start >> PAGE_SHIFT);
	pgoff_t end_index = wbc->range_end >> PAGE_SHIFT;
	struct dax_device *dax_dev;
	unsigned int scanned = 0;
	int ret = 0;
	void *entry;

	if (wbc->sync_mode != WB_SYNC_ALL || !mapping->nrexceptional)
		return ret;

	dax_dev = dax_get_by_host(bdev->bd_disk->disk_name);
	if (!dax_dev)
		return -EIO;

	tag_pages_for_writeback(mapping, xas.xa_index, end_index);

	xas_lock_irq(&xas);
	xas_for_each_marked(&xas, entry, end_index, PAGECACHE_TAG_TOWRITE) {
		ret = dax_writeback_one(&xas, dax_dev, mapping, entry);
		if (!ret) {
			dax_scan_pause(&xas, ++scanned);
			continue;
		}
		mapping_set_error(mapping, ret);
		break;
	}
	xas_unlock_irq(&xas);
	put_dax(dax_dev);
	return ret;
}
EXPORT_SYMBOL_GPL(dax_writeback_mapping_range);

/* The entry is locked before the block is looked up: neither can change. */
static vm_fault_t dax_iomap_pte_fault(struct vm_fault *vmf, pfn_t *pfnp,
		int *iomap_errp, const struct iomap_ops *ops)
{
	struct vm_area_struct *vma = vmf->vma;
	struct address_space *mapping = vma->vm_file->f_mapping;
	bool write = vmf->flags & FAULT_FLAG_WRITE;
	unsigned int flags = IOMAP_FAULT | (write ? IOMAP_WRITE : 0);
	loff_t pos = (loff_t)vmf->pgoff << PAGE_SHIFT;
	struct iomap iomap = { 0 };
	struct inode *inode = mapping->host;
	XA_STATE(xas, &mapping->i_pages, vmf->pgoff);
	vm_fault_t ret, major = 0;
	void *entry;
	int error;
	bool sync;
	pfn_t pfn;

	if (pos >= i_size_read(inode))
		return VM_FAULT_SIGBUS;

	entry = grab_mapping_entry(&xas, mapping, 0);
	if (xa_is_internal(entry))
		return xa_to_internal(entry);

	/* A PMD fault of this range may have been quicker: fault again. */
	if (pmd_trans_huge(*vmf->pmd) || pmd_devmap(*vmf->pmd)) {
		ret = VM_FAULT_NOPAGE;
		goto unlock_entry;
	}

	error = ops->iomap_begin(inode, pos, PAGE_SIZE, flags, &iomap);
	ret = dax_fault_return(error);
	if (iomap_errp)
		*iomap_errp = error;
	if (error)
		goto unlock_entry;

	if (iomap.type != IOMAP_MAPPED) {
		ret = VM_FAULT_SIGBUS;
		if (!WARN_ON_ONCE(write))
			ret = dax_load_hole(&xas, mapping, &entry, vmf);
		goto finish_iomap;
	}

	major = dax_count_major(&iomap);
	error = dax_iomap_pfn(&iomap, pos, PAGE_SIZE, &pfn);
	ret = dax_fault_return(error);
	if (error)
		goto finish_iomap;

	sync = dax_fault_is_synchronous(flags, vma, &iomap);
	entry = dax_insert_entry(&xas, mapping, vmf, entry, pfn, 0,
				 write && !sync);
	if (sync)
		ret = dax_fault_synchronous_pfnp(pfnp, pfn);
	else if (write)
		ret = vmf_insert_mixed_mkwrite(vma, vmf->address, pfn);
	else
		ret = vmf_insert_mixed(vma, vmf->address, pfn);

finish_iomap:
	if (ops->iomap_end)
		ops->iomap_end(inode, pos, PAGE_SIZE,
			       ret & VM_FAULT_ERROR ? 0 : PAGE_SIZE,
			       flags, &iomap);
unlock_entry:
	dax_unlock_entry(&xas, entry);
	return ret | major;
}

static vm_fault_t dax_iomap_pmd_fault(struct vm_fault *vmf, pfn_t *pfnp,
		const struct iomap_ops *ops)
{
	struct vm_area_struct *vma = vmf->vma;
	struct address_space *mapping = vma->vm_file->f_mapping;
	struct inode *inode = mapping->host;
	pgoff_t max_pgoff = DIV_ROUND_UP(i_size_read(inode), PAGE_SIZE);
	bool write = vmf->flags & FAULT_FLAG_WRITE;
	unsigned int iomap_flags = IOMAP_FAULT | (write ? IOMAP_WRITE : 0);
	XA_STATE_ORDER(xas, &mapping->i_pages, vmf->pgoff, PMD_ORDER);
	loff_t pos = (loff_t)xas.xa_index << PAGE_SHIFT;
	struct iomap iomap = { 0 };
	vm_fault_t result = VM_FAULT_FALLBACK;
	void *entry;
	bool sync;
	pfn_t pfn;

	if (xas.xa_index >= max_pgoff)
		return VM_FAULT_SIGBUS;
	/* File and page table have to agree on where a PMD begins. */
	if ((vmf->pgoff & PG_PMD_COLOUR) !=
	    ((vmf->address >> PAGE_SHIFT) & PG_PMD_COLOUR))
		goto fallback;
	/* A private mapping gets its copy page by page. */
	if (write && !(vma->vm_flags & VM_SHARED))
		goto fallback;
	if (!dax_pmd_fits(vmf, &xas, max_pgoff))
		goto fallback;

	/* Fails when smaller entries are in the way: then PTEs it is. */
	entry = grab_mapping_entry(&xas, mapping, DAX_PMD);
	if (xa_is_internal(entry)) {
		result = xa_to_internal(entry);
		goto fallback;
	}

	/* A PTE fault of this range may have been quicker: fault again. */
	if (!(pmd_none(*vmf->pmd) || pmd_trans_huge(*vmf->pmd) ||
	      pmd_devmap(*vmf->pmd))) {
		result = 0;
		goto unlock_entry;
	}

	if (ops->iomap_begin(inode, pos, PMD_SIZE, iomap_flags, &iomap))
		goto unlock_entry;
	if (pos + PMD_SIZE > iomap.offset + iomap.length)
		goto finish_iomap;
	if (iomap.type != IOMAP_MAPPED) {
		if (!WARN_ON_ONCE(write))
			result = dax_pmd_load_hole(&xas, vmf, &iomap, &entry);
		goto finish_iomap;
	}
	if (dax_iomap_pfn(&iomap, pos, PMD_SIZE, &pfn))
		goto finish_iomap;

	sync = dax_fault_is_synchronous(iomap_flags, vma, &iomap);
	entry = dax_insert_entry(&xas, mapping, vmf, entry, pfn, DAX_PMD,
				 write && !sync);
	result = sync ? dax_fault_synchronous_pfnp(pfnp, pfn)
		      : vmf_insert_pfn_pmd(vmf, pfn, write);

finish_iomap:
	if (ops->iomap_end)
		ops->iomap_end(inode, pos, PMD_SIZE,
			       result == VM_FAULT_FALLBACK ? 0 : PMD_SIZE,
			       iomap_flags, &iomap);
unlock_entry:
	dax_unlock_entry(&xas, entry);
fallback:
	if (result != VM_FAULT_FALLBACK)
		return result;
	count_vm_event(THP_FAULT_FALLBACK);
	split_huge_pmd(vma, vmf->pmd, vmf->address);
	return result;
}

/* A synchronous fault's second half: the metadata is safe, map the page. */
static vm_fault_t
dax_insert_pfn_mkwrite(struct vm_fault *vmf, pfn_t pfn, unsigned int order)
{
	struct xarray *pages = &vmf->vma->vm_file->f_mapping->i_pages;
	XA_STATE_ORDER(xas, pages, vmf->pgoff, order);
	vm_fault_t ret = VM_FAULT_FALLBACK;
	void *entry;

	xas_lock_irq(&xas);
	entry = get_unlocked_entry(&xas);
	/* Truncated or split since the first half: fault again. */
	if (!entry ||
	    (dax_is_pmd_entry(entry) && order == 0) ||
	    (dax_is_pte_entry(entry) && order == PMD_ORDER)) {
		put_unlocked_entry(&xas, entry);
		xas_unlock_irq(&xas);
		return VM_FAULT_NOPAGE;
	}
	dax_lock_entry(&xas, entry);
	xas_set_mark(&xas, PAGECACHE_TAG_DIRTY);
	xas_unlock_irq(&xas);

	if (order == PMD_ORDER)
		ret = vmf_insert_pfn_pmd(vmf, pfn, FAULT_FLAG_WRITE);
	else if (order == 0)
		ret = vmf_insert_mixed_mkwrite(vmf->vma, vmf->address, pfn);
	dax_unlock_entry(&xas, entry);
	return ret;
}
