/* Inodes, files, and the block map of a filesystem as DAX sees it. */
#ifndef FAULTLINE_FS_H
#define FAULTLINE_FS_H

struct inode;
struct page;
struct dax_device;

struct mapping_tree {
	union {
		struct rb_root rb_root;
		struct {
			union {
				void *rb_node;
				struct vm_area_struct *first;
			};
			int changes;
		};
	};
};

struct address_space_operations {
	void (*freepage)(struct page *page);
	void (*free_folio)(struct folio *folio);
	int (*readpage)(struct file *file, struct page *page);
	int (*read_folio)(struct file *file, struct folio *folio);
	int (*launder_page)(struct page *page);
	int (*launder_folio)(struct folio *folio);
	int (*invalidatepage)(struct page *page, unsigned long offset);
	int (*is_partially_uptodate)(struct folio *folio, size_t from, size_t count);
	int (*set_page_dirty)(struct page *page);
};

/* tree_lock protects the tree until v4.17, the tree's own lock does after. */
struct address_space {
	struct inode *host;
	union {
		struct xarray i_pages;
		struct radix_tree_root page_tree;
	};
	spinlock_t tree_lock;
	struct rw_semaphore invalidate_lock;
	struct rw_semaphore i_mmap_rwsem;
	spinlock_t i_mmap_lock;
	struct mutex i_mmap_mutex;
	struct mutex unmap_mutex;
	struct mapping_tree i_mmap;
	struct list_head i_mmap_nonlinear;
	unsigned int truncate_count;
	unsigned long flags;
	unsigned long nrpages;
	unsigned long nrexceptional;
	unsigned long nrshadows;
	const struct address_space_operations *a_ops;
};

#if __uses(tree_lock)
#define tree_lock_of(mapping) (&(mapping)->tree_lock)
#else
#define tree_lock_of(mapping) (&(mapping)->i_pages.xa_lock)
#endif

struct request_queue {
	int unused;
};
struct gendisk {
	char disk_name[4];
};
struct block_device {
	struct request_queue *bd_queue;
	struct gendisk *bd_disk;
};
struct super_block {
	struct block_device *s_bdev;
	unsigned long s_flags;
};

struct inode {
	umode_t i_mode;
	unsigned int i_flags;
	unsigned int i_blkbits;
	unsigned long i_state;
	loff_t i_size;
	struct super_block *i_sb;
	struct address_space *i_mapping;
	struct rw_semaphore i_rwsem;
	struct rw_semaphore i_alloc_sem;
	struct mutex i_mutex;
	spinlock_t i_lock;
	const struct inode_operations *i_op;
	struct address_space i_data;
};

struct inode_operations {
	void (*truncate)(struct inode *inode);
	void (*truncate_range)(struct inode *inode, loff_t first, loff_t last);
};

/* Hits and misses are only told from none: counted, they would make every round of a loop a new state. */
struct file_ra_state {
	unsigned long start, size, async_size, ra_pages, prev_pos, prev_page, prev_index;
	bool mmap_miss, mmap_hit;
};

struct file {
	struct address_space *f_mapping;
	struct inode *f_inode;
	struct file_ra_state f_ra;
	unsigned int f_mode;
};

struct kiocb {
	struct file *ki_filp;
	loff_t ki_pos;
	int ki_flags;
};
#define IOCB_ATOMIC 0x40
#define IOCB_NOWAIT 0x80

/* The memory that a read or write copies from or to; only how much is left of it matters. */
struct iov_iter {
	int direction;
	size_t count;
};
#define iov_iter_rw(iter) ((iter)->direction)
#define iov_iter_count(iter) ((iter)->count)
size_t iov_iter_zero(size_t bytes, struct iov_iter *iter);

struct writeback_control {
	int sync_mode;
	long nr_to_write;
	loff_t range_start;
	loff_t range_end;
};
#define WB_SYNC_NONE 0
#define WB_SYNC_ALL 1

