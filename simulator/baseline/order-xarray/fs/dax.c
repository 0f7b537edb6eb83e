// SPDX-License-Identifier: Apache-2.0
/*
 * fs/dax.c - faults, invalidation and writeback of DAX files, XArray with orders
 *
 * Faultline's telling of the protocol between v5.1 and v5.14: lookups are asked
 * for an order and tell of a conflict, memory failure locks by page, and a
 * filesystem's mapping is begun and ended by the fault itself. As it was then,
 * an invalidation wakes only the first of those who wait.
 *
 * Names, and the order of what is done, are the kernel's: by them patches find
 * their place here.
 */
#include <linux/blkdev.h>
#include <linux/dax.h>
#include <linux/fs.h>
#include <linux/iomap.h>
#include <linux/mm.h>
#include <linux/pagevec.h>
#include <linux/pfn_t.h>
#include <linux/rmap.h>
#include <linux/sched.h>

/*
 * The low bits of an entry's value; the page frame stands above them. Neither a
 * zero page nor an empty entry has a block.
 */
#define DAX_LOCKED	BIT(0)	/* somebody owns all that the entry covers */
#define DAX_PMD		BIT(1)	/* covers PMD_SIZE, else one page */
#define DAX_ZERO_PAGE	BIT(2)	/* a hole that was read */
#define DAX_EMPTY	BIT(3)	/* only there to be locked */
#define DAX_SHIFT	4

/* Pages of a PMD, and the bits of an index that tell them apart. */
#define PG_PMD_NR	(PMD_SIZE / PAGE_SIZE)
#define PG_PMD_COLOUR	(PG_PMD_NR - 1)

/* For memory failure: nothing was locked, because there was no need to. */
#define DAX_NOTHING_LOCKED	((void *)ULONG_MAX)

/* Entries are too many to have a queue each: they share, by hash. */
#define DAX_WAIT_TABLE_BITS	12
static wait_queue_head_t wait_table[1 << DAX_WAIT_TABLE_BITS];

/* What one waits for: the tree, and the first index of the entry in it. */
struct exceptional_entry_key {
	pgoff_t entry_start;
	struct xarray *xa;
};

/* A waiter, on the stack of who sleeps. */
struct wait_exceptional_entry_queue {
	struct exceptional_entry_key key;
	wait_queue_entry_t wait;
};

static void *dax_make_entry(pfn_t pfn, unsigned long flags)
{
	unsigned long value = pfn_t_to_pfn(pfn);

	value <<= DAX_SHIFT;
	return xa_mk_value(value | flags);
}

static unsigned long dax_to_pfn(void *entry)
{
	return xa_to_value(entry) >> DAX_SHIFT;
}

static unsigned long dax_entry_flag(void *entry, unsigned long flag)
{
	return xa_to_value(entry) & flag;
}

static bool dax_is_locked(void *entry)
{
	return dax_entry_flag(entry, DAX_LOCKED);
}

static unsigned long dax_is_pmd_entry(void *entry)
{
	return dax_entry_flag(entry, DAX_PMD);
}

static bool dax_is_pte_entry(void *entry)
{
	return !dax_is_pmd_entry(entry);
}

static int dax_is_zero_entry(void *entry)
{
	return dax_entry_flag(entry, DAX_ZERO_PAGE);
}

static int dax_is_empty_entry(void *entry)
{
	return dax_entry_flag(entry, DAX_EMPTY);
}

/* Nothing of the file's own is behind it. */
static bool dax_is_blockless_entry(void *entry)
{
	return dax_entry_flag(entry, DAX_ZERO_PAGE | DAX_EMPTY);
}

static unsigned int dax_entry_order(void *entry)
{
	return dax_is_pmd_entry(entry) ? PMD_ORDER : 0;
}

/* Something smaller than asked for is in the range: get_unlocked_entry(). */
static bool dax_is_conflict(void *entry)
{
	return entry == XA_RETRY_ENTRY;
}

