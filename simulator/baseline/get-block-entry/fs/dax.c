// SPDX-License-Identifier: Apache-2.0
/*
 * fs/dax.c - faults and writeback of DAX files that lock an entry and then ask
 * the filesystem with get_block
 *
 * Faultline's telling of the protocol of v4.7 to v4.9. What is stored at an
 * index of mapping->page_tree is at the same time the lock of that index, be it
 * an entry or the page of a hole; it is taken before the filesystem is asked,
 * so that what it says of the place stays true until the place is mapped. Huge
 * pages could not be configured at that time and are left out.
 *
 * As there, a flushed entry stays dirty, and nothing is write-protected.
 *
 * Names, and the order of what is done, are the kernel's: by them patches find
 * their place here.
 */
#include <linux/blkdev.h>
#include <linux/buffer_head.h>
#include <linux/dax.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/pagevec.h>
#include <linux/pfn_t.h>
#include <linux/sched.h>

/* Entries are too many to have a queue each: they share, by hash. */
#define DAX_WAIT_TABLE_BITS	12
static wait_queue_head_t wait_table[1 << DAX_WAIT_TABLE_BITS];

/* What one waits for: the file, and the index in it. */
struct exceptional_entry_key {
	unsigned long index;
	struct address_space *mapping;
};

/* A waiter, on the stack of who sleeps. */
struct wait_exceptional_entry_queue {
	struct exceptional_entry_key key;
	wait_queue_t wait;
};

static long dax_map_atomic(struct block_device *bdev, struct blk_dax_ctl *dax)
{
	long length;

	dax->addr = ERR_PTR(-EIO);
	if (blk_queue_enter(bdev->bd_queue, true))
		return -EIO;

	length = bdev_direct_access(bdev, dax);
	if (length < 0) {
		blk_queue_exit(bdev->bd_queue);
		dax->addr = ERR_PTR(length);
	}
	return length;
}

static void dax_unmap_atomic(struct block_device *bdev,
		const struct blk_dax_ctl *dax)
{
	if (!IS_ERR(dax->addr))
		blk_queue_exit(bdev->bd_queue);
}

static wait_queue_head_t *dax_entry_waitqueue(struct address_space *mapping,
		pgoff_t index)
{
	unsigned long hash = (unsigned long)mapping ^ index;

	return wait_table + hash_long(hash, DAX_WAIT_TABLE_BITS);
}

static bool buffer_written(struct buffer_head *bh)
{
	return buffer_mapped(bh) && !buffer_unwritten(bh);
}

static sector_t to_sector(const struct buffer_head *bh,
		const struct inode *inode)
{
	return bh->b_blocknr << (inode->i_blkbits - 9);
}

/* Runs for each waiter of a queue; only those of the same key are meant. */
static int wake_exceptional_entry_func(wait_queue_t *wait,
		unsigned int mode, int sync, void *keyp)
{
	struct exceptional_entry_key *key = keyp;
	struct wait_exceptional_entry_queue *ewait =
		container_of(wait, struct wait_exceptional_entry_queue, wait);

	if (ewait->key.mapping == key->mapping &&
	    ewait->key.index == key->index)
		return autoremove_wake_function(wait, mode, sync, NULL);
	return 0;
}

/*
 * Wake one waiter after an unlock, all of them once the entry is gone. Waiters
 * queue up before they drop tree_lock, so that an empty queue means that
 * nobody has seen the lock bit.
 */
void dax_wake_mapping_entry_waiter(struct address_space *mapping,
		pgoff_t index, bool wake_all)
{
	struct exceptional_entry_key key = {
		.mapping = mapping,
		.index = index,
	};
	wait_queue_head_t *wq = dax_entry_waitqueue(mapping, index);

	/* 0 is all of them. */
	if (waitqueue_active(wq))
		__wake_up(wq, TASK_NORMAL, wake_all ? 0 : 1, &key);
}

/* A sleeper for @index, and the queue to sleep in; see the wake function. */
static wait_queue_head_t *dax_init_waiter(struct address_space *mapping,
		pgoff_t index, struct wait_exceptional_entry_queue *ewait)
{
	init_wait(&ewait->wait);
	ewait->wait.func = wake_exceptional_entry_func;
	ewait->key.mapping = mapping;
	ewait->key.index = index;
	return dax_entry_waitqueue(mapping, index);
}

