// SPDX-License-Identifier: Apache-2.0
/*
 * fs/dax.c - faults, invalidation and writeback of DAX files, radix tree era
 *
 * Faultline's telling of the protocol of v4.11, with the entry locked before
 * the block is looked up, as later versions do it. What is stored at an index
 * of mapping->page_tree is at the same time the lock of that index: who sets
 * RADIX_DAX_ENTRY_LOCK under tree_lock owns the index until it takes the bit
 * away again and wakes who waits. A PMD entry is one entry, and so one lock,
 * for all the indices that it covers.
 *
 * As in v4.11, a PTE fault trusts its caller that no huge PMD is there: see
 * dax-pte-under-pmd, which is found here.
 *
 * Names, and the order of what is done, are the kernel's: by them patches find
 * their place here.
 */
#include <linux/blkdev.h>
#include <linux/dax.h>
#include <linux/fs.h>
#include <linux/iomap.h>
#include <linux/mm.h>
#include <linux/mmu_notifier.h>
#include <linux/pagevec.h>
#include <linux/pfn_t.h>
#include <linux/sched.h>
#include "internal.h"

/* The bits of an index that tell the pages of a PMD apart. */
#define PG_PMD_COLOUR	(PMD_SIZE / PAGE_SIZE - 1)

/* Entries are too many to have a queue each: they share, by hash. */
#define DAX_WAIT_TABLE_BITS	12
static wait_queue_head_t wait_table[1 << DAX_WAIT_TABLE_BITS];

/* What one waits for: the file, and the first index of the entry in it. */
struct exceptional_entry_key {
	pgoff_t entry_start;
	struct address_space *mapping;
};

/* A waiter, on the stack of who sleeps. */
struct wait_exceptional_entry_queue {
	struct exceptional_entry_key key;
	wait_queue_t wait;
};

static unsigned long dax_entry_flag(void *entry, unsigned long flag)
{
	return (unsigned long)entry & flag;
}

static int dax_is_pmd_entry(void *entry)
{
	return dax_entry_flag(entry, RADIX_DAX_PMD);
}

static int dax_is_pte_entry(void *entry)
{
	return !dax_is_pmd_entry(entry);
}

static int dax_is_zero_entry(void *entry)
{
	return dax_entry_flag(entry, RADIX_DAX_HZP);
}

static int dax_is_empty_entry(void *entry)
{
	return dax_entry_flag(entry, RADIX_DAX_EMPTY);
}

/* Nothing of the file's own is behind it. */
static int dax_is_blockless_entry(void *entry)
{
	return dax_entry_flag(entry, RADIX_DAX_HZP | RADIX_DAX_EMPTY);
}

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

/*
 * The queue of an entry's waiters, and the key to tell them from others there.
 * Whoever waits for, or wakes, any index of a PMD entry has to come out at the
 * same key, hence the first index.
 */
static wait_queue_head_t *dax_entry_waitqueue(struct address_space *mapping,
		pgoff_t index, void *entry, struct exceptional_entry_key *key)
{
	unsigned long hash = (unsigned long)mapping;

	if (dax_is_pmd_entry(entry))
		index &= ~(pgoff_t)PG_PMD_COLOUR;
	key->entry_start = index;
	key->mapping = mapping;

	hash ^= index;
	return wait_table + hash_long(hash, DAX_WAIT_TABLE_BITS);
}

/* Runs for each waiter of a queue; only those of the same key are meant. */
static int wake_exceptional_entry_func(wait_queue_t *wait,
		unsigned int mode, int sync, void *keyp)
{
	struct exceptional_entry_key *key = keyp;
	struct wait_exceptional_entry_queue *ewait =
		container_of(wait, struct wait_exceptional_entry_queue, wait);

	if (ewait->key.mapping == key->mapping &&
	    ewait->key.entry_start == key->entry_start)
		return autoremove_wake_function(wait, mode, sync, NULL);
	return 0;
}

/*
 * Wake one waiter after an unlock, all of them once the entry is gone. Of
 * @entry only its size matters. Waiters queue up before they drop tree_lock,
 * so that an empty queue means that nobody has seen the lock bit.
 */
