/*
 * Fault-around maps a page that truncation has just taken away
 *
 * Id:          cache-map-around-versus-truncate
 * Rule:        stale-mapping-after-invalidate
 * Seen:        -
 * Advice:      look at folio->mapping and i_size under the folio's lock before it is mapped
 * Era:         page-xarray
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 page fault, index 0, maps 1 as well     2 truncation to one page
 *   the tree has a folio at 1; reference
 *                                             lock it, take it out, unlock it
 *   trylock
 *   set the PTE of index 1
 *
 * A lock that is free tells nothing of what was done under it before.
 */

/* @start */
void start(void)
{
	world_cached_file(2);
	world_fault_around(0);
	world_cached_page(0);
	world_cached_page(1);
}

/* @thread page fault, index 0, that maps index 1, too */
void fault(void)
{
	cached_fault(0, 0, 0);
}

/* @thread truncation to one page */
void truncate(void)
{
	truncate_cached_file(1);
}

/* @finally */
void finally(void)
{
	check_cached_mappings();
	check_no_locked_page();
}

#ifdef BROKEN

/* A folio that can be locked is taken for one of the file. */
static struct folio *next_uptodate_folio(struct xa_state *xas, struct address_space *mapping, pgoff_t end_pgoff)
{
	struct folio *folio;

	while ((folio = xas_next_entry(xas, end_pgoff))) {
		if (!folio_try_get(folio))
			continue;
		if (folio_trylock(folio))
			return folio;
		folio_put(folio);
	}
	return NULL;
}

#endif
