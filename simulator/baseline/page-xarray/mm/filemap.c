// SPDX-License-Identifier: Apache-2.0
/*
 * mm/filemap.c - the page cache, with folios in an XArray
 *
 * Faultline's telling of the protocol of v6.x. A lookup takes no lock: it tries
 * for a reference and then looks whether the folio is still where it was. A
 * folio belongs to the file as long as folio->mapping says so, and that changes
 * under its lock only.
 */

static void page_cache_delete(struct address_space *mapping,
			      struct folio *folio, void *shadow)
{
	XA_STATE(xas, &mapping->i_pages, folio->index);

	mapping->nrpages -= folio_nr_pages(folio);
	xas_store(&xas, shadow);
	xas_init_marks(&xas);
	folio->mapping = NULL;
}

/* Under the tree's lock and the folio's; nobody maps it any more. */
void __filemap_remove_folio(struct folio *folio, void *shadow)
{
	page_cache_delete(folio->mapping, folio, shadow);
}

void filemap_remove_folio(struct folio *folio)
{
	struct address_space *mapping;

	BUG_ON(!folio_test_locked(folio));
	mapping = folio->mapping;
	xa_lock_irq(&mapping->i_pages);
	__filemap_remove_folio(folio, NULL);
	xa_unlock_irq(&mapping->i_pages);
	folio_put(folio);
}

/* The new folio is in the tree locked, with a reference of the tree's own. */
int filemap_add_folio(struct address_space *mapping, struct folio *folio,
		      pgoff_t index, gfp_t gfp)
{
	XA_STATE(xas, &mapping->i_pages, index);
	int error;

	/* A lookup takes no lock: what it may see is set before. */
	folio_get(folio);
	folio->index = index;
	folio->mapping = mapping;
	__folio_set_locked(folio);
	do {
		xas_lock_irq(&xas);
		if (xas_find_conflict(&xas))
			xas_set_err(&xas, -EEXIST);
		xas_store(&xas, folio);
		error = xas_error(&xas);
		if (!error)
			mapping->nrpages += folio_nr_pages(folio);
		xas_unlock_irq(&xas);
	} while (xas_nomem(&xas, gfp));

	error = xas_error(&xas);
	if (error) {
		folio->mapping = NULL;
		__folio_clear_locked(folio);
		folio_put(folio);
	}
	return error;
}

/* With a reference, whatever else happens to it; NULL when nothing is there. */
void *filemap_get_entry(struct address_space *mapping, pgoff_t index)
{
	XA_STATE(xas, &mapping->i_pages, index);
	struct folio *folio;

	rcu_read_lock();
	for (;;) {
		folio = xas_load(&xas);
		if (xas_retry(&xas, folio))
			continue;
		if (!folio || xa_is_value(folio))
			break;
		if (folio_try_get(folio)) {
			if (folio == xas_reload(&xas))
				break;
			/* It went to another index before it was referenced. */
			folio_put(folio);
		}
		xas_reset(&xas);
	}
	rcu_read_unlock();
	return folio;
}

struct folio *__filemap_get_folio(struct address_space *mapping, pgoff_t index,
				  fgf_t fgp_flags, gfp_t gfp)
{
	struct folio *folio;
	int error;

	for (;;) {
		folio = filemap_get_entry(mapping, index);
		if (folio && !(fgp_flags & FGP_LOCK))
			return folio;
		if (folio) {
			folio_lock(folio);
			if (folio->mapping == mapping)
				return folio;
			/* It left the file while its lock was waited for. */
			folio_unlock(folio);
			folio_put(folio);
			continue;
		}

		if (!(fgp_flags & FGP_CREAT))
			return ERR_PTR(-ENOENT);
		folio = filemap_alloc_folio(gfp, 0);
		if (!folio)
			return ERR_PTR(-ENOMEM);
		error = filemap_add_folio(mapping, folio, index, gfp);
		if (!error) {
			if (fgp_flags & FGP_FOR_MMAP)
				folio_unlock(folio);
			return folio;
		}
		/* Whoever comes second finds what came first. */
		folio_put(folio);
		if (error != -EEXIST)
			return ERR_PTR(error);
	}
}

/*
 * The folio is locked, read, and inside of the file as long as its lock is
 * held. Reading gives the lock back, so that the folio is looked up again.
 */
