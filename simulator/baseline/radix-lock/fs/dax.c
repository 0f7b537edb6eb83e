// SPDX-License-Identifier: Apache-2.0
/*
 * fs/dax.c - faults, invalidation and writeback of DAX files, the last radix tree
 *
 * Faultline's telling of the protocol of v4.19: the tree's lock is that of
 * mapping->i_pages, an entry holds a page frame, holes have no pages of their
 * own any more, and memory failure locks the entry of a page. Who is woken for
 * that and goes away passes the wake-up on, as was mended in v4.19.10.
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

/* Pages of a PMD, and the bits of an index that tell them apart. */
#define PG_PMD_NR	(PMD_SIZE / PAGE_SIZE)
#define PG_PMD_COLOUR	(PG_PMD_NR - 1)

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
	wait_queue_entry_t wait;
};

static unsigned long dax_radix_pfn(void *entry)
{
	return (unsigned long)entry >> RADIX_DAX_SHIFT;
}

/* Entries are made by who owns their place in the tree. */
static void *dax_radix_locked_entry(unsigned long pfn, unsigned long flags)
{
	flags |= RADIX_TREE_EXCEPTIONAL_ENTRY | RADIX_DAX_ENTRY_LOCK;
	return (void *)(flags | (pfn << RADIX_DAX_SHIFT));
}

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
	return dax_entry_flag(entry, RADIX_DAX_ZERO_PAGE);
}

static int dax_is_empty_entry(void *entry)
{
	return dax_entry_flag(entry, RADIX_DAX_EMPTY);
}

/* Nothing of the file's own is behind it. */
static int dax_is_blockless_entry(void *entry)
{
	return dax_entry_flag(entry, RADIX_DAX_ZERO_PAGE | RADIX_DAX_EMPTY);
}