/*
 * The queue of an entry's waiters, and the key to tell them from others there.
 * Whoever waits for, or wakes, any index of a PMD entry has to come out at the
 * same key, hence the first index.
 */
static wait_queue_head_t *dax_entry_waitqueue(struct xa_state *xas,
		void *entry, struct exceptional_entry_key *key)
{
	unsigned long index = xas->xa_index;
	unsigned long hash = (unsigned long)xas->xa;

	if (dax_is_pmd_entry(entry))
		index &= ~PG_PMD_COLOUR;
	key->entry_start = index;
	key->xa = xas->xa;

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

	if (ewait->key.xa == key->xa &&
	    ewait->key.entry_start == key->entry_start)
		return autoremove_wake_function(wait, mode, sync, NULL);
	return 0;
}

/*
 * Wake one waiter after an unlock, all of them once the entry is gone. Of
 * @entry only its size matters. Waiters queue up before they drop the i_pages
 * lock, so that an empty queue means that nobody has seen the lock bit.
 */
static void dax_wake_entry(struct xa_state *xas, void *entry, bool wake_all)
{
	struct exceptional_entry_key key;
	wait_queue_head_t *wq = dax_entry_waitqueue(xas, entry, &key);

	/* 0 is all of them. */
	if (waitqueue_active(wq))
		__wake_up(wq, TASK_NORMAL, wake_all ? 0 : 1, &key);
}

/* A sleeper for @entry, and the queue to sleep in; see the wake function. */
static wait_queue_head_t *dax_init_waiter(struct xa_state *xas, void *entry,
		struct wait_exceptional_entry_queue *ewait)
{
	init_wait(&ewait->wait);
	ewait->wait.func = wake_exceptional_entry_func;
	return dax_entry_waitqueue(xas, entry, &ewait->key);
}

/*
 * What is at the index, once nobody has it locked; it may be larger than
 * @order, and is a dax_is_conflict() when it is smaller. Needs the i_pages
 * lock, and lets go of it to sleep. Waiters are exclusive: a caller that does
 * not lock the entry owes the next one a wake-up, see put_unlocked_entry().
 */
static void *get_unlocked_entry(struct xa_state *xas, unsigned int order)
{
	struct wait_exceptional_entry_queue ewait;
	wait_queue_head_t *wq;
	void *entry;

	for (;;) {
		entry = xas_find_conflict(xas);
		if (!entry || WARN_ON_ONCE(!xa_is_value(entry)))
			return entry;
		/* Locked or not, it is in the way: no need to wait for it. */
		if (order > dax_entry_order(entry))
			return XA_RETRY_ENTRY;
		if (!dax_is_locked(entry))
			return entry;

		wq = dax_init_waiter(xas, entry, &ewait);
		prepare_to_wait_exclusive(wq, &ewait.wait,
					  TASK_UNINTERRUPTIBLE);
		xas_unlock_irq(xas);
		schedule();
		finish_wait(wq, &ewait.wait);
		xas_lock_irq(xas);
		/* The node that we stood in may be gone. */
		xas_reset(xas);
	}
}

/* We were woken for an entry that we do not take: pass the wake-up on. */
static void put_unlocked_entry(struct xa_state *xas, void *entry)
{
	if (entry && !dax_is_conflict(entry))
		dax_wake_entry(xas, entry, false);
}

/*
 * For those who hold nothing that keeps the inode: once the i_pages lock is
 * dropped, xas->xa may be freed and is not looked at again. They may never
 * come to own the entry, so they must not use up a wake-one.
 */
static void wait_entry_unlocked(struct xa_state *xas, void *entry)
{
	struct wait_exceptional_entry_queue ewait;
	wait_queue_head_t *wq = dax_init_waiter(xas, entry, &ewait);

	prepare_to_wait(wq, &ewait.wait, TASK_UNINTERRUPTIBLE);
	xas_unlock_irq(xas);
	schedule();
	finish_wait(wq, &ewait.wait);
}

