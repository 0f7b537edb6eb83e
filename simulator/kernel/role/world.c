/* The world that a race starts from. */
struct inode world_inode;
struct super_block world_super_block;
struct file world_of_files[2];
const struct address_space_operations world_operations;
struct inode *the_inode;
struct address_space *the_mapping;
struct vm_area_struct vma[2];
struct mm_struct mm[2];
int processes;

static void map_file(int process)
{
	struct vm_area_struct *area = &vma[process];

	world_of_files[process].f_mapping = the_mapping;
	world_of_files[process].f_inode = the_inode;
	area->vm_start = WORLD_BASE;
	area->vm_end = WORLD_BASE + ((WORLD_PAGES) << PAGE_SHIFT);
	area->vm_mm = &mm[process];
	area->vm_file = &world_of_files[process];
	area->vm_flags = VM_READ | VM_WRITE | VM_SHARED | VM_MIXEDMAP | VM_HUGEPAGE;
	area->next_of_file = the_mapping->i_mmap.first;
	the_mapping->i_mmap.first = area;
	processes++;
}

void world_file(int pages)
{
	unsigned long n;

	__assume("sizes are scaled: a PMD is a few pages, a node of the tree a few slots");
	the_inode = &world_inode;
	the_mapping = &world_inode.i_data;
	the_inode->i_mode = S_IFREG;
	the_inode->i_flags = S_DAX;
	the_inode->i_blkbits = PAGE_SHIFT;
	the_inode->i_size = (loff_t)pages << PAGE_SHIFT;
	the_inode->i_sb = &world_super_block;
	the_inode->i_mapping = the_mapping;
	the_mapping->host = the_inode;
	the_mapping->a_ops = &world_operations;
	world_super_block.s_bdev = &world_block_device;
	for (n = 0; n < WORLD_PAGES; n++)
		block_frame[n] = n;
	for (n = 0; n < pages; n++)
		block_type[n] = BLOCK_WRITTEN;
	world_frames();
	entries_are_as_known();
	map_file(0);
}

void world_hole(int index, int count)
{
	int n;

	for (n = index; n < index + count; n++)
		block_type[n] = BLOCK_HOLE;
}

void world_unwritten(int index, int count)
{
	int n;

	for (n = index; n < index + count; n++)
		block_type[n] = BLOCK_UNWRITTEN;
}

void world_fragment(int index)
{
	block_fragmented[index] = 1;
}

void world_share_block(unsigned long index)
{
	block_shared[index] = 1;
}

void world_reuse_blocks(void)
{
	reuse_blocks = 1;
}

void world_second_mm(void)
{
	map_file(1);
}

void world_sync_mapping(int process)
{
	vma[process].vm_flags |= VM_SYNC;
	metadata_dirty = 1;
}

void world_private_mapping(int process)
{
	vma[process].vm_flags &= ~VM_SHARED;
}

void world_misaligned_mapping(int process)
{
	vma[process].vm_pgoff = 1;
	vma[process].vm_end -= PAGE_SIZE;
}

void world_scarce_memory(void)
{
#if !RADIX_ERA
	scarce_memory = 1;
#endif
}

void world_failing_blocks(void)
{
	blocks_may_fail = 1;
}

void world_counts_flushes(void)
{
	counts_flushes = 1;
}

struct page *block_page(unsigned long index)
{
	return pfn_to_page(block_pfn(index));
}
