/* An ordinary file in the page cache, mapped shared by process 0. */
/* Needs: filemap_nopage | filemap_fault */

/* Reading from the disk takes no time: whoever asks has the contents when the call returns. */
static int read_page(struct file *file, struct page *page)
{
	__might_sleep();
	SetPageUptodate(page);
	unlock_page(page);
	return 0;
}

static int read_folio(struct file *file, struct folio *folio)
{
	return read_page(file, &folio->page);
}

static const struct address_space_operations cached_file_operations = {
	.readpage = read_page,
	.read_folio = read_folio,
};
/* The blocks of a hole are the filesystem's matter. */
static void free_range(struct inode *inode, loff_t first, loff_t last)
{
}

static const struct inode_operations cached_inode_operations = { .truncate_range = free_range };
static struct vm_operations_struct cached_file_mapping;

static void map_cached_file(int process)
{
	int n;

	vma[process].vm_flags = VM_READ | VM_WRITE | VM_SHARED | VM_CAN_INVALIDATE;
	vma[process].vm_ops = &cached_file_mapping;
	for (n = 0; n < WORLD_PMDS; n++)
		mm[process].pmd[n] = MAP_TABLE;
}

void world_cached_file(int pages)
{
	world_file(pages);
#if __has_function(filemap_nopage)
	cached_file_mapping.nopage = filemap_nopage;
#else
	cached_file_mapping.fault = filemap_fault;
#endif
	the_inode->i_flags = 0;
	the_inode->i_op = &cached_inode_operations;
	the_mapping->a_ops = &cached_file_operations;
	map_cached_file(0);
}

void world_cached_second_mm(void)
{
	world_second_mm();
	map_cached_file(1);
}

void world_cached_private(int process)
{
	vma[process].vm_flags &= ~VM_SHARED;
}

void world_cached_page(unsigned long index)
{
	struct page *page = cache_alloc();

	page->mapping = the_mapping;
	page->index = index;
	page->uptodate = 1;
#if RADIX_ERA
	spin_lock(tree_lock_of(the_mapping));
	radix_tree_insert(&the_mapping->page_tree, index, page);
	spin_unlock(tree_lock_of(the_mapping));
#else
	xa_store(&the_mapping->i_pages, index, page, GFP_KERNEL);
#endif
	the_mapping->nrpages++;
}