/* The next three need the tree's lock. */
static inline int slot_locked(struct address_space *mapping, void **slot)
{
	spinlock_t *lock = &mapping->tree_lock;
	void *entry = radix_tree_deref_slot_protected(slot, lock);

	return ((unsigned long)entry & RADIX_DAX_ENTRY_LOCK) != 0;
}

static inline void *lock_slot(struct address_space *mapping, void **slot)
{
	spinlock_t *lock = &mapping->tree_lock;
	void *entry = radix_tree_deref_slot_protected(slot, lock);

	entry = (void *)((unsigned long)entry | RADIX_DAX_ENTRY_LOCK);
	radix_tree_replace_slot(slot, entry);
	return entry;
}

static inline void *unlock_slot(struct address_space *mapping, void **slot)
{
	const unsigned long lock_bit = RADIX_DAX_ENTRY_LOCK;
	spinlock_t *lock = &mapping->tree_lock;
	void *entry = radix_tree_deref_slot_protected(slot, lock);

	entry = (void *)((unsigned long)entry & ~lock_bit);
	radix_tree_replace_slot(slot, entry);
	return entry;
}

/*
 * What is at @index, once nobody has it locked. Needs tree_lock, and lets go of
 * it to sleep. Waiters are exclusive: a caller that does not go on to lock the
 * entry owes the next one a wake-up, see put_unlocked_mapping_entry().
 */
static void *get_unlocked_mapping_entry(struct address_space *mapping,
		pgoff_t index, void ***slotp)
{
	spinlock_t *lock = &mapping->tree_lock;
	struct wait_exceptional_entry_queue ewait;
	wait_queue_head_t *wq;
	void *entry, **slot;

	for (;;) {
		entry = __radix_tree_lookup(&mapping->page_tree, index, NULL,
					    &slot);
		if (slotp)
			*slotp = slot;
		if (!entry || !radix_tree_exceptional_entry(entry))
			return entry;
		if (!slot_locked(mapping, slot))
			return entry;

		wq = dax_init_waiter(mapping, index, &ewait);
		prepare_to_wait_exclusive(wq, &ewait.wait,
					  TASK_UNINTERRUPTIBLE);
		spin_unlock_irq(lock);
		schedule();
		finish_wait(wq, &ewait.wait);
		spin_lock_irq(lock);
	}
}

void dax_unlock_mapping_entry(struct address_space *mapping,
		pgoff_t index)
{
	void *entry, **slot;
	bool locked;

	spin_lock_irq(&mapping->tree_lock);
	entry = __radix_tree_lookup(&mapping->page_tree, index, NULL, &slot);
	locked = entry && radix_tree_exceptional_entry(entry) &&
		 slot_locked(mapping, slot);
	if (locked)
		unlock_slot(mapping, slot);
	spin_unlock_irq(&mapping->tree_lock);

	if (WARN_ON_ONCE(!locked))
		return;
	dax_wake_mapping_entry_waiter(mapping, index, false);
}

/* A hole has a page instead of an entry, and the page's lock is its lock. */
static void put_locked_mapping_entry(struct address_space *mapping,
		pgoff_t index, void *entry)
{
	if (radix_tree_exceptional_entry(entry)) {
		dax_unlock_mapping_entry(mapping, index);
		return;
	}
	unlock_page(entry);
	put_page(entry);
}

/* We were woken for an entry that we do not take: pass the wake-up on. */
static void put_unlocked_mapping_entry(struct address_space *mapping,
		pgoff_t index, void *entry)
{
	/* Nobody waits for a page here: who wants it sleeps in lock_page(). */
	if (radix_tree_exceptional_entry(entry))
		dax_wake_mapping_entry_waiter(mapping, index, false);
}

/*
 * Return with the entry of @index locked, an empty one if there was none, or
 * with the page of a hole locked.
 */