/* Needs the i_pages lock; returns what was there. */
static void *dax_lock_entry(struct xa_state *xas, void *entry)
{
	unsigned long locked = xa_to_value(entry) | DAX_LOCKED;

	return xas_store(xas, xa_mk_value(locked));
}

/* @entry is what was there before it was locked. */
static void dax_unlock_entry(struct xa_state *xas, void *entry)
{
	void *old;

	/* The i_pages lock has been dropped since the last walk. */
	xas_reset(xas);
	BUG_ON(dax_is_locked(entry));

	xas_lock_irq(xas);
	old = xas_store(xas, entry);
	xas_unlock_irq(xas);
	BUG_ON(!dax_is_locked(old));
	dax_wake_entry(xas, entry, false);
}

/* Bytes of the file's own blocks behind an entry. */
static unsigned long dax_entry_size(void *entry)
{
	if (dax_is_blockless_entry(entry))
		return 0;
	return PAGE_SIZE << dax_entry_order(entry);
}

static unsigned long dax_end_pfn(void *entry)
{
	return dax_to_pfn(entry) + (dax_entry_size(entry) >> PAGE_SHIFT);
}

#define for_each_mapped_pfn(entry, pfn) \
	for ((pfn) = dax_to_pfn(entry); (pfn) != dax_end_pfn(entry); (pfn)++)

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
		page->index = index + pfn - dax_to_pfn(entry);
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
 * failure does. The entry as it was is the cookie for dax_unlock_page(), 0
 * when the page is in no file. Only RCU keeps the inode, and not while we
 * sleep: after that everything begins with page->mapping again.
 */
dax_entry_t dax_lock_page(struct page *page)
{
	struct address_space *mapping;
	XA_STATE(xas, NULL, 0);
	void *entry;

	rcu_read_lock();
	for (;;) {
		mapping = READ_ONCE(page->mapping);
		entry = NULL;
		if (!mapping || !dax_mapping(mapping))
			break;

		/* Device DAX has no entries: its pages are kept otherwise. */
		entry = DAX_NOTHING_LOCKED;
		if (S_ISCHR(mapping->host->i_mode))
			break;

		xas.xa = &mapping->i_pages;
		xas_lock_irq(&xas);
		/* Now it stays where it is. Is that still here? */
		if (page->mapping != mapping) {
			xas_unlock_irq(&xas);
			continue;
		}

		xas_set(&xas, page->index);
		entry = xas_load(&xas);
		if (!dax_is_locked(entry)) {
			dax_lock_entry(&xas, entry);
			xas_unlock_irq(&xas);
			break;
		}

		rcu_read_unlock();
		wait_entry_unlocked(&xas, entry);
		rcu_read_lock();
	}
	rcu_read_unlock();
	return (dax_entry_t)entry;
}

void dax_unlock_page(struct page *page, dax_entry_t cookie)
{
	struct address_space *mapping = page->mapping;
	XA_STATE(xas, &mapping->i_pages, page->index);

	if (!S_ISCHR(mapping->host->i_mode))
		dax_unlock_entry(&xas, (void *)cookie);
}

/* No block is lost when this PMD entry makes way for a small one. */
static bool dax_is_splittable(void *entry)
{
	return dax_is_pmd_entry(entry) && dax_is_blockless_entry(entry);
}

/*
 * Return with the entry of the index locked, an empty one if there was none. A
 * PMD request falls back when anything smaller is in its range; a PTE request
 * splits a PMD entry that has no block, and uses one that has. What cannot be
 * is told as a VM_FAULT code in an internal entry.
 */
static void *grab_mapping_entry(struct xa_state *xas,
		struct address_space *mapping, unsigned int order)
{
	unsigned long index = xas->xa_index;
	bool pmd_downgrade;
	void *entry;
	gfp_t gfp = mapping_gfp_mask(mapping) & ~__GFP_HIGHMEM;

retry:
	/* What was found before the lock was dropped counts no more. */
	pmd_downgrade = false;
	xas_lock_irq(xas);
	entry = get_unlocked_entry(xas, order);
	if (dax_is_conflict(entry))
		goto fallback;
	if (entry && !xa_is_value(entry)) {
		xas_set_err(xas, -EIO);
		goto out_unlock;
	}