void dax_wake_mapping_entry_waiter(struct address_space *mapping,
		pgoff_t index, void *entry, bool wake_all)
{
	struct exceptional_entry_key key;
	wait_queue_head_t *wq = dax_entry_waitqueue(mapping, index, entry, &key);

	/* 0 is all of them. */
	if (waitqueue_active(wq))
		__wake_up(wq, TASK_NORMAL, wake_all ? 0 : 1, &key);
}

/* A sleeper for @entry, and the queue to sleep in; see the wake function. */
static wait_queue_head_t *dax_init_waiter(struct address_space *mapping,
		pgoff_t index, void *entry,
		struct wait_exceptional_entry_queue *ewait)
{
	init_wait(&ewait->wait);
	ewait->wait.func = wake_exceptional_entry_func;
	return dax_entry_waitqueue(mapping, index, entry, &ewait->key);
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
	radix_tree_replace_slot(&mapping->page_tree, slot, entry);
	return entry;
}

static inline void *unlock_slot(struct address_space *mapping, void **slot)
{
	const unsigned long lock_bit = RADIX_DAX_ENTRY_LOCK;
	spinlock_t *lock = &mapping->tree_lock;
	void *entry = radix_tree_deref_slot_protected(slot, lock);

	entry = (void *)((unsigned long)entry & ~lock_bit);
	radix_tree_replace_slot(&mapping->page_tree, slot, entry);
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

		wq = dax_init_waiter(mapping, index, entry, &ewait);
		prepare_to_wait_exclusive(wq, &ewait.wait,
					  TASK_UNINTERRUPTIBLE);
		spin_unlock_irq(lock);
		schedule();
		finish_wait(wq, &ewait.wait);
		spin_lock_irq(lock);
	}
}

static void dax_unlock_mapping_entry(struct address_space *mapping,
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
	dax_wake_mapping_entry_waiter(mapping, index, entry, false);
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
		dax_wake_mapping_entry_waiter(mapping, index, entry, false);
}

/* No block is lost when this PMD entry makes way for a small one. */
static bool dax_is_splittable(void *entry)
{
	return radix_tree_exceptional_entry(entry) &&
		dax_is_pmd_entry(entry) && dax_is_blockless_entry(entry);
}

/*
 * Return with the entry of @index locked, an empty one if there was none. A PMD
 * request gives up with -EEXIST when anything smaller is in its range; a PTE
 * request splits a PMD entry that has no block, and uses one that has.
 */
static void *grab_mapping_entry(struct address_space *mapping, pgoff_t index,
		unsigned long size_flag)
{
	gfp_t gfp = mapping_gfp_mask(mapping) & ~__GFP_HIGHMEM;
	bool pmd_downgrade;
	void *entry, **slot;
	int err;

restart:
	pmd_downgrade = false;
	spin_lock_irq(&mapping->tree_lock);
	entry = get_unlocked_mapping_entry(mapping, index, &slot);

	if (entry && !(size_flag & RADIX_DAX_PMD)) {
		pmd_downgrade = dax_is_splittable(entry);
	} else if (entry && (!radix_tree_exceptional_entry(entry) ||
			     dax_is_pte_entry(entry))) {
		put_unlocked_mapping_entry(mapping, index, entry);
		entry = ERR_PTR(-EEXIST);
		goto out_unlock;
	}

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
	if (entry && !pmd_downgrade) {
		entry = lock_slot(mapping, slot);
		goto out_unlock;
	}

	/* Memory comes first. The lock bit keeps a PMD entry ours meanwhile. */
	if (pmd_downgrade)
		entry = lock_slot(mapping, slot);
	spin_unlock_irq(&mapping->tree_lock);
	if (pmd_downgrade && dax_is_zero_entry(entry))
		unmap_mapping_range(mapping, (index << PAGE_SHIFT) & PMD_MASK,
				    PMD_SIZE, 0);

	err = radix_tree_preload(gfp);
	if (err && pmd_downgrade)
		put_locked_mapping_entry(mapping, index, entry);
	if (err)
		return ERR_PTR(err);
	spin_lock_irq(&mapping->tree_lock);

	if (!entry) {
		/* Nothing was locked, so somebody may have come. */
		entry = __radix_tree_lookup(&mapping->page_tree, index, NULL,
					    &slot);
		if (entry) {
			radix_tree_preload_end();
			spin_unlock_irq(&mapping->tree_lock);
			goto restart;
		}
	}
	if (pmd_downgrade) {
		mapping->nrexceptional--;
		radix_tree_delete(&mapping->page_tree, index);
		/* Nobody will unlock it: its waiters all have to look anew. */
		dax_wake_mapping_entry_waiter(mapping, index, entry, true);
	}

	entry = dax_radix_locked_entry(0, size_flag | RADIX_DAX_EMPTY);
	err = __radix_tree_insert(&mapping->page_tree, index,
				  dax_radix_order(entry), entry);
	radix_tree_preload_end();
	if (err < 0) {
		/* Something smaller is in the way: there is nobody to wake. */
		spin_unlock_irq(&mapping->tree_lock);
		return ERR_PTR(err);
	}
	mapping->nrexceptional++;
out_unlock:
	spin_unlock_irq(&mapping->tree_lock);
	return entry;
}

