// SPDX-License-Identifier: Apache-2.0
/*
 * mm/memory.c - faults on files, with folios
 *
 * Faultline's own words for the protocol of v6.x: the folio is locked from
 * ->fault until its PTE is set; mappings around it are set by who can lock
 * their folios without waiting.
 */

static bool should_fault_around(struct vm_fault *vmf)
{
	return vmf->vma->vm_ops->map_pages != NULL;
}

/* All that one table of PTEs and the mapping have room for. */
static vm_fault_t do_fault_around(struct vm_fault *vmf)
{
	pgoff_t slot = pte_index(vmf->address);
	pgoff_t before = min(slot, vmf->pgoff - vmf->vma->vm_pgoff);
	pgoff_t last = vmf->vma->vm_pgoff + vma_pages(vmf->vma) - 1;

	return vmf->vma->vm_ops->map_pages(vmf, vmf->pgoff - before, min(last, vmf->pgoff - slot + PTRS_PER_PTE - 1));
}

static vm_fault_t __do_fault(struct vm_fault *vmf)
{
	vm_fault_t ret = vmf->vma->vm_ops->fault(vmf);

	if (ret & (VM_FAULT_ERROR | VM_FAULT_NOPAGE | VM_FAULT_RETRY))
		return ret;
	if (!(ret & VM_FAULT_LOCKED))
		folio_lock(page_folio(vmf->page));
	return ret;
}

/* Under the page table's lock, the folio locked. */
void set_pte_range(struct vm_fault *vmf, struct folio *folio, struct page *page, unsigned int nr, unsigned long addr)
{
	struct vm_area_struct *vma = vmf->vma;
	pte_t entry = mk_pte(page, vma->vm_page_prot);

	if (vmf->flags & FAULT_FLAG_WRITE)
		entry = maybe_mkwrite(pte_mkdirty(entry), vma);
	folio_add_file_rmap_ptes(folio, page, nr, vma);
	set_ptes(vma->vm_mm, addr, vmf->pte, entry, nr);
}

vm_fault_t finish_fault(struct vm_fault *vmf)
{
	vm_fault_t ret = 0;

	vmf->pte = pte_offset_map_lock(vmf->vma->vm_mm, vmf->pmd, vmf->address, &vmf->ptl);
	if (pte_none(ptep_get(vmf->pte)))
		set_pte_range(vmf, page_folio(vmf->page), vmf->page, 1, vmf->address);
	else
		ret = VM_FAULT_NOPAGE;
	pte_unmap_unlock(vmf->pte, vmf->ptl);
	return ret;
}

static vm_fault_t do_read_fault(struct vm_fault *vmf)
{
	struct folio *folio;
	vm_fault_t ret;

	if (should_fault_around(vmf)) {
		ret = do_fault_around(vmf);
		if (ret)
			return ret;
	}
	ret = __do_fault(vmf);
	if (ret & (VM_FAULT_ERROR | VM_FAULT_NOPAGE | VM_FAULT_RETRY))
		return ret;
	ret |= finish_fault(vmf);
	folio = page_folio(vmf->page);
	folio_unlock(folio);
	if (ret & VM_FAULT_NOPAGE)
		folio_put(folio);
	return ret;
}

static vm_fault_t do_fault(struct vm_fault *vmf)
{
	return do_read_fault(vmf);
}

static void unmap_mapping_range_tree(struct address_space *mapping, pgoff_t first, pgoff_t last, struct zap_details *details)
{
	struct vm_area_struct *vma;

	i_mmap_lock_read(mapping);
	vma_interval_tree_foreach(vma, &mapping->i_mmap, first, last) {
		pgoff_t begin = max(first, vma->vm_pgoff);
		pgoff_t end = min(last, vma->vm_pgoff + vma_pages(vma) - 1);

		zap_page_range_single(vma, address_of(vma, begin), (end - begin + 1) << PAGE_SHIFT, details);
	}
	i_mmap_unlock_read(mapping);
}

/* Locked, so that nobody maps it again. */
void unmap_mapping_folio(struct folio *folio)
{
	struct zap_details details = { .even_cows = false, .single_folio = folio };

	VM_BUG_ON(!folio_test_locked(folio));
	unmap_mapping_range_tree(folio->mapping, folio->index, folio_next_index(folio) - 1, &details);
}

void unmap_mapping_pages(struct address_space *mapping, pgoff_t start, pgoff_t nr, bool even_cows)
{
	struct zap_details details = { .even_cows = even_cows };
	pgoff_t last = start + nr - 1;

	unmap_mapping_range_tree(mapping, start, last < start ? ULONG_MAX : last, &details);
}

void unmap_mapping_range(struct address_space *mapping, loff_t const holebegin, loff_t const holelen, int even_cows)
{
	pgoff_t first = (pgoff_t)holebegin >> PAGE_SHIFT;

	unmap_mapping_pages(mapping, first, ((pgoff_t)holelen + PAGE_SIZE - 1) >> PAGE_SHIFT, even_cows);
}

static bool should_zap_cows(struct zap_details *details)
{
	return !details || details->even_cows;
}
