// SPDX-License-Identifier: Apache-2.0
/*
 * mm/memory.c - faults on files, with folios
 *
 * Faultline's telling of the protocol of v6.x: the folio is locked from ->fault
 * until its PTE is set; mappings around it are set by who can lock their folios
 * without waiting.
 */

static bool should_fault_around(struct vm_fault *vmf)
{
	return vmf->vma->vm_ops->map_pages != NULL;
}

/* All that one table of PTEs and the mapping have room for. */
static vm_fault_t do_fault_around(struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;
	pgoff_t slot = pte_index(vmf->address);
	pgoff_t before = min(slot, vmf->pgoff - vma->vm_pgoff);
	pgoff_t last = min(vma->vm_pgoff + vma_pages(vma),
			   vmf->pgoff - slot + PTRS_PER_PTE) - 1;

	return vma->vm_ops->map_pages(vmf, vmf->pgoff - before, last);
}

/* Whatever the filesystem does, the folio is locked afterwards. */
static vm_fault_t __do_fault(struct vm_fault *vmf)
{
	vm_fault_t ret = vmf->vma->vm_ops->fault(vmf);

	if (ret & (VM_FAULT_ERROR | VM_FAULT_NOPAGE | VM_FAULT_RETRY))
		return ret;
	if (!(ret & VM_FAULT_LOCKED))
		folio_lock(page_folio(vmf->page));
	return ret;
}

/* What is written to a private mapping goes into a copy of its own. */
static bool is_copied(struct vm_fault *vmf)
{
	return (vmf->flags & FAULT_FLAG_WRITE) &&
	       !(vmf->vma->vm_flags & VM_SHARED);
}

/* Under the page table's lock, the folio locked. */
void set_pte_range(struct vm_fault *vmf, struct folio *folio,
		   struct page *page, unsigned int nr, unsigned long addr)
{
	struct vm_area_struct *vma = vmf->vma;
	pte_t entry = mk_pte(page, vma->vm_page_prot);

	if (vmf->flags & FAULT_FLAG_WRITE)
		entry = maybe_mkwrite(pte_mkdirty(entry), vma);
	if (is_copied(vmf))
		folio_add_new_anon_rmap(folio, vma, addr, RMAP_EXCLUSIVE);
	else
		folio_add_file_rmap_ptes(folio, page, nr, vma);
	set_ptes(vma->vm_mm, addr, vmf->pte, entry, nr);
}

/* The PTE may have been set meanwhile: this is told under its lock only. */
vm_fault_t finish_fault(struct vm_fault *vmf)
{
	struct page *page = is_copied(vmf) ? vmf->cow_page : vmf->page;
	vm_fault_t ret = VM_FAULT_NOPAGE;

	vmf->pte = pte_offset_map_lock(vmf->vma->vm_mm, vmf->pmd, vmf->address,
				       &vmf->ptl);
	if (pte_none(ptep_get(vmf->pte))) {
		set_pte_range(vmf, page_folio(page), page, 1, vmf->address);
		ret = 0;
	}
	pte_unmap_unlock(vmf->pte, vmf->ptl);
	return ret;
}

static vm_fault_t do_read_fault(struct vm_fault *vmf)
{
	vm_fault_t ret = 0;

	if (should_fault_around(vmf))
		ret = do_fault_around(vmf);
	if (ret)
		return ret;

	ret = __do_fault(vmf);
	if (!(ret & (VM_FAULT_ERROR | VM_FAULT_NOPAGE | VM_FAULT_RETRY))) {
		struct folio *folio = page_folio(vmf->page);

		ret |= finish_fault(vmf);
		folio_unlock(folio);
		/* The PTE keeps the reference; without one it is given back. */
		if (ret & VM_FAULT_NOPAGE)
			folio_put(folio);
	}
	return ret;
}

/* The file's folio stays locked until the PTE of the copy is set. */
static vm_fault_t do_cow_fault(struct vm_fault *vmf)
{
	struct folio *copy = vma_alloc_folio(GFP_HIGHUSER_MOVABLE, 0, vmf->vma,
					     vmf->address);
	vm_fault_t ret;

	if (!copy)
		return VM_FAULT_OOM;
	vmf->cow_page = &copy->page;
	ret = __do_fault(vmf);
	if (!(ret & (VM_FAULT_ERROR | VM_FAULT_NOPAGE | VM_FAULT_RETRY))) {
		ret |= finish_fault(vmf);
		unlock_page(vmf->page);
		put_page(vmf->page);
	}
	if (ret & (VM_FAULT_ERROR | VM_FAULT_NOPAGE | VM_FAULT_RETRY))
		folio_put(copy);
	return ret;
}

static vm_fault_t do_fault(struct vm_fault *vmf)
{
	return is_copied(vmf) ? do_cow_fault(vmf) : do_read_fault(vmf);
}

static void unmap_mapping_range_tree(struct address_space *mapping,
				     pgoff_t first, pgoff_t last,
				     struct zap_details *details)
{
	struct vm_area_struct *vma;

	i_mmap_lock_read(mapping);
	vma_interval_tree_foreach(vma, &mapping->i_mmap, first, last) {
		pgoff_t begin = max(first, vma->vm_pgoff);
		pgoff_t end = min(last, vma->vm_pgoff + vma_pages(vma) - 1);

		zap_page_range_single(vma, address_of(vma, begin),
				      (end - begin + 1) << PAGE_SHIFT, details);
	}
	i_mmap_unlock_read(mapping);
}

/* Locked, so that nobody maps it again. */
void unmap_mapping_folio(struct folio *folio)
{
	struct zap_details details = { .single_folio = folio };

	VM_BUG_ON(!folio_test_locked(folio));
	unmap_mapping_range_tree(folio->mapping, folio->index,
				 folio_next_index(folio) - 1, &details);
}

/* No pages means all of them from there on. */
void unmap_mapping_pages(struct address_space *mapping, pgoff_t start,
			 pgoff_t nr, bool even_cows)
{
	struct zap_details details = { .even_cows = even_cows };
	pgoff_t last = start + nr - 1;

	if (last < start)
		last = ULONG_MAX;
	unmap_mapping_range_tree(mapping, start, last, &details);
}

void unmap_mapping_range(struct address_space *mapping, loff_t const holebegin,
			 loff_t const holelen, int even_cows)
{
	pgoff_t nr = DIV_ROUND_UP((pgoff_t)holelen, PAGE_SIZE);

	unmap_mapping_pages(mapping, holebegin >> PAGE_SHIFT, nr, even_cows);
}

static bool should_zap_cows(struct zap_details *details)
{
	return !details || details->even_cows;
}
