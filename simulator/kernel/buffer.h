/* Buffer heads as DAX used them until v4.9: the answer of a filesystem's get_block, from a place in a file to a sector. */
#ifndef FAULTLINE_BUFFER_H
#define FAULTLINE_BUFFER_H

#define BH_Uptodate 0
#define BH_Mapped 1
#define BH_New 2
#define BH_Unwritten 3

struct buffer_head {
	unsigned long b_state;
	sector_t b_blocknr;
	size_t b_size;
	struct block_device *b_bdev;
	void *b_private;
};

#define buffer_has(bh, bit) (((bh)->b_state & BIT(bit)) != 0)
#define buffer_uptodate(bh) buffer_has(bh, BH_Uptodate)
#define buffer_mapped(bh) buffer_has(bh, BH_Mapped)
#define buffer_new(bh) buffer_has(bh, BH_New)
#define buffer_unwritten(bh) buffer_has(bh, BH_Unwritten)

typedef int (*get_block_t)(struct inode *inode, sector_t block, struct buffer_head *bh, int create);
typedef void (*dax_iodone_t)(struct buffer_head *bh, int uptodate);

int world_get_block(struct inode *inode, sector_t block, struct buffer_head *bh, int create);
void world_complete_unwritten(struct buffer_head *bh, int uptodate);
extern int blocks_may_fail;
extern int block_asked_for;

long bdev_direct_access(struct block_device *device, sector_t sector, void **address, unsigned long *pfn, long size);
#define __pmem
#define wmb_pmem() ((void)0)
#define clear_page(address) ((void)(address))
#define BDEVNAME_SIZE 32
#define bdevname(device, name) ((void)(name))
#define part_to_dev(part) (part)
#define dev_dbg(...) ((void)0)
#define sb_start_pagefault(sb) ((void)0)
#define sb_end_pagefault(sb) ((void)0)
#define file_update_time(file) ((void)0)

#define PAGE_CACHE_SHIFT PAGE_SHIFT
#define PAGE_CACHE_SIZE PAGE_SIZE
#define PAGE_CACHE_MASK PAGE_MASK
#define PAGE_CACHE_ALIGN(address) PAGE_ALIGN(address)
#define page_cache_get(page) get_page(page)
#define page_cache_release(page) put_page(page)
#define PTRS_PER_PMD PMD_PAGES
#define get_huge_zero_page() pfn_to_page(HUGE_ZERO_PFN)

struct page *find_get_page(struct address_space *mapping, pgoff_t index);
struct page *find_lock_page(struct address_space *mapping, pgoff_t index);
void delete_from_page_cache(struct page *page);
#define lock_page_or_retry(page, mm, flags) ({ lock_page(page); 1; })

#endif