/*
 * Take the entry of @index away; 1 when it is gone. What an fsync has still to
 * write stays, unless its blocks go as well (@trunc).
 */
static int __dax_invalidate_mapping_entry(struct address_space *mapping,
		pgoff_t index, bool trunc)
{
	struct radix_tree_root *page_tree = &mapping->page_tree;
	void *entry;
	int ret = 0;
	bool stays;

	spin_lock_irq(&mapping->tree_lock);
	entry = get_unlocked_mapping_entry(mapping, index, NULL);
	stays = !entry || !radix_tree_exceptional_entry(entry);
	if (!stays && !trunc &&
	    (radix_tree_tag_get(page_tree, index, PAGECACHE_TAG_DIRTY) ||
	     radix_tree_tag_get(page_tree, index, PAGECACHE_TAG_TOWRITE))) {
		put_unlocked_mapping_entry(mapping, index, entry);
		stays = true;
	}
	if (!stays) {
		mapping->nrexceptional--;
		radix_tree_delete(page_tree, index);
		ret = 1;
		/* Nobody will unlock an entry that is gone: wake all who wait. */
		dax_wake_mapping_entry_waiter(mapping, index, entry, true);
	}
	spin_unlock_irq(&mapping->tree_lock);
	return ret;
}

/* For truncate and hole punching, whose locks keep faults away. */
int dax_delete_mapping_entry(struct address_space *mapping, pgoff_t index)
{
	if (__dax_invalidate_mapping_entry(mapping, index, true))
		return 1;
	/* The caller has seen it, and is the only one who may delete it. */
	WARN_ON_ONCE(1);
	return 0;
}