vm_fault_t filemap_fault(struct vm_fault *vmf)
{
	const fgf_t flags = FGP_CREAT | FGP_FOR_MMAP;
	struct file *file = vmf->vma->vm_file;
	struct address_space *mapping = file->f_mapping;
	struct folio *folio;
	pgoff_t size;
	int error;

	size = DIV_ROUND_UP(i_size_read(mapping->host), PAGE_SIZE);
	if (vmf->pgoff >= size)
		return VM_FAULT_SIGBUS;
	for (;;) {
		folio = __filemap_get_folio(mapping, vmf->pgoff, flags,
					    vmf->gfp_mask);
		if (IS_ERR(folio))
			return VM_FAULT_OOM;
		folio_lock(folio);
		if (folio->mapping != mapping) {
			folio_unlock(folio);
			folio_put(folio);
			continue;
		}
		if (folio_test_uptodate(folio))
			break;
		error = mapping->a_ops->read_folio(file, folio);
		folio_put(folio);
		if (error)
			return VM_FAULT_SIGBUS;
	}

	/* Truncation sets i_size first, and then waits for each folio. */
	size = DIV_ROUND_UP(i_size_read(mapping->host), PAGE_SIZE);
	if (vmf->pgoff < size) {
		vmf->page = folio_file_page(folio, vmf->pgoff);
		return VM_FAULT_LOCKED;
	}
	folio_unlock(folio);
	folio_put(folio);
	return VM_FAULT_SIGBUS;
}

/* The next folio that can be mapped without waiting, locked and referenced. */
static struct folio *next_uptodate_folio(struct xa_state *xas,
					 struct address_space *mapping,
					 pgoff_t end_pgoff)
{
	struct folio *folio;
	pgoff_t size;

	while ((folio = xas_next_entry(xas, end_pgoff))) {
		if (xas_retry(xas, folio) || xa_is_value(folio))
			continue;
		if (!folio_try_get(folio))
			continue;
		if (folio == xas_reload(xas) && folio_trylock(folio)) {
			size = DIV_ROUND_UP(i_size_read(mapping->host),
					    PAGE_SIZE);
			if (folio->mapping == mapping &&
			    folio_test_uptodate(folio) && xas->xa_index < size)
				return folio;
			folio_unlock(folio);
		}
		folio_put(folio);
	}
	return NULL;
}

vm_fault_t filemap_map_pages(struct vm_fault *vmf, pgoff_t start_pgoff,
			     pgoff_t end_pgoff)
{
	struct vm_area_struct *vma = vmf->vma;
	struct address_space *mapping = vma->vm_file->f_mapping;
	XA_STATE(xas, &mapping->i_pages, start_pgoff);
	struct folio *folio;
	vm_fault_t ret = 0;

	rcu_read_lock();
	while ((folio = next_uptodate_folio(&xas, mapping, end_pgoff))) {
		unsigned long addr = address_of(vma, xas.xa_index);

		vmf->pte = pte_offset_map_lock(vma->vm_mm, vmf->pmd, addr,
					       &vmf->ptl);
		if (pte_none(ptep_get(vmf->pte))) {
			set_pte_range(vmf, folio, &folio->page, 1, addr);
			folio_get(folio);
			if (addr == vmf->address)
				ret = VM_FAULT_NOPAGE;
		}
		pte_unmap_unlock(vmf->pte, vmf->ptl);
		folio_unlock(folio);
		folio_put(folio);
	}
	rcu_read_unlock();
	return ret;
}

/* As filemap_get_entry(), for the next index that has something. */
static struct folio *find_get_entry(struct xa_state *xas, pgoff_t max,
				    xa_mark_t mark)
{
	struct folio *folio;

	for (;;) {
		folio = xas_find(xas, max);
		if (xas_retry(xas, folio))
			continue;
		if (!folio || xa_is_value(folio))
			return folio;
		if (folio_try_get(folio)) {
			if (folio == xas_reload(xas))
				return folio;
			folio_put(folio);
		}
		xas_reset(xas);
	}
}

unsigned find_get_entries(struct address_space *mapping, pgoff_t *start,
			  pgoff_t end, struct folio_batch *fbatch,
			  pgoff_t *indices)
{
	XA_STATE(xas, &mapping->i_pages, *start);
	struct folio *folio;
	unsigned int space = 1;

	rcu_read_lock();
	while (space && (folio = find_get_entry(&xas, end, XA_PRESENT))) {
		*start = xas.xa_index + 1;
		indices[folio_batch_count(fbatch)] = xas.xa_index;
		space = folio_batch_add(fbatch, folio);
	}
	rcu_read_unlock();
	return folio_batch_count(fbatch);
}

/* Of those, locked, the ones that are free and belong to the file still. */
unsigned find_lock_entries(struct address_space *mapping, pgoff_t *start,
			   pgoff_t end, struct folio_batch *fbatch,
			   pgoff_t *indices)
{
	XA_STATE(xas, &mapping->i_pages, *start);
	struct folio *folio;
	unsigned int space = 1;

	rcu_read_lock();
	while (space && (folio = find_get_entry(&xas, end, XA_PRESENT))) {
		if (!folio_trylock(folio)) {
			folio_put(folio);
			continue;
		}
		if (folio->mapping != mapping || folio_test_writeback(folio)) {
			folio_unlock(folio);
			folio_put(folio);
			continue;
		}
		*start = xas.xa_index + 1;
		indices[folio_batch_count(fbatch)] = xas.xa_index;
		space = folio_batch_add(fbatch, folio);
	}
	rcu_read_unlock();
	return folio_batch_count(fbatch);
}