static void *grab_mapping_entry(struct address_space *mapping, pgoff_t index)
{
	gfp_t gfp = mapping_gfp_mask(mapping) & ~__GFP_HIGHMEM;
	void *entry, **slot;
	int err;

restart:
	spin_lock_irq(&mapping->tree_lock);
	entry = get_unlocked_mapping_entry(mapping, index, &slot);

	if (entry && !radix_tree_exceptional_entry(entry)) {
		struct page *page = entry;

		get_page(page);
		spin_unlock_irq(&mapping->tree_lock);
		lock_page(page);
		if (likely(page->mapping == mapping))
			return page;
		/* Truncated before its lock was ours. */
		unlock_page(page);
		put_page(page);
		goto restart;
	}
	if (entry) {
		entry = lock_slot(mapping, slot);
		spin_unlock_irq(&mapping->tree_lock);
		return entry;
	}

	spin_unlock_irq(&mapping->tree_lock);
	err = radix_tree_preload(gfp);
	if (err)
		return ERR_PTR(err);
	spin_lock_irq(&mapping->tree_lock);
	entry = (void *)(unsigned long)(RADIX_TREE_EXCEPTIONAL_ENTRY |
					RADIX_DAX_ENTRY_LOCK);
	err = radix_tree_insert(&mapping->page_tree, index, entry);
	if (!err)
		mapping->nrexceptional++;
	radix_tree_preload_end();
	spin_unlock_irq(&mapping->tree_lock);
	/* Nothing was locked meanwhile, so somebody may have come. */
	if (err == -EEXIST)
		goto restart;
	return err ? ERR_PTR(err) : entry;
}

/* For truncate and hole punching, whose locks keep faults away. */
int dax_delete_mapping_entry(struct address_space *mapping, pgoff_t index)
{
	void *entry;
	int ret;

	spin_lock_irq(&mapping->tree_lock);
	entry = get_unlocked_mapping_entry(mapping, index, NULL);
	/* The caller has seen it, and is the only one who may delete it. */
	ret = entry && radix_tree_exceptional_entry(entry);
	WARN_ON_ONCE(!ret);
	if (ret) {
		radix_tree_delete(&mapping->page_tree, index);
		mapping->nrexceptional--;
	}
	spin_unlock_irq(&mapping->tree_lock);
	/* Nobody will unlock an entry that is gone: wake all who wait. */
	if (ret)
		dax_wake_mapping_entry_waiter(mapping, index, true);
	return ret;
}

/* Zeroes where the file has nothing: the page of a hole, locked. */
static int dax_load_hole(struct address_space *mapping, void *entry,
		struct vm_fault *vmf)
{
	vmf->page = entry;
	/* A new one comes locked, in place of our locked entry. */
	if (radix_tree_exceptional_entry(entry))
		vmf->page = find_or_create_page(mapping, vmf->pgoff,
						vmf->gfp_mask | __GFP_ZERO);
	if (vmf->page)
		return VM_FAULT_LOCKED;

	put_locked_mapping_entry(mapping, vmf->pgoff, entry);
	return VM_FAULT_OOM;
}

/* Fills a private copy with what the file has there, be it nothing. */
static int copy_user_bh(struct page *to, struct inode *inode,
		struct buffer_head *bh, unsigned long vaddr)
{
	struct blk_dax_ctl from = {
		.sector	= to_sector(bh, inode),
		.size	= bh->b_size,
	};
	long length;
	void *kaddr;

	if (!buffer_written(bh)) {
		clear_user_highpage(to, vaddr);
		return 0;
	}

	length = dax_map_atomic(bh->b_bdev, &from);
	if (length < 0)
		return length;
	kaddr = kmap_atomic(to);
	copy_user_page(kaddr, from.addr, vaddr, to);
	kunmap_atomic(kaddr);
	dax_unmap_atomic(bh->b_bdev, &from);
	return 0;
}

/* The end of a hole's page, which we have locked and taken out of the tree. */
static void dax_drop_hole(struct address_space *mapping, struct page *hole)
{
	if (mapping->a_ops->freepage)
		mapping->a_ops->freepage(hole);
	unlock_page(hole);
	put_page(hole);
}

/*
 * Put a block where the locked @entry has none. The new entry is locked as
 * well. The page of a hole makes way for the block.
 */
static void *dax_insert_mapping_entry(struct address_space *mapping,
		struct vm_fault *vmf, void *entry, sector_t sector)
{
	struct page *hole = radix_tree_exceptional_entry(entry) ? NULL : entry;
	struct radix_tree_root *page_tree = &mapping->page_tree;
	pgoff_t index = vmf->pgoff;
	void *new_entry;
	int error = 0;

	new_entry = (void *)((unsigned long)RADIX_DAX_ENTRY(sector, false) |
			     RADIX_TREE_EXCEPTIONAL_ENTRY |
			     RADIX_DAX_ENTRY_LOCK);