	if (entry && order == 0)
		pmd_downgrade = dax_is_splittable(entry);
	if (pmd_downgrade) {
		/* The lock bit keeps the entry ours while we unmap. */
		dax_lock_entry(xas, entry);
		if (dax_is_zero_entry(entry)) {
			pgoff_t first = index & ~PG_PMD_COLOUR;

			xas_unlock_irq(xas);
			unmap_mapping_pages(mapping, first, PG_PMD_NR, false);
			xas_lock_irq(xas);
			xas_reset(xas);
		}

		dax_disassociate_entry(entry, mapping, false);
		xas_store(xas, NULL);
		/* Nobody will unlock it: its waiters all have to look anew. */
		dax_wake_entry(xas, entry, true);
		mapping->nrexceptional--;
		entry = NULL;
	}

	if (!entry) {
		unsigned long size_flag = order > 0 ? DAX_PMD : 0;

		/* A split leaves the state at the first slot of the PMD. */
		xas_set(xas, index);
		entry = dax_make_entry(pfn_to_pfn_t(0), size_flag | DAX_EMPTY);
		dax_lock_entry(xas, entry);
		if (!xas_error(xas))
			mapping->nrexceptional++;
	} else {
		dax_lock_entry(xas, entry);
	}

out_unlock:
	xas_unlock_irq(xas);
	if (xas_nomem(xas, gfp))
		goto retry;

	switch (xas_error(xas)) {
	case 0:
		return entry;
	case -ENOMEM:
		return xa_mk_internal(VM_FAULT_OOM);
	default:
		return xa_mk_internal(VM_FAULT_SIGBUS);
	}

fallback:
	xas_unlock_irq(xas);
	return xa_mk_internal(VM_FAULT_FALLBACK);
}

/*
 * A long loop over the tree lets others have the lock and the processor at
 * times, and goes on behind the entry that it has come to.
 */
static void dax_scan_pause(struct xa_state *xas, unsigned int scanned)
{
	if (scanned % XA_CHECK_SCHED)
		return;
	xas_pause(xas);
	xas_unlock_irq(xas);
	cond_resched();
	xas_lock_irq(xas);
}

/* Of all the file. */
struct page *dax_layout_busy_page(struct address_space *mapping)
{
	return dax_layout_busy_page_range(mapping, 0, LLONG_MAX);
}
EXPORT_SYMBOL_GPL(dax_layout_busy_page);

/*
 * The first page of the range that somebody holds besides us. New mappings are
 * kept away by the caller's locks, so that what is unmapped stays unmapped.
 */
struct page *dax_layout_busy_page_range(struct address_space *mapping,
					loff_t start, loff_t end)
{
	pgoff_t start_idx = start >> PAGE_SHIFT, end_idx = ULONG_MAX;
	XA_STATE(xas, &mapping->i_pages, start_idx);
	unsigned int scanned = 0;
	struct page *page = NULL;
	void *entry;

	/* A page that nobody maps cannot be pinned, and will not be. */
	if (!mapping_mapped(mapping) || !dax_mapping(mapping))
		return page;

	if (end != LLONG_MAX)
		end_idx = end >> PAGE_SHIFT;
	unmap_mapping_pages(mapping, start_idx, end_idx - start_idx + 1, false);

	xas_lock_irq(&xas);
	xas_for_each(&xas, entry, end_idx) {
		if (WARN_ON_ONCE(!xa_is_value(entry)))
			continue;
		if (dax_is_locked(entry)) {
			/* From the root: a walked state goes on behind it. */
			xas_reset(&xas);
			entry = get_unlocked_entry(&xas, 0);
		}
		page = entry ? dax_busy_page(entry) : NULL;
		put_unlocked_entry(&xas, entry);
		if (page)
			break;
		dax_scan_pause(&xas, ++scanned);
	}
	xas_unlock_irq(&xas);
	return page;
}
EXPORT_SYMBOL_GPL(dax_layout_busy_page_range);