static unsigned int dax_radix_order(void *entry)
{
	return dax_is_pmd_entry(entry) ? PMD_SHIFT - PAGE_SHIFT : 0;
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
static int wake_exceptional_entry_func(wait_queue_entry_t *wait,
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
 * @entry only its size matters. Waiters queue up before they drop the i_pages
 * lock, so that an empty queue means that nobody has seen the lock bit.
 */
static void dax_wake_mapping_entry_waiter(struct address_space *mapping,
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
	spinlock_t *lock = &mapping->i_pages.xa_lock;
	void *entry = radix_tree_deref_slot_protected(slot, lock);

	return ((unsigned long)entry & RADIX_DAX_ENTRY_LOCK) != 0;
}

static inline void *lock_slot(struct address_space *mapping, void **slot)
{
	spinlock_t *lock = &mapping->i_pages.xa_lock;
	void *entry = radix_tree_deref_slot_protected(slot, lock);

	entry = (void *)((unsigned long)entry | RADIX_DAX_ENTRY_LOCK);
	radix_tree_replace_slot(&mapping->i_pages, slot, entry);
	return entry;
}

static inline void *unlock_slot(struct address_space *mapping, void **slot)
{
	const unsigned long lock_bit = RADIX_DAX_ENTRY_LOCK;
	spinlock_t *lock = &mapping->i_pages.xa_lock;
	void *entry = radix_tree_deref_slot_protected(slot, lock);

	entry = (void *)((unsigned long)entry & ~lock_bit);
	radix_tree_replace_slot(&mapping->i_pages, slot, entry);
	return entry;
}

/* We were woken for an entry that we do not take: pass the wake-up on. */
static void put_unlocked_mapping_entry(struct address_space *mapping,
		pgoff_t index, void *entry)
{
	if (entry)
		dax_wake_mapping_entry_waiter(mapping, index, entry, false);
}

/* For who has nothing but RCU: after the sleep the file may be another. */
static bool entry_wait_revalidate(void)
{
	rcu_read_unlock();
	schedule();
	rcu_read_lock();
	return true;
}

/* For who holds the file: it is there after the sleep as before. */
static bool entry_wait(void)
{
	schedule();
	return false;
}

/*
 * What is at @index, once nobody has it locked. Needs the i_pages lock, and
 * lets go of it to sleep in @wait_fn, which says whether to give up then.
 * Waiters are exclusive: a caller that does not go on to lock the entry owes
 * the next one a wake-up, see put_unlocked_mapping_entry().
 */
static void *__get_unlocked_mapping_entry(struct address_space *mapping,
		pgoff_t index, void ***slotp, bool (*wait_fn)(void))
{
	struct radix_tree_root *pages = &mapping->i_pages;
	struct wait_exceptional_entry_queue ewait;
	wait_queue_head_t *wq;
	void *entry, **slot;
	bool revalidate;

	for (;;) {
		entry = __radix_tree_lookup(pages, index, NULL, &slot);
		if (slotp)
			*slotp = slot;
		if (!entry ||
		    WARN_ON_ONCE(!radix_tree_exceptional_entry(entry)))
			return entry;
		if (!slot_locked(mapping, slot))
			return entry;

		wq = dax_init_waiter(mapping, index, entry, &ewait);
		prepare_to_wait_exclusive(wq, &ewait.wait,
					  TASK_UNINTERRUPTIBLE);
		xa_unlock_irq(pages);
		revalidate = wait_fn();
		finish_wait(wq, &ewait.wait);
		xa_lock_irq(pages);
		if (revalidate) {
			put_unlocked_mapping_entry(mapping, index, entry);
			return ERR_PTR(-EAGAIN);
		}
	}
}

static void *get_unlocked_mapping_entry(struct address_space *mapping,
		pgoff_t index, void ***slotp)
{
	return __get_unlocked_mapping_entry(mapping, index, slotp, entry_wait);
}

static void unlock_mapping_entry(struct address_space *mapping, pgoff_t index)
{
	void *entry, **slot;
	bool locked;

	xa_lock_irq(&mapping->i_pages);
	entry = __radix_tree_lookup(&mapping->i_pages, index, NULL, &slot);
	locked = entry && radix_tree_exceptional_entry(entry) &&
		 slot_locked(mapping, slot);
	if (locked)
		unlock_slot(mapping, slot);
	xa_unlock_irq(&mapping->i_pages);

	if (WARN_ON_ONCE(!locked))
		return;
	dax_wake_mapping_entry_waiter(mapping, index, entry, false);
}

static void put_locked_mapping_entry(struct address_space *mapping,
		pgoff_t index)
{
	unlock_mapping_entry(mapping, index);
}

/* Bytes of the file's own blocks behind an entry. */
static unsigned long dax_entry_size(void *entry)
{
	if (dax_is_blockless_entry(entry))
		return 0;
	return PAGE_SIZE << dax_radix_order(entry);
}

static unsigned long dax_radix_end_pfn(void *entry)
{
	return dax_radix_pfn(entry) + (dax_entry_size(entry) >> PAGE_SHIFT);
}

#define for_each_mapped_pfn(entry, pfn) \
	for ((pfn) = dax_radix_pfn(entry); \
	     (pfn) != dax_radix_end_pfn(entry); (pfn)++)

/*
 * From here on memory failure finds the file by the page. @address is that of
 * a fault, anywhere in what the entry covers.
 */
static void dax_associate_entry(void *entry, struct address_space *mapping,
		struct vm_area_struct *vma, unsigned long address)
{
	unsigned long size = dax_entry_size(entry);
	pgoff_t index = linear_page_index(vma, address & ~(size - 1));
	unsigned long pfn;

	for_each_mapped_pfn(entry, pfn) {
		struct page *page = pfn_to_page(pfn);

		WARN_ON_ONCE(page->mapping);
		page->index = index + pfn - dax_radix_pfn(entry);
		page->mapping = mapping;
	}
}

/* The pages belong to no file any more; a truncate has waited for their users. */
static void dax_disassociate_entry(void *entry, struct address_space *mapping,
		bool trunc)
{
	struct page *page;
	unsigned long pfn;

	for_each_mapped_pfn(entry, pfn) {
		page = pfn_to_page(pfn);
		if (trunc)
			WARN_ON_ONCE(page_ref_count(page) > 1);
		if (page->mapping)
			WARN_ON_ONCE(page->mapping != mapping);
		page->index = 0;
		page->mapping = NULL;
	}
}

/* A page that nobody uses has one reference, which it never loses. */
static struct page *dax_busy_page(void *entry)
{
	unsigned long pfn;

	for_each_mapped_pfn(entry, pfn) {
		if (page_ref_count(pfn_to_page(pfn)) > 1)
			return pfn_to_page(pfn);
	}
	return NULL;
}

/*
 * Lock the entry of a page of which the caller knows nothing else; memory
 * failure does. True also when there is nothing to lock. Only RCU keeps the
 * inode, and not while we sleep: after that everything begins with
 * page->mapping again.
 */
bool dax_lock_mapping_entry(struct page *page)
{
	bool did_lock = false;
	struct address_space *mapping;
	void *entry, **slot;
	pgoff_t index;

	rcu_read_lock();
	while (!did_lock) {
		mapping = READ_ONCE(page->mapping);
		if (!mapping || !dax_mapping(mapping))
			break;

		/* Device DAX has no entries: its pages are kept otherwise. */
		did_lock = S_ISCHR(mapping->host->i_mode);
		if (did_lock)
			break;

		xa_lock_irq(&mapping->i_pages);
		/* Now it stays where it is. Is that still here? */
		index = page->index;
		if (page->mapping != mapping) {
			xa_unlock_irq(&mapping->i_pages);
			continue;
		}

		entry = __get_unlocked_mapping_entry(mapping, index, &slot,
						     entry_wait_revalidate);
		if (!entry) {
			xa_unlock_irq(&mapping->i_pages);
			break;
		}
		if (IS_ERR(entry)) {
			xa_unlock_irq(&mapping->i_pages);
			continue;
		}
		lock_slot(mapping, slot);
		xa_unlock_irq(&mapping->i_pages);
		did_lock = true;
	}
	rcu_read_unlock();
	return did_lock;
}

void dax_unlock_mapping_entry(struct page *page)
{
	struct address_space *mapping = page->mapping;

	if (!S_ISCHR(mapping->host->i_mode))
		unlock_mapping_entry(mapping, page->index);
}

/* No block is lost when this PMD entry makes way for a small one. */
static bool dax_is_splittable(void *entry)
{
	return dax_is_pmd_entry(entry) && dax_is_blockless_entry(entry);
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
	xa_lock_irq(&mapping->i_pages);
	entry = get_unlocked_mapping_entry(mapping, index, &slot);

	if (entry && !(size_flag & RADIX_DAX_PMD)) {
		pmd_downgrade = dax_is_splittable(entry);
	} else if (entry && dax_is_pte_entry(entry)) {
		put_unlocked_mapping_entry(mapping, index, entry);
		entry = ERR_PTR(-EEXIST);
		goto out_unlock;
	}

	if (entry && !pmd_downgrade) {
		entry = lock_slot(mapping, slot);
		goto out_unlock;
	}

	/* Memory comes first. The lock bit keeps a PMD entry ours meanwhile. */
	if (pmd_downgrade)
		entry = lock_slot(mapping, slot);
	xa_unlock_irq(&mapping->i_pages);
	if (pmd_downgrade && dax_is_zero_entry(entry))
		unmap_mapping_pages(mapping, index & ~PG_PMD_COLOUR, PG_PMD_NR,
				    false);

	err = radix_tree_preload(gfp);
	if (err && pmd_downgrade)
		put_locked_mapping_entry(mapping, index);
	if (err)
		return ERR_PTR(err);
	xa_lock_irq(&mapping->i_pages);

	if (!entry) {
		/* Nothing was locked, so somebody may have come. */
		entry = __radix_tree_lookup(&mapping->i_pages, index, NULL,
					    &slot);
		if (entry) {
			radix_tree_preload_end();
			xa_unlock_irq(&mapping->i_pages);
			goto restart;
		}
	}
	if (pmd_downgrade) {
		mapping->nrexceptional--;
		dax_disassociate_entry(entry, mapping, false);
		radix_tree_delete(&mapping->i_pages, index);
		/* Nobody will unlock it: its waiters all have to look anew. */
		dax_wake_mapping_entry_waiter(mapping, index, entry, true);
	}

	entry = dax_radix_locked_entry(0, size_flag | RADIX_DAX_EMPTY);
	err = __radix_tree_insert(&mapping->i_pages, index,
				  dax_radix_order(entry), entry);
	radix_tree_preload_end();
	if (err < 0) {
		/* Something smaller is in the way: there is nobody to wake. */
		xa_unlock_irq(&mapping->i_pages);
		return ERR_PTR(err);
	}
	mapping->nrexceptional++;
out_unlock:
	xa_unlock_irq(&mapping->i_pages);
	return entry;
}

/*
 * The first page that somebody holds besides us. New mappings are kept away by
 * the caller's locks, so that what is unmapped stays unmapped.
 */
struct page *dax_layout_busy_page(struct address_space *mapping)
{
	pgoff_t index = 0, indices[PAGEVEC_SIZE];
	struct page *page = NULL;
	unsigned long covered;
	struct pagevec pvec;
	void *entry;
	int i;

	/* A page that nobody maps cannot be pinned, and will not be. */
	if (!mapping_mapped(mapping) || !dax_mapping(mapping))
		return page;

	unmap_mapping_range(mapping, 0, 0, 0);

	pagevec_init(&pvec);
	while (!page && pagevec_lookup_entries(&pvec, mapping, index,
					       PAGEVEC_SIZE, indices)) {
		for (i = 0; !page && i < pagevec_count(&pvec); i++) {
			index = indices[i];
			covered = 1;

			xa_lock_irq(&mapping->i_pages);
			entry = get_unlocked_mapping_entry(mapping, index,
							   NULL);
			if (entry) {
				covered <<= dax_radix_order(entry);
				page = dax_busy_page(entry);
			}
			put_unlocked_mapping_entry(mapping, index, entry);
			xa_unlock_irq(&mapping->i_pages);
		}
		pagevec_remove_exceptionals(&pvec);
		pagevec_release(&pvec);
		/* The indices of a PMD all show the same entry. */
		index += covered;
	}
	return page;
}
EXPORT_SYMBOL_GPL(dax_layout_busy_page);

/*
 * Take the entry of @index away; 1 when it is gone. What an fsync has still to
 * write stays, unless its blocks go as well (@trunc).
 */
static int __dax_invalidate_mapping_entry(struct address_space *mapping,
		pgoff_t index, bool trunc)
{
	struct radix_tree_root *pages = &mapping->i_pages;
	void *entry;
	int ret = 0;
	bool stays;

	xa_lock_irq(pages);
	entry = get_unlocked_mapping_entry(mapping, index, NULL);
	stays = !entry || WARN_ON_ONCE(!radix_tree_exceptional_entry(entry));
	if (!stays && !trunc &&
	    (radix_tree_tag_get(pages, index, PAGECACHE_TAG_DIRTY) ||
	     radix_tree_tag_get(pages, index, PAGECACHE_TAG_TOWRITE)))
		stays = true;
	if (!stays) {
		dax_disassociate_entry(entry, mapping, trunc);
		mapping->nrexceptional--;
		radix_tree_delete(pages, index);
		ret = 1;
	}
	/* As it was: the first waiter hears of an entry that is gone. */
	put_unlocked_mapping_entry(mapping, index, entry);
	xa_unlock_irq(pages);
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

/* Whether the caller has to make the metadata safe before it maps the page. */
static bool dax_fault_is_synchronous(unsigned long flags,
		struct vm_area_struct *vma, struct iomap *iomap)
{
	if (!(flags & IOMAP_WRITE) || !(vma->vm_flags & VM_SYNC))
		return false;
	return iomap->flags & IOMAP_F_DIRTY;
}

/*
 * Put a block, or a zero page, where the locked @entry has no block. The new
 * entry is locked as well. An entry that has a block is left alone.
 */
static void *dax_insert_mapping_entry(struct address_space *mapping,
		struct vm_fault *vmf, void *entry, pfn_t pfn_t,
		unsigned long flags, bool dirty)
{
	void *new_entry = dax_radix_locked_entry(pfn_t_to_pfn(pfn_t), flags);
	struct radix_tree_root *pages = &mapping->i_pages;
	pgoff_t index = vmf->pgoff;

	if (dirty)
		__mark_inode_dirty(mapping->host, I_DIRTY_PAGES);

	/* Other mappings must not go on to show zeroes. */
	if (!(flags & RADIX_DAX_ZERO_PAGE) && dax_is_zero_entry(entry)) {
		if (dax_is_pmd_entry(entry))
			unmap_mapping_pages(mapping,
					    round_down(index, PG_PMD_NR),
					    PG_PMD_NR, false);
		else
			unmap_mapping_pages(mapping, index, 1, false);
	}

	xa_lock_irq(pages);
	if (dax_is_blockless_entry(entry)) {
		struct radix_tree_node *node;
		void *old, **slot;

		dax_disassociate_entry(entry, mapping, false);
		dax_associate_entry(new_entry, mapping, vmf->vma, vmf->address);
		old = __radix_tree_lookup(pages, index, &node, &slot);
		__radix_tree_replace(pages, node, slot, new_entry, NULL);
		/* It was locked: nobody else may have changed it. */
		WARN_ON_ONCE(old != entry);
		entry = new_entry;
	}
	if (dirty)
		radix_tree_tag_set(pages, index, PAGECACHE_TAG_DIRTY);
	xa_unlock_irq(pages);
	return entry;
}

static inline unsigned long pgoff_address(pgoff_t pgoff,
		struct vm_area_struct *vma)
{
	return vma->vm_start + ((pgoff - vma->vm_pgoff) << PAGE_SHIFT);
}

/*
 * Make every shared mapping of the page at @index, or of the PMD that it is in,
 * read-only, so that writes fault again. Who maps another page of a PMD only is
 * met when that page is asked for.
 */
static void dax_mapping_entry_mkclean(struct address_space *mapping,
		pgoff_t index, unsigned long pfn)
{
	struct vm_area_struct *vma;

	i_mmap_lock_read(mapping);
	vma_interval_tree_foreach(vma, &mapping->i_mmap, index, index) {
		unsigned long address = pgoff_address(index, vma);
		unsigned long start, end;
		pmd_t pmd, *pmdp = NULL;
		pte_t pte, *ptep = NULL;
		spinlock_t *ptl;

		cond_resched();
		/* What a private mapping has written is none of the file's. */
		if (!(vma->vm_flags & VM_SHARED) ||
		    follow_pte_pmd(vma->vm_mm, address, &start, &end, &ptep,
				   &pmdp, &ptl))
			continue;

		if (pmdp && (pmd_write(*pmdp) || pmd_dirty(*pmdp))) {
			flush_cache_page(vma, address, pfn);
			/* Never none in between: who zaps has to see it. */
			pmd = pmdp_invalidate(vma, address, pmdp);
			pmd = pmd_wrprotect(pmd);
			pmd = pmd_mkclean(pmd);
			set_pmd_at(vma->vm_mm, address, pmdp, pmd);
		} else if (!pmdp && (pte_write(*ptep) || pte_dirty(*ptep))) {
			flush_cache_page(vma, address, pfn);
			pte = ptep_clear_flush(vma, address, ptep);
			pte = pte_wrprotect(pte);
			pte = pte_mkclean(pte);
			set_pte_at(vma->vm_mm, address, ptep, pte);
		}

		if (pmdp)
			spin_unlock(ptl);
		else
			pte_unmap_unlock(ptep, ptl);
		mmu_notifier_invalidate_range_end(vma->vm_mm, start, end);
	}
	i_mmap_unlock_read(mapping);
}

/* Whether what fsync has found is still there, on the same block. */
static bool dax_is_same_block(void *old_entry, void *entry)
{
	if (!entry || WARN_ON_ONCE(!radix_tree_exceptional_entry(entry)))
		return false;
	return dax_radix_pfn(entry) == dax_radix_pfn(old_entry);
}

/*
 * Flush one dirty entry. It stays locked from before its mappings lose their
 * write permission until after the dirty tag is gone, so that no write slips
 * in between untagged.
 */
static int dax_writeback_one(struct dax_device *dax_dev,
		struct address_space *mapping, pgoff_t index, void *entry)
{
	struct radix_tree_root *pages = &mapping->i_pages;
	unsigned long at, count, first, pfn;
	void *entry2, **slot;

	if (WARN_ON(!radix_tree_exceptional_entry(entry)))
		return -EIO;

	xa_lock_irq(pages);
	entry2 = get_unlocked_mapping_entry(mapping, index, &slot);
	/* Somebody else's by now, or flushed by another fsync? */
	if (!dax_is_same_block(entry, entry2) ||
	    !radix_tree_tag_get(pages, index, PAGECACHE_TAG_TOWRITE)) {
		put_unlocked_mapping_entry(mapping, index, entry2);
		xa_unlock_irq(pages);
		return 0;
	}

	entry = lock_slot(mapping, slot);
	radix_tree_tag_clear(pages, index, PAGECACHE_TAG_TOWRITE);
	xa_unlock_irq(pages);

	/* From here on a write faults again, and then waits for the entry. */
	count = 1UL << dax_radix_order(entry);
	first = index & ~(count - 1);
	pfn = dax_radix_pfn(entry);
	for (at = 0; at < count; at++)
		dax_mapping_entry_mkclean(mapping, first + at, pfn + at);
	dax_flush(dax_dev, page_address(pfn_to_page(pfn)),
		  count << PAGE_SHIFT);

	xa_lock_irq(pages);
	radix_tree_tag_clear(pages, index, PAGECACHE_TAG_DIRTY);
	xa_unlock_irq(pages);
	put_locked_mapping_entry(mapping, index);
	return 0;
}

/* For fsync; what is written back in passing need not be safe. */
int dax_writeback_mapping_range(struct address_space *mapping,
		struct block_device *bdev, struct writeback_control *wbc)
{
	pgoff_t start_index = wbc->range_start >> PAGE_SHIFT;
	pgoff_t end_index = wbc->range_end >> PAGE_SHIFT;
	pgoff_t indices[PAGEVEC_SIZE];
	struct dax_device *dax_dev;
	struct pagevec pvec;
	int i, ret = 0;

	if (wbc->sync_mode != WB_SYNC_ALL || !mapping->nrexceptional)
		return ret;

	dax_dev = dax_get_by_host(bdev->bd_disk->disk_name);
	if (!dax_dev)
		return -EIO;

	tag_pages_for_writeback(mapping, start_index, end_index);
	pagevec_init(&pvec);
	do {
		pvec.nr = find_get_entries_tag(mapping, start_index,
				PAGECACHE_TAG_TOWRITE, PAGEVEC_SIZE,
				pvec.pages, indices);
		for (i = 0; i < pvec.nr && indices[i] <= end_index; i++) {
			ret = dax_writeback_one(dax_dev, mapping, indices[i],
						pvec.pages[i]);
			if (ret)
				break;
			start_index = indices[i] + 1;
		}
		/* As long as all that was found could be written back. */
	} while (i > 0 && i == pvec.nr);
	if (ret)
		mapping_set_error(mapping, ret);
	put_dax(dax_dev);
	return ret;
}

static sector_t dax_iomap_sector(struct iomap *iomap, loff_t pos)
{
	return (iomap->addr - iomap->offset + (pos & PAGE_MASK)) >> 9;
}

/* The page frame of a place, and at least @size bytes of pages behind it. */
static int dax_iomap_pfn(struct iomap *iomap, loff_t pos, size_t size,
			 pfn_t *pfnp)
{
	long wanted = PHYS_PFN(size);
	pgoff_t pgoff;
	int id, error;
	long pages;

	error = bdev_dax_pgoff(iomap->bdev, dax_iomap_sector(iomap, pos), size,
			       &pgoff);
	if (error)
		return error;

	id = dax_read_lock();
	pages = dax_direct_access(iomap->dax_dev, pgoff, wanted, NULL, pfnp);
	dax_read_unlock(id);
	if (pages < 0)
		return pages;

	/* A huge page has to begin on its own boundary. */
	if (pages < wanted || (pfn_t_to_pfn(*pfnp) & (wanted - 1)))
		return -EINVAL;
	return pages == 1 || pfn_t_devmap(*pfnp) ? 0 : -EINVAL;
}

/* A read of a hole maps the zero page, read-only. */
static vm_fault_t dax_load_hole(struct address_space *mapping, void *entry,
		struct vm_fault *vmf)
{
	pfn_t zero = pfn_to_pfn_t(my_zero_pfn(vmf->address));

	dax_insert_mapping_entry(mapping, vmf, entry, zero,
				 RADIX_DAX_ZERO_PAGE, false);
	return vmf_insert_mixed(vmf->vma, vmf->address, zero);
}

/* The same with one huge zero page, unless something is mapped there by now. */
static vm_fault_t dax_pmd_load_hole(struct vm_fault *vmf, struct iomap *iomap,
		void *entry)
{
	struct vm_area_struct *vma = vmf->vma;
	struct page *zero = mm_get_huge_zero_page(vma->vm_mm);
	vm_fault_t ret = VM_FAULT_FALLBACK;
	spinlock_t *ptl;

	if (!zero)
		return ret;
	dax_insert_mapping_entry(vma->vm_file->f_mapping, vmf, entry,
				 page_to_pfn_t(zero),
				 RADIX_DAX_ZERO_PAGE | RADIX_DAX_PMD, false);

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

static vm_fault_t dax_fault_return(int error)
{
	return error ? vmf_error(error) : VM_FAULT_NOPAGE;
}

/* The caller maps the page itself, once its fsync is done. */
static vm_fault_t dax_fault_synchronous_pfnp(pfn_t *pfnp, pfn_t pfn)
{
	if (!WARN_ON_ONCE(!pfnp)) {
		*pfnp = pfn;
		return VM_FAULT_NEEDDSYNC;
	}
	return VM_FAULT_SIGBUS;
}

/* A fault that had to wait for a new block counts as one that did I/O. */
static vm_fault_t dax_count_major(const struct iomap *iomap)
{
	if (!(iomap->flags & IOMAP_F_NEW))
		return 0;
	count_vm_event(PGMAJFAULT);
	return VM_FAULT_MAJOR;
}

/* The entry is locked before the block is looked up: neither can change. */
static vm_fault_t dax_iomap_pte_fault(struct vm_fault *vmf, pfn_t *pfnp,
		int *iomap_errp, const struct iomap_ops *ops)
{
	struct vm_area_struct *vma = vmf->vma;
	struct address_space *mapping = vma->vm_file->f_mapping;
	bool write = vmf->flags & FAULT_FLAG_WRITE;
	unsigned int flags = IOMAP_FAULT | (write ? IOMAP_WRITE : 0);
	loff_t pos = (loff_t)vmf->pgoff << PAGE_SHIFT;
	struct iomap iomap = { 0 };
	struct inode *inode = mapping->host;
	vm_fault_t ret, major = 0;
	void *entry;
	int error;
	bool sync;
	pfn_t pfn;

	if (pos >= i_size_read(inode))
		return VM_FAULT_SIGBUS;

	entry = grab_mapping_entry(mapping, vmf->pgoff, 0);
	if (IS_ERR(entry))
		return dax_fault_return(PTR_ERR(entry));

	/* A PMD fault of this range may have been quicker: fault again. */
	if (pmd_trans_huge(*vmf->pmd) || pmd_devmap(*vmf->pmd)) {
		ret = VM_FAULT_NOPAGE;
		goto unlock_entry;
	}

	error = ops->iomap_begin(inode, pos, PAGE_SIZE, flags, &iomap);
	ret = dax_fault_return(error);
	if (iomap_errp)
		*iomap_errp = error;
	if (error)
		goto unlock_entry;

	if (iomap.type != IOMAP_MAPPED) {
		ret = VM_FAULT_SIGBUS;
		if (!WARN_ON_ONCE(write))
			ret = dax_load_hole(mapping, entry, vmf);
		goto finish_iomap;
	}

	major = dax_count_major(&iomap);
	error = dax_iomap_pfn(&iomap, pos, PAGE_SIZE, &pfn);
	ret = dax_fault_return(error);
	if (error)
		goto finish_iomap;

	sync = dax_fault_is_synchronous(flags, vma, &iomap);
	dax_insert_mapping_entry(mapping, vmf, entry, pfn, 0, write && !sync);
	if (sync)
		ret = dax_fault_synchronous_pfnp(pfnp, pfn);
	else if (write)
		ret = vmf_insert_mixed_mkwrite(vma, vmf->address, pfn);
	else
		ret = vmf_insert_mixed(vma, vmf->address, pfn);

finish_iomap:
	if (ops->iomap_end)
		ops->iomap_end(inode, pos, PAGE_SIZE,
			       ret & VM_FAULT_ERROR ? 0 : PAGE_SIZE,
			       flags, &iomap);
unlock_entry:
	put_locked_mapping_entry(mapping, vmf->pgoff);
	return ret | major;
}

/* Neither the mapping nor the file may end within the huge page. */
static bool dax_pmd_fits(struct vm_fault *vmf, pgoff_t max_pgoff)
{
	struct vm_area_struct *vma = vmf->vma;
	unsigned long first = vmf->address & PMD_MASK;

	if (first < vma->vm_start || vma->vm_end - first < PMD_SIZE)
		return false;
	return (vmf->pgoff | PG_PMD_COLOUR) < max_pgoff;
}

static vm_fault_t dax_iomap_pmd_fault(struct vm_fault *vmf, pfn_t *pfnp,
		const struct iomap_ops *ops)
{
	struct vm_area_struct *vma = vmf->vma;
	struct address_space *mapping = vma->vm_file->f_mapping;
	struct inode *inode = mapping->host;
	pgoff_t max_pgoff = DIV_ROUND_UP(i_size_read(inode), PAGE_SIZE);
	bool write = vmf->flags & FAULT_FLAG_WRITE;
	unsigned int iomap_flags = IOMAP_FAULT | (write ? IOMAP_WRITE : 0);
	pgoff_t pgoff = linear_page_index(vma, vmf->address & PMD_MASK);
	loff_t pos = (loff_t)pgoff << PAGE_SHIFT;
	struct iomap iomap = { 0 };
	vm_fault_t result = VM_FAULT_FALLBACK;
	void *entry;
	bool sync;
	pfn_t pfn;

	if (pgoff >= max_pgoff)
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
	if (iomap.type != IOMAP_MAPPED) {
		if (!WARN_ON_ONCE(write))
			result = dax_pmd_load_hole(vmf, &iomap, entry);
		goto finish_iomap;
	}
	if (dax_iomap_pfn(&iomap, pos, PMD_SIZE, &pfn))
		goto finish_iomap;

	sync = dax_fault_is_synchronous(iomap_flags, vma, &iomap);
	dax_insert_mapping_entry(mapping, vmf, entry, pfn, RADIX_DAX_PMD,
				 write && !sync);
	result = sync ? dax_fault_synchronous_pfnp(pfnp, pfn)
		      : vmf_insert_pfn_pmd(vma, vmf->address, vmf->pmd, pfn,
					   write);

finish_iomap:
	if (ops->iomap_end)
		ops->iomap_end(inode, pos, PMD_SIZE,
			       result == VM_FAULT_FALLBACK ? 0 : PMD_SIZE,
			       iomap_flags, &iomap);
unlock_entry:
	put_locked_mapping_entry(mapping, pgoff);
fallback:
	if (result != VM_FAULT_FALLBACK)
		return result;
	count_vm_event(THP_FAULT_FALLBACK);
	split_huge_pmd(vma, vmf->pmd, vmf->address);
	return result;
}

/* What a filesystem calls, with its own locks against truncate held. */
vm_fault_t dax_iomap_fault(struct vm_fault *vmf, enum page_entry_size pe_size,
		pfn_t *pfnp, int *iomap_errp, const struct iomap_ops *ops)
{
	if (pe_size == PE_SIZE_PTE)
		return dax_iomap_pte_fault(vmf, pfnp, iomap_errp, ops);
	if (pe_size == PE_SIZE_PMD)
		return dax_iomap_pmd_fault(vmf, pfnp, ops);
	return VM_FAULT_FALLBACK;
}
EXPORT_SYMBOL_GPL(dax_iomap_fault);

/* A synchronous fault's second half: the metadata is safe, map the page. */
static vm_fault_t dax_insert_pfn_mkwrite(struct vm_fault *vmf,
		enum page_entry_size pe_size, pfn_t pfn)
{
	struct vm_area_struct *vma = vmf->vma;
	struct address_space *mapping = vma->vm_file->f_mapping;
	vm_fault_t ret = VM_FAULT_FALLBACK;
	void *entry, **slot;

	xa_lock_irq(&mapping->i_pages);
	entry = get_unlocked_mapping_entry(mapping, vmf->pgoff, &slot);
	/* Truncated or split since the first half: fault again. */
	if (!entry ||
	    (dax_is_pmd_entry(entry) && pe_size == PE_SIZE_PTE) ||
	    (dax_is_pte_entry(entry) && pe_size == PE_SIZE_PMD)) {
		put_unlocked_mapping_entry(mapping, vmf->pgoff, entry);
		xa_unlock_irq(&mapping->i_pages);
		return VM_FAULT_NOPAGE;
	}
	lock_slot(mapping, slot);
	radix_tree_tag_set(&mapping->i_pages, vmf->pgoff, PAGECACHE_TAG_DIRTY);
	xa_unlock_irq(&mapping->i_pages);

	if (pe_size == PE_SIZE_PMD)
		ret = vmf_insert_pfn_pmd(vma, vmf->address, vmf->pmd, pfn,
					 true);
	else if (pe_size == PE_SIZE_PTE)
		ret = vmf_insert_mixed_mkwrite(vma, vmf->address, pfn);
	put_locked_mapping_entry(mapping, vmf->pgoff);
	return ret;
}

vm_fault_t dax_finish_sync_fault(struct vm_fault *vmf,
		enum page_entry_size pe_size, pfn_t pfn)
{
	loff_t size = pe_size == PE_SIZE_PMD ? PMD_SIZE : PAGE_SIZE;
	loff_t first = (loff_t)vmf->pgoff << PAGE_SHIFT;
	loff_t last = first + size - 1;

	if (vfs_fsync_range(vmf->vma->vm_file, first, last, 1))
		return VM_FAULT_SIGBUS;
	return dax_insert_pfn_mkwrite(vmf, pe_size, pfn);
}
EXPORT_SYMBOL_GPL(dax_finish_sync_fault);