#define S_DAX 0x2000
#define S_IFMT 0170000
#define S_IFREG 0100000
#define S_IFCHR 0020000
#define S_ISCHR(mode) (((mode) & S_IFMT) == S_IFCHR)
#define S_ISREG(mode) (((mode) & S_IFMT) == S_IFREG)
#define IS_DAX(inode) (((inode)->i_flags & S_DAX) != 0)
#define I_FREEING 0x20
#define I_DIRTY_PAGES 4
#define sb_rdonly(sb) 0
#define i_blocksize(inode) (1U << (inode)->i_blkbits)
#define i_size_read(inode) ((inode)->i_size)
#define i_size_write(inode, size) ((void)((inode)->i_size = (size)))
#define file_inode(file) ((file)->f_inode)
#define __mark_inode_dirty(inode, flags) ((void)0)
#define mark_inode_dirty(inode) ((void)0)
#define mapping_set_error(mapping, error) ((void)0)
#define mapping_gfp_mask(mapping) GFP_KERNEL
#define mapping_gfp_constraint(mapping, gfp) (gfp)
#define mapping_mapped(mapping) ((mapping)->i_mmap.first != NULL)
#define mapping_empty(mapping) xa_empty(&(mapping)->i_pages)
#define shmem_mapping(mapping) 0
bool dax_mapping(struct address_space *mapping);

#define i_mmap_lock_read(mapping) down_read(&(mapping)->i_mmap_rwsem)
#define i_mmap_unlock_read(mapping) up_read(&(mapping)->i_mmap_rwsem)
#define i_mmap_lock_write(mapping) down_write(&(mapping)->i_mmap_rwsem)
#define i_mmap_unlock_write(mapping) up_write(&(mapping)->i_mmap_rwsem)
#define filemap_invalidate_lock(mapping) down_write(&(mapping)->invalidate_lock)
#define filemap_invalidate_unlock(mapping) up_write(&(mapping)->invalidate_lock)
#define filemap_invalidate_lock_shared(mapping) down_read(&(mapping)->invalidate_lock)
#define filemap_invalidate_unlock_shared(mapping) up_read(&(mapping)->invalidate_lock)
#define inode_lock(inode) down_write(&(inode)->i_rwsem)
#define inode_unlock(inode) up_write(&(inode)->i_rwsem)
#define inode_lock_shared(inode) down_read(&(inode)->i_rwsem)
#define inode_unlock_shared(inode) up_read(&(inode)->i_rwsem)

#define PAGEVEC_SIZE 4
struct pagevec {
	unsigned int nr;
	struct page *pages[PAGEVEC_SIZE];
};
#define pagevec_init(vec, ...) ((void)((vec)->nr = 0))
#define pagevec_count(vec) ((vec)->nr)
/* What lies in the tree of a DAX file is entries: none of them is a page that somebody holds. */
#define pagevec_remove_exceptionals(vec) ((void)((vec)->nr = 0))
#define pagevec_release(vec) ((void)0)

void tag_pages_for_writeback(struct address_space *mapping, pgoff_t start, pgoff_t end);
unsigned int pagevec_lookup_entries(struct pagevec *vec, struct address_space *mapping, pgoff_t start, unsigned int count, pgoff_t *indices);
unsigned int find_get_entries_tag(struct address_space *mapping, pgoff_t start, int tag, unsigned int count, struct page **entries, pgoff_t *indices);
struct page *find_or_create_page(struct address_space *mapping, pgoff_t index, gfp_t gfp);
void __delete_from_page_cache(struct page *page, void *shadow);
void truncate_inode_pages_range(struct address_space *mapping, loff_t first, loff_t last);
void truncate_inode_pages(struct address_space *mapping, loff_t first);
void truncate_inode_pages_final(struct address_space *mapping);
void evict(struct inode *inode);
void truncate_pagecache_range(struct inode *inode, loff_t first, loff_t last);
int invalidate_inode_pages2_range(struct address_space *mapping, pgoff_t start, pgoff_t end);
void invalidate_hole_pages(struct address_space *mapping, pgoff_t start, pgoff_t end);
int vfs_fsync_range(struct file *file, loff_t start, loff_t end, int datasync);

/* Names of files, which the model has none of: a root stands above itself. */
#define IS_ROOT(entry) ((entry) == (entry)->d_parent)

#endif
