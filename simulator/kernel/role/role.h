/*
 * What threads do. A race's C file calls these and nothing of the kernel directly, so that one race runs on
 * every era: each role maps in one place to the entry function and signature that the tree under review has.
 *
 * Numbers: `index` is a page index in the file, `pages` a count of pages, `process` is 0 or 1. A PMD covers
 * PMD_PAGES pages (a scale, printed as an assumption). Faults return VM_FAULT_* bits.
 */
#ifndef FAULTLINE_ROLE_H
#define FAULTLINE_ROLE_H

/* ---- world.c: build the world in @start ------------------------------------------------------------- */

/* A DAX file of that many pages (at most WORLD_PAGES), every block mapped, mapped shared and writable by process 0. */
void world_file(int pages);
/* Those blocks are holes until a write fault or a write allocates them. */
void world_hole(int index, int count);
/* Those blocks are allocated but unwritten: a read sees zeroes, a write fault converts them. */
void world_unwritten(int index, int count);
/* The device offers no huge extent at that block: a PMD fault there falls back. */
void world_fragment(int index);
/* Another file has the block of that page, too (reflink): a write gets another one. */
void world_share_block(unsigned long index);
/* Another file has mapped the block of that page (share.c). */
void world_other_file(unsigned long index);
/* The filesystem gives a block that was freed to its next allocation, wherever in the file that is. */
void world_reuse_blocks(void);
/* A second process maps the same file: vma[1], mm[1], a page table of its own. */
void world_second_mm(void);
/* Process maps the file with MAP_SYNC: faults that need an fsync answer VM_FAULT_NEEDDSYNC. */
void world_sync_mapping(int process);
/* Process maps the file privately: a write fault is a copy. */
void world_private_mapping(int process);
/* Process maps the file from its second page on: PMDs of its page table and of the file do not match. */
void world_misaligned_mapping(int process);
/* Each question to the filesystem for a block may be answered with an error. */
void world_failing_blocks(void);
/* What is written through mappings waits for a flush, see check_flushed(). */
void world_counts_flushes(void);
/* Nothing can be allocated under the tree lock: every insertion drops it to allocate and starts again. */
void world_scarce_memory(void);

extern struct inode *the_inode;
extern struct address_space *the_mapping;
extern struct vm_area_struct vma[2];
extern struct mm_struct mm[2];

/* The page frame that the block map gives an index now; 0 for a hole. */
unsigned long block_pfn(unsigned long index);
/* The struct page that backs a block of the file, whatever its state. */
struct page *block_page(unsigned long index);

/* ---- faults: pte-fault.c, pmd-fault.c, page-fault.c ------------------------------------------------- */

/* One call of the fault entry, at PTE or at PMD size, with the locks that a filesystem's fault handler takes. */
int pte_fault(int process, unsigned long index, int write);
int pmd_fault(int process, unsigned long index, int write);
/* What the generic fault path does: at PMD size while no PTE table is there, then at PTE size on FALLBACK. */
int page_fault(int process, unsigned long index, int write);
/* How often page_fault() had to go on at PTE size. */
extern int fell_back;
/* A write to a page that is mapped read-only (pfn_mkwrite, or the write fault that stands for it). */
int mkwrite_fault(int process, unsigned long index);
/* A write by the process: a fault, and until v4.14 a second one, since the first maps the page read-only. */
int store_to(int process, unsigned long index);
/* A huge PMD that is read-only is written to. */
int pmd_mkwrite_fault(int process, unsigned long index);
/* A fault of a MAP_SYNC mapping, finished by the entry function that inserts after the fsync. */
int sync_fault(int process, unsigned long index, int huge);

/* A PTE fault through mm/memory.c itself, once the world's mappings have handlers: get_block era. */
void world_memory_faults(void);
int memory_fault(int process, unsigned long index, int write);

/* Whether the kernel under review maps files hugely at all. */
bool can_fault_hugely(void);
/* Until another thread's fault has asked the filesystem for a block: get_block era. */
void wait_for_block_request(void);

/* ---- what takes pages away: truncate.c, invalidate.c, punch-hole.c, evict.c ------------------------- */

/* i_size goes down to `pages`, mappings and entries beyond it go. Holds what the filesystem holds. */
void truncate_file(unsigned long pages);
/* Blocks of the range become holes; mappings and entries go. Holds what the filesystem holds. */
void punch_hole(unsigned long index, unsigned long count);
/* Direct I/O or a DAX write drops clean entries of the range (invalidate_inode_pages2_range): no filesystem lock.
   Answers what that does. */
int invalidate_range(unsigned long index, unsigned long count);
/* The last reference goes: entries are removed, a grace period passes, the inode and its mapping are freed. */
void evict_inode(void);
/* Waits until nobody uses the pages (layout breaking) as truncate does, under the invalidate lock. */
void break_layouts(void);
/* The same for a part of the file, at one look. */
void break_layout_at(unsigned long index, unsigned long count);
/* Direct I/O or RDMA takes a reference to the page that is mapped there (1: it did), and drops it again. */
int pin_page(int process, unsigned long index);
void unpin_page(unsigned long index);

