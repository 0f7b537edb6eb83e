/* Readahead brings nothing in: a fault reads the page that it misses by itself, which every kernel must bear. */
#if CACHE_WORLD

instead void do_sync_mmap_readahead(struct vm_area_struct *vma, struct file_ra_state *ra, struct file *file, pgoff_t offset)
{
}

instead struct file *do_sync_mmap_readahead(struct vm_fault *vmf)
{
	return NULL;
}

instead void do_async_mmap_readahead(struct vm_area_struct *vma, struct file_ra_state *ra, struct file *file, struct page *page, pgoff_t offset)
{
}

instead struct file *do_async_mmap_readahead(struct vm_fault *vmf, struct folio *folio)
{
	return NULL;
}

#endif
