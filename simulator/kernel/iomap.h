/* iomap and the DAX device: from a place in a file to a page frame. */
#ifndef FAULTLINE_IOMAP_H
#define FAULTLINE_IOMAP_H

#define IOMAP_HOLE 0
#define IOMAP_DELALLOC 1
#define IOMAP_MAPPED 2
#define IOMAP_UNWRITTEN 3
#define IOMAP_F_NEW 0x1
#define IOMAP_F_DIRTY 0x2
#define IOMAP_F_SHARED 0x4
#define IOMAP_WRITE 0x1
#define IOMAP_ZERO 0x2
#define IOMAP_REPORT 0x4
#define IOMAP_FAULT 0x8
#define IOMAP_DIRECT 0x10
#define IOMAP_NOWAIT 0x20
#define IOMAP_UNSHARE 0x80
#define IOMAP_DAX 0x100
#define SECTOR_SHIFT 9

/* blkno (sectors) until v4.14, addr (bytes) after; both are filled. */
struct iomap {
	struct dax_device *dax_dev;
	struct block_device *bdev;
	loff_t offset;
	u64 length;
	u64 addr;
	sector_t blkno;
	u16 flags;
	u16 type;
	void *private;
};

struct iomap_ops {
#if __names(srcmap)
	int (*iomap_begin)(struct inode *inode, loff_t pos, loff_t length, unsigned int flags, struct iomap *iomap, struct iomap *srcmap);
#else
	int (*iomap_begin)(struct inode *inode, loff_t pos, loff_t length, unsigned int flags, struct iomap *iomap);
#endif
	int (*iomap_end)(struct inode *inode, loff_t pos, loff_t length, ssize_t written, unsigned int flags, struct iomap *iomap);
};

struct iomap_iter {
	struct inode *inode;
	loff_t pos;
	u64 len;
	s64 processed;
#if __uses(iomap_iter_advance) || __uses(iomap_iter_advance_full)
	loff_t iter_start_pos;
	int status;
#endif
	unsigned int flags;
	struct iomap iomap;
	struct iomap srcmap;
	void *private;
};

int iomap_iter(struct iomap_iter *iter, const struct iomap_ops *ops);
u64 iomap_length(const struct iomap_iter *iter);
/* Since v6.15 the body of the loop moves on by itself; until v6.18 it was told through a pointer what is left. */
int iomap_advance(struct iomap_iter *iter, u64 count);
int iomap_advance_and_tell(struct iomap_iter *iter, void *count);
#define iomap_iter_advance(iter, count) _Generic((count), u64 *: iomap_advance_and_tell, loff_t *: iomap_advance_and_tell, default: iomap_advance)(iter, count)
#define iomap_iter_advance_full(iter) iomap_advance(iter, iomap_length(iter))
#define iomap_iter_srcmap(iter) ((iter)->srcmap.type != IOMAP_HOLE ? &(iter)->srcmap : &(iter)->iomap)
#define iomap_sector(iomap, pos) (((iomap)->addr + (pos) - (iomap)->offset) >> SECTOR_SHIFT)
#define iomap_want_unshare_iter(iter) (((iter)->iomap.flags & IOMAP_F_SHARED) != 0)

/* The world's filesystem: what a block is, where, and what is known of it. */
#define BLOCK_HOLE 0
#define BLOCK_UNWRITTEN 1
#define BLOCK_WRITTEN 2
extern const struct iomap_ops world_iomap_ops;
extern int block_type[WORLD_PAGES];
extern int block_frame[WORLD_PAGES];
extern int reuse_blocks;
extern int block_fragmented[WORLD_PAGES];
extern int block_shared[WORLD_PAGES];
extern int metadata_dirty;
unsigned long block_pfn(unsigned long index);
void free_blocks(unsigned long first, unsigned long last);

enum dax_access_mode { DAX_ACCESS, DAX_RECOVERY_WRITE };
typedef unsigned long dax_entry_t;
struct dax_device {
	int unused;
};
struct blk_dax_ctl {
	sector_t sector;
	void *addr;
	long size;
	pfn_t pfn;
};
extern struct dax_device world_dax_device;
extern struct block_device world_block_device;
int dax_read_lock(void);
void dax_read_unlock(int id);
#define dax_get_by_host(name) (&world_dax_device)
#define put_dax(device) ((void)0)
void dax_flush(struct dax_device *device, void *address, size_t size);
void dax_flush(struct dax_device *device, pgoff_t pgoff, void *address, size_t size);
#define dax_mem2blk_err(error) ((error) == -EHWPOISON ? -EIO : (int)(error))
#define dax_zero_page_range(device, pgoff, pages) 0
#define blk_queue_enter(queue, nowait) 0
#define blk_queue_exit(queue) ((void)0)
#define bdev_get_queue(device) ((device)->bd_queue)
#define bdev_logical_block_size(device) 512
#define blkdev_issue_zeroout(...) 0
void wb_cache_pmem(void *address, size_t size);
#define clear_pmem(address, size) ((void)0)
#define memcpy_from_pmem(to, from, size) 0
long bdev_direct_access(struct block_device *device, struct blk_dax_ctl *access);
int bdev_dax_pgoff(struct block_device *device, sector_t sector, size_t size, pgoff_t *pgoff);
size_t dax_copy_from_iter(struct dax_device *device, pgoff_t pgoff, void *address, size_t bytes, struct iov_iter *iter);
size_t dax_copy_to_iter(struct dax_device *device, pgoff_t pgoff, void *address, size_t bytes, struct iov_iter *iter);
size_t dax_recovery_write(struct dax_device *device, pgoff_t pgoff, void *address, size_t bytes, struct iov_iter *iter);
size_t copy_from_iter_pmem(void *address, size_t bytes, struct iov_iter *iter);
size_t copy_to_iter(void *address, size_t bytes, struct iov_iter *iter);

#define trace_dax_pte_fault(...) ((void)0)
#define trace_dax_pte_fault_done(...) ((void)0)
#define trace_dax_pmd_fault(...) ((void)0)
#define trace_dax_pmd_fault_done(...) ((void)0)
#define trace_dax_pmd_load_hole(...) ((void)0)
#define trace_dax_pmd_load_hole_fallback(...) ((void)0)
#define trace_dax_pmd_insert_mapping(...) ((void)0)
#define trace_dax_pmd_insert_mapping_fallback(...) ((void)0)
#define trace_dax_insert_mapping(...) ((void)0)
#define trace_dax_load_hole(...) ((void)0)
#define trace_dax_pfn_mkwrite(...) ((void)0)
#define trace_dax_pfn_mkwrite_no_entry(...) ((void)0)
#define trace_dax_insert_pfn_mkwrite(...) ((void)0)
#define trace_dax_insert_pfn_mkwrite_no_entry(...) ((void)0)
#define trace_dax_writeback_one(...) ((void)0)
#define trace_dax_writeback_range(...) ((void)0)
#define trace_dax_writeback_range_done(...) ((void)0)
#define trace_pmem_write_queue(...) ((void)0)
#define trace_pmem_write_complete(...) ((void)0)

#endif
