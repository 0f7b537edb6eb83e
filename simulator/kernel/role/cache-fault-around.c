/* Faults that map what else of the file is in the cache, without waiting for it. */
/* Needs: next_uptodate_folio | next_uptodate_page */

static struct vm_operations_struct mapping_around;

void world_fault_around(int process)
{
	mapping_around = *vma[process].vm_ops;
	mapping_around.map_pages = filemap_map_pages;
	vma[process].vm_ops = &mapping_around;
}