/* For invalidate_inode_pages2(): only a clean entry goes. */
int dax_invalidate_mapping_entry_sync(struct address_space *mapping,
		pgoff_t index)
{
	return __dax_invalidate_mapping_entry(mapping, index, false);
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
 * Put a block, or the huge zero page, where the locked @entry has neither. The
 * new entry is locked as well. The page of a hole makes way for the block.
 */
static void *dax_insert_mapping_entry(struct address_space *mapping,
		struct vm_fault *vmf, void *entry, sector_t sector,
		unsigned long flags)
{
	struct page *hole = radix_tree_exceptional_entry(entry) ? NULL : entry;
	void *new_entry = dax_radix_locked_entry(sector, flags);
	struct radix_tree_root *page_tree = &mapping->page_tree;
	pgoff_t index = vmf->pgoff;
	int error = 0;

	if (vmf->flags & FAULT_FLAG_WRITE)
		__mark_inode_dirty(mapping->host, I_DIRTY_PAGES);

	/* Other mappings must not go on to show zeroes. */
	if (!hole && dax_is_zero_entry(entry) && !(flags & RADIX_DAX_HZP))
		unmap_mapping_range(mapping, (index << PAGE_SHIFT) & PMD_MASK,
				    PMD_SIZE, 0);
	if (hole) {
		/* While we have its lock nobody maps the page again. */
		unmap_mapping_range(mapping, index << PAGE_SHIFT, PAGE_SIZE, 0);
		error = radix_tree_preload(vmf->gfp_mask & ~__GFP_HIGHMEM);
		if (error)
			return ERR_PTR(error);
	}

	spin_lock_irq(&mapping->tree_lock);
	if (!hole && !dax_is_blockless_entry(entry)) {
		new_entry = entry;
	} else if (!hole) {
		struct radix_tree_node *node;
		void *old, **slot;

		old = __radix_tree_lookup(page_tree, index, &node, &slot);
		__radix_tree_replace(page_tree, node, slot, new_entry,
				     NULL, NULL);
		/* It was locked: nobody else may have changed it. */
		WARN_ON_ONCE(old != entry);
	} else {
		__delete_from_page_cache(hole, NULL);
		put_page(hole);
		error = __radix_tree_insert(page_tree, index,
				dax_radix_order(new_entry), new_entry);
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
 * A read of a hole gets a zeroed page of the page cache. A new one comes
 * locked, in place of our locked entry.
 */
static int dax_load_hole(struct address_space *mapping, void **entry,
		struct vm_fault *vmf)
{
	int ret;

	if (radix_tree_exceptional_entry(*entry)) {
		struct page *zeroes;

		zeroes = find_or_create_page(mapping, vmf->pgoff,
					     vmf->gfp_mask | __GFP_ZERO);
		if (!zeroes)
			return VM_FAULT_OOM;
		*entry = zeroes;
	}

	vmf->page = *entry;
	ret = finish_fault(vmf);
	vmf->page = NULL;
	if (!ret) {
		get_page(*entry);
		ret = VM_FAULT_NOPAGE;
	}
	return ret;
}

static inline unsigned long pgoff_address(pgoff_t pgoff,
		struct vm_area_struct *vma)
{
	return vma->vm_start + ((pgoff - vma->vm_pgoff) << PAGE_SHIFT);
}

/* Make every shared mapping of @index read-only, so that writes fault again. */
static void dax_mapping_entry_mkclean(struct address_space *mapping,
		pgoff_t index, unsigned long pfn)
{
	struct vm_area_struct *vma;

	i_mmap_lock_read(mapping);
	vma_interval_tree_foreach(vma, &mapping->i_mmap, index, index) {
		unsigned long address = pgoff_address(index, vma);
		pmd_t pmd, *pmdp = NULL;
		pte_t pte, *ptep = NULL;
		bool changed = false;
		spinlock_t *ptl;

		cond_resched();
		/* What a private mapping has written is none of the file's. */
		if (!(vma->vm_flags & VM_SHARED) ||
		    follow_pte_pmd(vma->vm_mm, address, &ptep, &pmdp, &ptl))
			continue;

		if (pmdp && pmd_pfn(*pmdp) == pfn &&
		    (pmd_write(*pmdp) || pmd_dirty(*pmdp))) {
			flush_cache_page(vma, address, pfn);
			pmd = pmdp_huge_clear_flush(vma, address, pmdp);
			pmd = pmd_mkclean(pmd_wrprotect(pmd));
			set_pmd_at(vma->vm_mm, address, pmdp, pmd);
			changed = true;
		} else if (!pmdp && pte_pfn(*ptep) == pfn &&
			   (pte_write(*ptep) || pte_dirty(*ptep))) {
			flush_cache_page(vma, address, pfn);
			pte = ptep_clear_flush(vma, address, ptep);
			pte = pte_mkclean(pte_wrprotect(pte));
			set_pte_at(vma->vm_mm, address, ptep, pte);
			changed = true;
		}

		if (pmdp)
			spin_unlock(ptl);
		else
			pte_unmap_unlock(ptep, ptl);
		if (changed)
			mmu_notifier_invalidate_page(vma->vm_mm, address);
	}
	i_mmap_unlock_read(mapping);
}

/* Whether what fsync has found is still there, on the same block. */
static bool dax_is_same_block(void *old_entry, void *entry)
{
	if (!entry || !radix_tree_exceptional_entry(entry))
		return false;
	return dax_radix_sector(entry) == dax_radix_sector(old_entry);
}

/*
 * Flush one dirty entry. It stays locked from before its mappings lose their
 * write permission until after the dirty tag is gone, so that no write slips
 * in between untagged.
 */
static int dax_writeback_one(struct block_device *bdev,
		struct address_space *mapping, pgoff_t index, void *entry)
{
	struct blk_dax_ctl dax;
	struct radix_tree_root *page_tree = &mapping->page_tree;
	void *entry2, **slot;
	long length;

	if (WARN_ON(!radix_tree_exceptional_entry(entry)))
		return -EIO;

	spin_lock_irq(&mapping->tree_lock);
	entry2 = get_unlocked_mapping_entry(mapping, index, &slot);
	/* Somebody else's by now, or flushed by another fsync? */
	if (!dax_is_same_block(entry, entry2) ||
	    !radix_tree_tag_get(page_tree, index, PAGECACHE_TAG_TOWRITE)) {
		put_unlocked_mapping_entry(mapping, index, entry2);
		spin_unlock_irq(&mapping->tree_lock);
		return 0;
	}

	entry = lock_slot(mapping, slot);
	radix_tree_tag_clear(page_tree, index, PAGECACHE_TAG_TOWRITE);
	spin_unlock_irq(&mapping->tree_lock);

	dax.size = PAGE_SIZE << dax_radix_order(entry);
	dax.sector = dax_radix_sector(entry);
	length = dax_map_atomic(bdev, &dax);
	if (length < 0) {
		put_locked_mapping_entry(mapping, index, entry);
		return length;
	}

	/* From here on a write faults again, and then waits for the entry. */
	dax_mapping_entry_mkclean(mapping, index, pfn_t_to_pfn(dax.pfn));
	wb_cache_pmem(dax.addr, dax.size);

	spin_lock_irq(&mapping->tree_lock);
	radix_tree_tag_clear(page_tree, index, PAGECACHE_TAG_DIRTY);
	spin_unlock_irq(&mapping->tree_lock);
	dax_unmap_atomic(bdev, &dax);
	put_locked_mapping_entry(mapping, index, entry);
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

static int dax_fault_return(int error)
{
	switch (error) {
	case 0:
		return VM_FAULT_NOPAGE;
	case -ENOMEM:
		return VM_FAULT_OOM;
	default:
		return VM_FAULT_SIGBUS;
	}
}

static sector_t dax_iomap_sector(struct iomap *iomap, loff_t pos)
{
	loff_t skip = (pos & PAGE_MASK) - iomap->offset;

	return iomap->blkno + (skip >> 9);
}

static int dax_insert_mapping(struct address_space *mapping,
		struct block_device *bdev, sector_t sector, size_t size,
		void **entryp, struct vm_area_struct *vma, struct vm_fault *vmf)
{
	struct blk_dax_ctl dax = { .sector = sector, .size = size };
	long length = dax_map_atomic(bdev, &dax);
	void *entry;

	if (length < 0)
		return length;
	dax_unmap_atomic(bdev, &dax);

	entry = dax_insert_mapping_entry(mapping, vmf, *entryp, sector, 0);
	if (IS_ERR(entry))
		return PTR_ERR(entry);
	*entryp = entry;
	return vm_insert_mixed(vma, vmf->address, dax.pfn);
}

/* A write to a page mapped read-only: tag it dirty, make it writable. */
int dax_pfn_mkwrite(struct vm_fault *vmf)
{
	struct address_space *mapping = vmf->vma->vm_file->f_mapping;
	void *entry, **slot;

	spin_lock_irq(&mapping->tree_lock);
	entry = get_unlocked_mapping_entry(mapping, vmf->pgoff, &slot);
	if (!entry || !radix_tree_exceptional_entry(entry)) {
		spin_unlock_irq(&mapping->tree_lock);
		return VM_FAULT_NOPAGE;
	}
	entry = lock_slot(mapping, slot);
	radix_tree_tag_set(&mapping->page_tree, vmf->pgoff,
			   PAGECACHE_TAG_DIRTY);
	spin_unlock_irq(&mapping->tree_lock);

	finish_mkwrite_fault(vmf);
	put_locked_mapping_entry(mapping, vmf->pgoff, entry);
	return VM_FAULT_NOPAGE;
}

/* A fault that had to wait for a new block counts as one that did I/O. */
static int dax_count_major(const struct iomap *iomap)
{
	if (!(iomap->flags & IOMAP_F_NEW))
		return 0;
	count_vm_event(PGMAJFAULT);
	return VM_FAULT_MAJOR;
}

/* The entry is locked before the block is looked up: neither can change. */
static int dax_iomap_pte_fault(struct vm_fault *vmf,
		const struct iomap_ops *ops)
{
	struct vm_area_struct *vma = vmf->vma;
	struct address_space *mapping = vma->vm_file->f_mapping;
	bool write = vmf->flags & FAULT_FLAG_WRITE;
	unsigned int flags = IOMAP_FAULT | (write ? IOMAP_WRITE : 0);
	loff_t pos = (loff_t)vmf->pgoff << PAGE_SHIFT;
	struct iomap iomap = { 0 };
	struct inode *inode = mapping->host;
	int error, major, vmf_ret;
	void *entry;

	if (pos >= i_size_read(inode))
		return VM_FAULT_SIGBUS;

	entry = grab_mapping_entry(mapping, vmf->pgoff, 0);
	if (IS_ERR(entry))
		return dax_fault_return(PTR_ERR(entry));

	error = ops->iomap_begin(inode, pos, PAGE_SIZE, flags, &iomap);
	vmf_ret = dax_fault_return(error);
	if (error)
		goto unlock_entry;

	if (iomap.type != IOMAP_MAPPED) {
		vmf_ret = VM_FAULT_SIGBUS;
		if (!WARN_ON_ONCE(write))
			vmf_ret = dax_load_hole(mapping, &entry, vmf);
		goto finish_iomap;
	}

	major = dax_count_major(&iomap);
	error = dax_insert_mapping(mapping, iomap.bdev,
				   dax_iomap_sector(&iomap, pos), PAGE_SIZE,
				   &entry, vma, vmf);
	/* Somebody else mapped the same page: as good. */
	if (error == -EBUSY)
		error = 0;
	vmf_ret = dax_fault_return(error) | major;

finish_iomap:
	if (ops->iomap_end)
		ops->iomap_end(inode, pos, PAGE_SIZE,
			       vmf_ret & VM_FAULT_ERROR ? 0 : PAGE_SIZE,
			       flags, &iomap);
unlock_entry:
	put_locked_mapping_entry(mapping, vmf->pgoff, entry);
	return vmf_ret;
}

static int dax_pmd_insert_mapping(struct vm_fault *vmf, struct iomap *iomap,
		loff_t pos, void **entryp)
{
	sector_t sector = dax_iomap_sector(iomap, pos);
	struct blk_dax_ctl dax = { .sector = sector, .size = PMD_SIZE };
	struct vm_area_struct *vma = vmf->vma;
	void *entry;
	long length;

	length = dax_map_atomic(iomap->bdev, &dax);
	if (length < 0)
		return VM_FAULT_FALLBACK;
	dax_unmap_atomic(iomap->bdev, &dax);

	/* A huge page has to begin on its own boundary. */
	if (length < PMD_SIZE || (pfn_t_to_pfn(dax.pfn) & PG_PMD_COLOUR) ||
	    !pfn_t_devmap(dax.pfn))
		return VM_FAULT_FALLBACK;

	entry = dax_insert_mapping_entry(vma->vm_file->f_mapping, vmf, *entryp,
					 sector, RADIX_DAX_PMD);
	if (IS_ERR(entry))
		return VM_FAULT_FALLBACK;
	*entryp = entry;
	return vmf_insert_pfn_pmd(vma, vmf->address, vmf->pmd, dax.pfn,
				  vmf->flags & FAULT_FLAG_WRITE);
}

/* A huge zero page, unless something is mapped there by now. */
static int dax_pmd_load_hole(struct vm_fault *vmf, struct iomap *iomap,
		void **entryp)
{
	struct vm_area_struct *vma = vmf->vma;
	struct page *zero = mm_get_huge_zero_page(vma->vm_mm);
	int ret = VM_FAULT_FALLBACK;
	spinlock_t *ptl;
	void *entry;

	if (!zero)
		return ret;
	entry = dax_insert_mapping_entry(vma->vm_file->f_mapping, vmf, *entryp,
					 0, RADIX_DAX_HZP | RADIX_DAX_PMD);
	if (IS_ERR(entry))
		return ret;
	*entryp = entry;

	ptl = pmd_lock(vma->vm_mm, vmf->pmd);
	if (pmd_none(*vmf->pmd)) {
		pmd_t huge = mk_pmd(zero, vma->vm_page_prot);

		set_pmd_at(vma->vm_mm, vmf->address & PMD_MASK, vmf->pmd,
			   pmd_mkhuge(huge));
		ret = VM_FAULT_NOPAGE;
	}
	spin_unlock(ptl);
	return ret;
}

/* Neither the mapping nor the file may end within the huge page. */
static bool dax_pmd_fits(struct vm_fault *vmf, pgoff_t max_pgoff)
{
	struct vm_area_struct *vma = vmf->vma;
	unsigned long first = vmf->address & PMD_MASK;

	if (first < vma->vm_start || vma->vm_end - first < PMD_SIZE)
		return false;
	return (vmf->pgoff | PG_PMD_COLOUR) <= max_pgoff;
}

static int dax_iomap_pmd_fault(struct vm_fault *vmf,
		const struct iomap_ops *ops)
{
	struct vm_area_struct *vma = vmf->vma;
	struct address_space *mapping = vma->vm_file->f_mapping;
	struct inode *inode = mapping->host;
	pgoff_t max_pgoff = (i_size_read(inode) - 1) >> PAGE_SHIFT;
	bool write = vmf->flags & FAULT_FLAG_WRITE;
	unsigned int iomap_flags = IOMAP_FAULT | (write ? IOMAP_WRITE : 0);
	pgoff_t pgoff = linear_page_index(vma, vmf->address & PMD_MASK);
	loff_t pos = (loff_t)pgoff << PAGE_SHIFT;
	int result = VM_FAULT_FALLBACK;
	struct iomap iomap = { 0 };
	void *entry;

	if (pgoff > max_pgoff)
		return VM_FAULT_SIGBUS;
	/* File and page table have to agree on where a PMD begins. */
	if ((vmf->pgoff & PG_PMD_COLOUR) !=
	    ((vmf->address >> PAGE_SHIFT) & PG_PMD_COLOUR))
		goto fallback;
	/* A private mapping gets its copy page by page. */
	if (write && !(vma->vm_flags & VM_SHARED))
		goto fallback;
	if (!dax_pmd_fits(vmf, max_pgoff))
		goto fallback;

	/* Fails when smaller entries are in the way: then PTEs it is. */
	entry = grab_mapping_entry(mapping, pgoff, RADIX_DAX_PMD);
	if (IS_ERR(entry))
		goto fallback;

	/* A PTE fault of this range may have been quicker: fault again. */
	if (!(pmd_none(*vmf->pmd) || pmd_trans_huge(*vmf->pmd) ||
	      pmd_devmap(*vmf->pmd))) {
		result = 0;
		goto unlock_entry;
	}

	if (ops->iomap_begin(inode, pos, PMD_SIZE, iomap_flags, &iomap))
		goto unlock_entry;
	if (pos + PMD_SIZE > iomap.offset + iomap.length)
		goto finish_iomap;
	if (iomap.type == IOMAP_MAPPED)
		result = dax_pmd_insert_mapping(vmf, &iomap, pos, &entry);
	else if (!WARN_ON_ONCE(write))
		result = dax_pmd_load_hole(vmf, &iomap, &entry);

finish_iomap:
	if (ops->iomap_end)
		ops->iomap_end(inode, pos, PMD_SIZE,
			       result == VM_FAULT_FALLBACK ? 0 : PMD_SIZE,
			       iomap_flags, &iomap);
unlock_entry:
	put_locked_mapping_entry(mapping, pgoff, entry);
fallback:
	if (result != VM_FAULT_FALLBACK)
		return result;
	count_vm_event(THP_FAULT_FALLBACK);
	split_huge_pmd(vma, vmf->pmd, vmf->address);
	return result;
}

/* What a filesystem calls, with its own locks against truncate held. */
int dax_iomap_fault(struct vm_fault *vmf, enum page_entry_size pe_size,
		const struct iomap_ops *ops)
{
	if (pe_size == PE_SIZE_PTE)
		return dax_iomap_pte_fault(vmf, ops);
	if (pe_size == PE_SIZE_PMD)
		return dax_iomap_pmd_fault(vmf, ops);
	return VM_FAULT_FALLBACK;
}
EXPORT_SYMBOL_GPL(dax_iomap_fault);