	if (vmf->flags & FAULT_FLAG_WRITE)
		__mark_inode_dirty(mapping->host, I_DIRTY_PAGES);

	if (hole) {
		/* While we have its lock nobody maps the page again. */
		unmap_mapping_range(mapping, index << PAGE_SHIFT, PAGE_SIZE, 0);
		error = radix_tree_preload(vmf->gfp_mask & ~__GFP_HIGHMEM);
		if (error)
			return ERR_PTR(error);
	}

	spin_lock_irq(&mapping->tree_lock);
	if (!hole) {
		void *old, **slot;

		old = __radix_tree_lookup(page_tree, index, NULL, &slot);
		radix_tree_replace_slot(slot, new_entry);
		/* It was locked: nobody else may have changed it. */
		WARN_ON_ONCE(old != entry);
	} else {
		__delete_from_page_cache(hole, NULL);
		put_page(hole);
		error = radix_tree_insert(page_tree, index, new_entry);
		if (!error)
			mapping->nrexceptional++;
	}
	if (!error && (vmf->flags & FAULT_FLAG_WRITE))
		radix_tree_tag_set(page_tree, index, PAGECACHE_TAG_DIRTY);
	spin_unlock_irq(&mapping->tree_lock);

	if (hole) {
		radix_tree_preload_end();
		dax_drop_hole(mapping, hole);
	}
	return error ? ERR_PTR(error) : new_entry;
}

/*
 * Flush what is still at this place and has not been flushed by another. The
 * entry is not locked, and stays dirty: that tag was never taken away then.
 */
static int dax_writeback_one(struct block_device *bdev,
		struct address_space *mapping, pgoff_t index, void *entry)
{
	bool huge = RADIX_DAX_TYPE(entry) == RADIX_DAX_PMD;
	struct blk_dax_ctl dax = {
		.sector = RADIX_DAX_SECTOR(entry),
		.size = huge ? PMD_SIZE : PAGE_SIZE,
	};
	struct radix_tree_root *page_tree = &mapping->page_tree;
	void *found, **slot;
	bool towrite;
	long length;

	spin_lock_irq(&mapping->tree_lock);
	found = __radix_tree_lookup(page_tree, index, NULL, &slot);
	towrite = found == entry &&
		  radix_tree_tag_get(page_tree, index, PAGECACHE_TAG_TOWRITE);
	spin_unlock_irq(&mapping->tree_lock);
	if (!towrite)
		return 0;

	length = dax_map_atomic(bdev, &dax);
	if (length < 0)
		return length;
	wb_cache_pmem(dax.addr, dax.size);

	spin_lock_irq(&mapping->tree_lock);
	radix_tree_tag_clear(page_tree, index, PAGECACHE_TAG_TOWRITE);
	spin_unlock_irq(&mapping->tree_lock);
	dax_unmap_atomic(bdev, &dax);
	return 0;
}

/* For fsync; what is written back in passing need not be safe. */
int dax_writeback_mapping_range(struct address_space *mapping,
		struct block_device *bdev, struct writeback_control *wbc)
{
	pgoff_t start_index = wbc->range_start >> PAGE_SHIFT;
	pgoff_t end_index = wbc->range_end >> PAGE_SHIFT;
	pgoff_t indices[PAGEVEC_SIZE];
	struct pagevec pvec;
	int i, ret = 0;

	if (wbc->sync_mode != WB_SYNC_ALL || !mapping->nrexceptional)
		return ret;

	tag_pages_for_writeback(mapping, start_index, end_index);
	pagevec_init(&pvec, 0);
	do {
		pvec.nr = find_get_entries_tag(mapping, start_index,
				PAGECACHE_TAG_TOWRITE, PAGEVEC_SIZE,
				pvec.pages, indices);
		for (i = 0; i < pvec.nr && indices[i] <= end_index; i++) {
			ret = dax_writeback_one(bdev, mapping, indices[i],
						pvec.pages[i]);
			if (ret)
				return ret;
		}
		/* What is written back is found no more: begin there again. */
	} while (i > 0 && i == pvec.nr);
	return ret;
}

static int dax_insert_mapping(struct address_space *mapping,
		struct buffer_head *bh, void **entryp,
		struct vm_area_struct *vma, struct vm_fault *vmf)
{
	unsigned long address = (unsigned long)vmf->virtual_address;
	struct blk_dax_ctl dax = {
		.sector	= to_sector(bh, mapping->host),
		.size	= bh->b_size,
	};
	long length = dax_map_atomic(bh->b_bdev, &dax);
	void *entry;