/*
 * Take the entry of an index away; 1 when it is gone. What an fsync has still
 * to write stays, unless its blocks go as well (@trunc).
 */
static int __dax_invalidate_entry(struct address_space *mapping, pgoff_t index,
		bool trunc)
{
	XA_STATE(xas, &mapping->i_pages, index);
	void *entry;
	int ret = 0;
	bool stays;

	xas_lock_irq(&xas);
	entry = get_unlocked_entry(&xas, 0);
	stays = !entry || WARN_ON_ONCE(!xa_is_value(entry));
	if (!stays && !trunc && (xas_get_mark(&xas, PAGECACHE_TAG_DIRTY) ||
				 xas_get_mark(&xas, PAGECACHE_TAG_TOWRITE)))
		stays = true;
	if (!stays) {
		dax_disassociate_entry(entry, mapping, trunc);
		mapping->nrexceptional--;
		xas_store(&xas, NULL);
		ret = 1;
	}
	/* As it was: the first waiter hears of an entry that is gone. */
	put_unlocked_entry(&xas, entry);
	xas_unlock_irq(&xas);
	return ret;
}

/* For truncate and hole punching, whose locks keep faults away. */
int dax_delete_mapping_entry(struct address_space *mapping, pgoff_t index)
{
	if (__dax_invalidate_entry(mapping, index, true))
		return 1;
	/* The caller has seen it, and is the only one who may delete it. */
	WARN_ON_ONCE(1);
	return 0;
}