/* ---- others: memory-failure.c, writeback.c, write-file.c, read-file.c ------------------------------- */

/* Locks the entry of a poisoned page by whatever API the tree has, looks at it, and unlocks it. Takes no reference to the inode. */
void memory_failure(unsigned long pfn);
/* The same for the page that backs a block. */
void memory_failure_at(unsigned long index);
/* Locks the entry by mapping and index (dax_lock_mapping_entry of 6.x) and unlocks it. */
void lock_mapping_entry(unsigned long index);
/* fsync: flushes and write-protects what is dirty. */
void writeback_file(void);
void writeback_range(unsigned long index, unsigned long count);
/* A write() and a read() through the DAX path. */
void write_file(unsigned long index, unsigned long count);
void read_file(unsigned long index, unsigned long count);
/* munmap() of all that a process has of the file, and mmap() of it again. */
void unmap_file(int process);
void map_file_again(int process);
/* Direct I/O drops the pages of holes of a range: no filesystem lock. */
void invalidate_pages(unsigned long index, unsigned long count);
/* fork/munmap: a process drops its mappings of a range, without touching the file. */
void unmap_process(int process, unsigned long index, unsigned long count);

/* ---- an ordinary file in the page cache: cache-world.c, cache-fault.c, cache-drop.c, cache-check.c -------- */

/* A file of that many pages, none of them in the cache yet, mapped shared by process 0 (and by process 1). */
void world_cached_file(int pages);
void world_cached_second_mm(void);
/* What that process writes to is its own from then on. */
void world_cached_private(int process);
/* That page is in the cache, read and clean. */
void world_cached_page(unsigned long index);
/* A page fault where no PTE is, through mm/memory.c. */
int cached_fault(int process, unsigned long index, int write);
/* invalidate_inode_pages2_range(): as direct I/O and NFS drop pages, mapped or not. */
int drop_cache_range(unsigned long index, unsigned long count);
/* invalidate_mapping_pages(): only what nobody maps. */
void drop_unused_cache(unsigned long index, unsigned long count);
/* A part of the file becomes a hole (truncate_pagecache_range, vmtruncate_range). */
void punch_cached_file(unsigned long index, unsigned long count);
/* i_size goes down to `pages`, and what lies beyond goes. */
void truncate_cached_file(unsigned long pages);
/* The same to the middle of a page. */
void truncate_cached_page(unsigned long index);
/* Every page that is mapped is the one that the file has there now. */
void check_cached_mappings(void);
void check_no_locked_page(void);
void check_fault(int result);
/* Truncation has left nothing (where no fault brings anything back). */
void check_nothing_cached_beyond(unsigned long pages);
/* A write() to that page, if it is in the cache; and whether what was written is there still. */
void write_cached_page(unsigned long index);
void check_written(unsigned long index);
/* That page goes to the disk, if it is in the cache and dirty. */
void write_cached_page_back(unsigned long index);
/* What a private process wrote to its copy is there still. */
void check_private_copy(int process, unsigned long index);
extern int cached_writes;
struct page *look_cached_page_up(unsigned long index);
/* Process maps what else is in the cache, too, when it faults (map_pages). */
void world_fault_around(int process);
/* A lookup without the page's lock, as read() makes it, and what may be relied on then. */
void look_page_up(unsigned long index);

/* ---- checks for @always and @finally: check.c -------------------------------------------------------- */

/* Every mapped PTE and huge PMD agrees with the entry of its index, with the block map, and in size. */
void check_page_tables(void);
/* No entry is locked, and the file counts what it has: for @finally. */
void check_no_locked_entry(void);
/* Nothing is mapped or entered beyond i_size (after a truncate). */
void check_nothing_beyond(unsigned long pages);
/* Counters agree with the tree: entries, pages, page->mapping of every entry. */
void check_accounting(void);
/* The page of that block still counts the other file, and this one while it has an entry (share.c). */
void check_other_file(unsigned long index);
/* What the file counts as clean has been flushed since somebody could write to it: world_counts_flushes(). */
void check_flushed(void);
/* What a synchronous mapping lets its process write to is on record: world_sync_mapping(), one fault that allocates. */
void check_synchronous(void);
/* Nobody is left asleep on an entry's queue. */
void check_no_waiter(void);

/* Is there an entry (locked or not) at that index? Is the index mapped in that process? For statements of a race. */
int entry_present(unsigned long index);
/* The page frame that an entry begins with; 0 when it has none. */
unsigned long entry_frame(unsigned long index);
int entry_is_pmd(unsigned long index);
int entry_is_locked(unsigned long index);
int pte_present_at(int process, unsigned long index);
int pmd_present_at(int process, unsigned long index);

#endif