	if (length < 0)
		return length;
	dax_unmap_atomic(bh->b_bdev, &dax);

	entry = dax_insert_mapping_entry(mapping, vmf, *entryp, dax.sector);
	if (IS_ERR(entry))
		return PTR_ERR(entry);
	*entryp = entry;
	return vm_insert_mixed(vma, address, dax.pfn);
}

static int dax_fault_result(int error, int major)
{
	if (!error || error == -EBUSY)
		return VM_FAULT_NOPAGE | major;
	return (error == -ENOMEM ? VM_FAULT_OOM : VM_FAULT_SIGBUS) | major;
}

/* A private copy: the place stays locked until the caller has mapped it. */
static int dax_copied(struct vm_fault *vmf, void *entry)
{
	if (radix_tree_exceptional_entry(entry)) {
		vmf->entry = entry;
		return VM_FAULT_DAX_LOCKED;
	}
	vmf->page = entry;
	return VM_FAULT_LOCKED;
}

/* What the filesystem told about a place: less than a page is no answer. */
static int dax_block_error(struct buffer_head *bh, int error)
{
	return !error && bh->b_size < PAGE_SIZE ? -EIO : error;
}

/* The caller holds what keeps truncation and hole punching away. */
int dax_fault(struct vm_area_struct *vma, struct vm_fault *vmf,
		get_block_t get_block)
{
	struct address_space *mapping = vma->vm_file->f_mapping;
	struct inode *inode = mapping->host;
	sector_t block = (sector_t)vmf->pgoff << (PAGE_SHIFT - inode->i_blkbits);
	struct buffer_head bh = {
		.b_bdev	= inode->i_sb->s_bdev,
		.b_size	= PAGE_SIZE,
	};
	int error, major = 0;
	void *entry;

	if (vmf->pgoff >= DIV_ROUND_UP(i_size_read(inode), PAGE_SIZE))
		return VM_FAULT_SIGBUS;

	entry = grab_mapping_entry(mapping, vmf->pgoff);
	if (IS_ERR(entry))
		return dax_fault_result(PTR_ERR(entry), 0);

	error = dax_block_error(&bh, get_block(inode, block, &bh, 0));
	if (error)
		goto unlock_entry;

	if (vmf->cow_page) {
		error = copy_user_bh(vmf->cow_page, inode, &bh,
				     (unsigned long)vmf->virtual_address);
		if (error)
			goto unlock_entry;
		return dax_copied(vmf, entry);
	}

	if (!buffer_mapped(&bh)) {
		if (!(vmf->flags & FAULT_FLAG_WRITE))
			return dax_load_hole(mapping, entry, vmf);

		error = dax_block_error(&bh, get_block(inode, block, &bh, 1));
		major = VM_FAULT_MAJOR;
		count_vm_event(PGMAJFAULT);
		mem_cgroup_count_vm_event(vma->vm_mm, PGMAJFAULT);
		if (error)
			goto unlock_entry;
	}

	/* The filesystem has zeroed what it allocated. */
	WARN_ON_ONCE(buffer_unwritten(&bh) || buffer_new(&bh));
	error = dax_insert_mapping(mapping, &bh, &entry, vma, vmf);
unlock_entry:
	put_locked_mapping_entry(mapping, vmf->pgoff, entry);
	return dax_fault_result(error, major);
}
EXPORT_SYMBOL_GPL(dax_fault);

/* The first write to what is mapped read-only: from here on it is dirty. */
int dax_pfn_mkwrite(struct vm_area_struct *vma, struct vm_fault *vmf)
{
	struct address_space *mapping = vma->vm_file->f_mapping;
	void *entry;

	spin_lock_irq(&mapping->tree_lock);
	entry = get_unlocked_mapping_entry(mapping, vmf->pgoff, NULL);
	if (entry && radix_tree_exceptional_entry(entry)) {
		radix_tree_tag_set(&mapping->page_tree, vmf->pgoff,
				   PAGECACHE_TAG_DIRTY);
		put_unlocked_mapping_entry(mapping, vmf->pgoff, entry);
	}
	spin_unlock_irq(&mapping->tree_lock);
	return VM_FAULT_NOPAGE;
}
EXPORT_SYMBOL_GPL(dax_pfn_mkwrite);