/* For invalidate_inode_pages2(): only a clean entry goes. */
int dax_invalidate_mapping_entry_sync(struct address_space *mapping,
				      pgoff_t index)
{
	return __dax_invalidate_entry(mapping, index, false);
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
 * entry is locked as well; returned is its unlocked form. An entry that has a
 * block is left alone, and a PTE fault then marks all of a PMD dirty.
 */
static void *dax_insert_entry(struct xa_state *xas,
		struct address_space *mapping,
		struct vm_fault *vmf, void *entry, pfn_t pfn,
		unsigned long flags, bool dirty)
{
	void *new_entry = dax_make_entry(pfn, flags);
	unsigned long index = xas->xa_index;

	if (dirty)
		__mark_inode_dirty(mapping->host, I_DIRTY_PAGES);

	/* Other mappings must not go on to show zeroes. */
	if (!(flags & DAX_ZERO_PAGE) && dax_is_zero_entry(entry)) {
		if (dax_is_pmd_entry(entry))
			unmap_mapping_pages(mapping,
					    round_down(index, PG_PMD_NR),
					    PG_PMD_NR, false);
		else
			unmap_mapping_pages(mapping, index, 1, false);
	}

	xas_reset(xas);
	xas_lock_irq(xas);
	if (!dax_is_blockless_entry(entry)) {
		/* The mark below needs the xa_state to stand at the entry. */
		xas_load(xas);
	} else {
		void *locked = xa_mk_value(xa_to_value(entry) | DAX_LOCKED);
		void *old;

		dax_disassociate_entry(entry, mapping, false);
		dax_associate_entry(new_entry, mapping, vmf->vma, vmf->address);
		entry = new_entry;
		old = dax_lock_entry(xas, entry);
		WARN_ON_ONCE(old != locked);
	}
	if (dirty)
		xas_set_mark(xas, PAGECACHE_TAG_DIRTY);
	xas_unlock_irq(xas);
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
static void dax_entry_mkclean(struct address_space *mapping, pgoff_t index,
		unsigned long pfn)
{
	struct vm_area_struct *vma;

	i_mmap_lock_read(mapping);
	vma_interval_tree_foreach(vma, &mapping->i_mmap, index, index) {
		unsigned long address = pgoff_address(index, vma);
		struct mmu_notifier_range range;
		pmd_t pmd, *pmdp = NULL;
		pte_t pte, *ptep = NULL;
		spinlock_t *ptl;

		cond_resched();
		/* What a private mapping has written is none of the file's. */
		if (!(vma->vm_flags & VM_SHARED) ||
		    follow_pte(vma->vm_mm, address, &range, &ptep, &pmdp, &ptl))
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
		mmu_notifier_invalidate_range_end(&range);
	}
	i_mmap_unlock_read(mapping);
}

/* Whether an entry that we waited for is there, and on the same block. */
static bool dax_is_same_block(void *old_entry, void *entry)
{
	if (!entry || WARN_ON_ONCE(!xa_is_value(entry)))
		return false;
	return dax_to_pfn(entry) == dax_to_pfn(old_entry);
}

/*
 * Flush one dirty entry. It stays locked from before its mappings lose their
 * write permission until after the dirty mark is gone, so that no write slips
 * in between unmarked. Called and left with the i_pages lock held.
 */
static int dax_writeback_one(struct xa_state *xas, struct dax_device *dax_dev,
		struct address_space *mapping, void *entry)
{
	unsigned long at, count, index, pfn;

	if (WARN_ON(!xa_is_value(entry)))
		return -EIO;

	if (dax_is_locked(entry)) {
		void *old_entry = entry;

		/* From the root: a walked state goes on behind it. */
		xas_reset(xas);
		entry = get_unlocked_entry(xas, 0);
		/* Somebody else's by now, or flushed by another fsync? */
		if (!dax_is_same_block(old_entry, entry) ||
		    !xas_get_mark(xas, PAGECACHE_TAG_TOWRITE)) {
			put_unlocked_entry(xas, entry);
			return 0;
		}
	}

	count = 1UL << dax_entry_order(entry);
	index = xas->xa_index & ~(count - 1);

	dax_lock_entry(xas, entry);
	xas_clear_mark(xas, PAGECACHE_TAG_TOWRITE);
	xas_unlock_irq(xas);

	/* From here on a write faults again, and then waits for the entry. */
	pfn = dax_to_pfn(entry);
	for (at = 0; at < count; at++)
		dax_entry_mkclean(mapping, index + at, pfn + at);
	dax_flush(dax_dev, page_address(pfn_to_page(pfn)),
		  count << PAGE_SHIFT);

	xas_reset(xas);
	xas_lock_irq(xas);
	xas_store(xas, entry);
	xas_clear_mark(xas, PAGECACHE_TAG_DIRTY);
	dax_wake_entry(xas, entry, false);
	return 0;
}

/* For fsync; what is written back in passing need not be safe. */
int dax_writeback_mapping_range(struct address_space *mapping,
		struct dax_device *dax_dev, struct writeback_control *wbc)
{
	XA_STATE(xas, &mapping->i_pages, wbc->range_start >> PAGE_SHIFT);
	pgoff_t end_index = wbc->range_end >> PAGE_SHIFT;
	unsigned int scanned = 0;
	int ret = 0;
	void *entry;

	if (wbc->sync_mode != WB_SYNC_ALL || !mapping->nrexceptional)
		return ret;

	tag_pages_for_writeback(mapping, xas.xa_index, end_index);

	xas_lock_irq(&xas);
	xas_for_each_marked(&xas, entry, end_index, PAGECACHE_TAG_TOWRITE) {
		ret = dax_writeback_one(&xas, dax_dev, mapping, entry);
		if (!ret) {
			dax_scan_pause(&xas, ++scanned);
			continue;
		}
		mapping_set_error(mapping, ret);
		break;
	}
	xas_unlock_irq(&xas);
	return ret;
}
EXPORT_SYMBOL_GPL(dax_writeback_mapping_range);

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
static vm_fault_t dax_load_hole(struct xa_state *xas,
		struct address_space *mapping, void **entry,
		struct vm_fault *vmf)
{
	pfn_t zero = pfn_to_pfn_t(my_zero_pfn(vmf->address));

	*entry = dax_insert_entry(xas, mapping, vmf, *entry, zero,
				  DAX_ZERO_PAGE, false);
	return vmf_insert_mixed(vmf->vma, vmf->address, zero);
}

/* The same with one huge zero page, unless something is mapped there by now. */
static vm_fault_t dax_pmd_load_hole(struct xa_state *xas, struct vm_fault *vmf,
		struct iomap *iomap, void **entry)
{
	struct vm_area_struct *vma = vmf->vma;
	struct page *zero = mm_get_huge_zero_page(vma->vm_mm);
	vm_fault_t ret = VM_FAULT_FALLBACK;
	spinlock_t *ptl;

	if (!zero)
		return ret;
	*entry = dax_insert_entry(xas, vma->vm_file->f_mapping, vmf, *entry,
				  page_to_pfn_t(zero), DAX_ZERO_PAGE | DAX_PMD,
				  false);

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
	struct iomap iomap = { 0 }, srcmap = { 0 };
	struct inode *inode = mapping->host;
	XA_STATE(xas, &mapping->i_pages, vmf->pgoff);
	vm_fault_t ret, major = 0;
	void *entry;
	int error;
	bool sync;
	pfn_t pfn;

	if (pos >= i_size_read(inode))
		return VM_FAULT_SIGBUS;

	entry = grab_mapping_entry(&xas, mapping, 0);
	if (xa_is_internal(entry))
		return xa_to_internal(entry);

	/* A PMD fault of this range may have been quicker: fault again. */
	if (pmd_trans_huge(*vmf->pmd) || pmd_devmap(*vmf->pmd)) {
		ret = VM_FAULT_NOPAGE;
		goto unlock_entry;
	}

	error = ops->iomap_begin(inode, pos, PAGE_SIZE, flags, &iomap, &srcmap);
	ret = dax_fault_return(error);
	if (iomap_errp)
		*iomap_errp = error;
	if (error)
		goto unlock_entry;

	if (iomap.type != IOMAP_MAPPED) {
		ret = VM_FAULT_SIGBUS;
		if (!WARN_ON_ONCE(write))
			ret = dax_load_hole(&xas, mapping, &entry, vmf);
		goto finish_iomap;
	}

	major = dax_count_major(&iomap);
	error = dax_iomap_pfn(&iomap, pos, PAGE_SIZE, &pfn);
	ret = dax_fault_return(error);
	if (error)
		goto finish_iomap;

	sync = dax_fault_is_synchronous(flags, vma, &iomap);
	entry = dax_insert_entry(&xas, mapping, vmf, entry, pfn, 0,
				 write && !sync);
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
	dax_unlock_entry(&xas, entry);
	return ret | major;
}

/* Neither the mapping nor the file may end within the huge page. */
static bool dax_pmd_fits(struct vm_fault *vmf, struct xa_state *xas,
		pgoff_t max_pgoff)
{
	struct vm_area_struct *vma = vmf->vma;
	unsigned long first = vmf->address & PMD_MASK;

	if (first < vma->vm_start || vma->vm_end - first < PMD_SIZE)
		return false;
	return (xas->xa_index | PG_PMD_COLOUR) < max_pgoff;
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
	XA_STATE_ORDER(xas, &mapping->i_pages, vmf->pgoff, PMD_ORDER);
	loff_t pos = (loff_t)xas.xa_index << PAGE_SHIFT;
	struct iomap iomap = { 0 }, srcmap = { 0 };
	vm_fault_t result = VM_FAULT_FALLBACK;
	void *entry;
	bool sync;
	pfn_t pfn;

	if (xas.xa_index >= max_pgoff)
		return VM_FAULT_SIGBUS;
	/* File and page table have to agree on where a PMD begins. */
	if ((vmf->pgoff & PG_PMD_COLOUR) !=
	    ((vmf->address >> PAGE_SHIFT) & PG_PMD_COLOUR))
		goto fallback;
	/* A private mapping gets its copy page by page. */
	if (write && !(vma->vm_flags & VM_SHARED))
		goto fallback;
	if (!dax_pmd_fits(vmf, &xas, max_pgoff))
		goto fallback;

	/* Fails when smaller entries are in the way: then PTEs it is. */
	entry = grab_mapping_entry(&xas, mapping, PMD_ORDER);
	if (xa_is_internal(entry)) {
		result = xa_to_internal(entry);
		goto fallback;
	}

	/* A PTE fault of this range may have been quicker: fault again. */
	if (!(pmd_none(*vmf->pmd) || pmd_trans_huge(*vmf->pmd) ||
	      pmd_devmap(*vmf->pmd))) {
		result = 0;
		goto unlock_entry;
	}

	if (ops->iomap_begin(inode, pos, PMD_SIZE, iomap_flags, &iomap,
			     &srcmap))
		goto unlock_entry;
	if (pos + PMD_SIZE > iomap.offset + iomap.length)
		goto finish_iomap;
	if (iomap.type != IOMAP_MAPPED) {
		if (!WARN_ON_ONCE(write))
			result = dax_pmd_load_hole(&xas, vmf, &iomap, &entry);
		goto finish_iomap;
	}
	if (dax_iomap_pfn(&iomap, pos, PMD_SIZE, &pfn))
		goto finish_iomap;

	sync = dax_fault_is_synchronous(iomap_flags, vma, &iomap);
	entry = dax_insert_entry(&xas, mapping, vmf, entry, pfn, DAX_PMD,
				 write && !sync);
	result = sync ? dax_fault_synchronous_pfnp(pfnp, pfn)
		      : vmf_insert_pfn_pmd(vmf, pfn, write);

finish_iomap:
	if (ops->iomap_end)
		ops->iomap_end(inode, pos, PMD_SIZE,
			       result == VM_FAULT_FALLBACK ? 0 : PMD_SIZE,
			       iomap_flags, &iomap);
unlock_entry:
	dax_unlock_entry(&xas, entry);
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
static vm_fault_t
dax_insert_pfn_mkwrite(struct vm_fault *vmf, pfn_t pfn, unsigned int order)
{
	struct xarray *pages = &vmf->vma->vm_file->f_mapping->i_pages;
	XA_STATE_ORDER(xas, pages, vmf->pgoff, order);
	vm_fault_t ret = VM_FAULT_FALLBACK;
	void *entry;

	xas_lock_irq(&xas);
	entry = get_unlocked_entry(&xas, order);
	/* Truncated or split since the first half: fault again. */
	if (!entry || dax_is_conflict(entry) ||
	    (dax_is_pmd_entry(entry) && order == 0)) {
		put_unlocked_entry(&xas, entry);
		xas_unlock_irq(&xas);
		return VM_FAULT_NOPAGE;
	}
	dax_lock_entry(&xas, entry);
	xas_set_mark(&xas, PAGECACHE_TAG_DIRTY);
	xas_unlock_irq(&xas);

	if (order == PMD_ORDER)
		ret = vmf_insert_pfn_pmd(vmf, pfn, FAULT_FLAG_WRITE);
	else if (order == 0)
		ret = vmf_insert_mixed_mkwrite(vmf->vma, vmf->address, pfn);
	dax_unlock_entry(&xas, entry);
	return ret;
}

vm_fault_t dax_finish_sync_fault(struct vm_fault *vmf,
		enum page_entry_size pe_size, pfn_t pfn)
{
	unsigned int order = pe_size == PE_SIZE_PMD ? PMD_ORDER : 0;
	loff_t first = (loff_t)vmf->pgoff << PAGE_SHIFT;
	loff_t last = first + (PAGE_SIZE << order) - 1;

	if (vfs_fsync_range(vmf->vma->vm_file, first, last, 1))
		return VM_FAULT_SIGBUS;
	return dax_insert_pfn_mkwrite(vmf, pfn, order);
}
EXPORT_SYMBOL_GPL(dax_finish_sync_fault);
