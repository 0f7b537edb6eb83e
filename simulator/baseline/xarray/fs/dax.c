// SPDX-License-Identifier: Apache-2.0
/*
 * fs/dax.c - faults, invalidation and writeback of DAX files, XArray era
 *
 * Faultline's telling of the protocol of v5.15 to v6.12. The value entry of an
 * index in mapping->i_pages is at the same time the lock of that index: who
 * sets DAX_LOCKED under the i_pages lock owns the index until it stores the
 * entry without the bit and wakes who waits. A PMD entry is one entry, and so
 * one lock, for all the indices that it covers.
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

/* How many to wake: one is enough when that one will unlock in its turn. */
enum dax_wake_mode {
	WAKE_NEXT,
	WAKE_ALL,
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
static void dax_wake_entry(struct xa_state *xas, void *entry,
			   enum dax_wake_mode mode)
{
	struct exceptional_entry_key key;
	wait_queue_head_t *wq = dax_entry_waitqueue(xas, entry, &key);

	/* 0 is all of them. */
	if (waitqueue_active(wq))
		__wake_up(wq, TASK_NORMAL, mode == WAKE_ALL ? 0 : 1, &key);
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
static void put_unlocked_entry(struct xa_state *xas, void *entry,
			       enum dax_wake_mode mode)
{
	if (entry && !dax_is_conflict(entry))
		dax_wake_entry(xas, entry, mode);
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

/*
 * For loops over the tree: waits for the very entry that the loop has come to,
 * where get_unlocked_entry() would go on to the next one in its range. What is
 * there afterwards, NULL when it is gone. Needs the i_pages lock.
 */
static void *wait_entry_unlocked_exclusive(struct xa_state *xas, void *entry)
{
	struct wait_exceptional_entry_queue ewait;
	wait_queue_head_t *wq;

	for (; entry && dax_is_locked(entry); entry = xas_load(xas)) {
		wq = dax_init_waiter(xas, entry, &ewait);
		prepare_to_wait_exclusive(wq, &ewait.wait,
					  TASK_UNINTERRUPTIBLE);
		xas_unlock_irq(xas);
		schedule();
		finish_wait(wq, &ewait.wait);
		xas_lock_irq(xas);
		xas_reset(xas);
	}
	return entry;
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
	dax_wake_entry(xas, entry, WAKE_NEXT);
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

/* A page of several files points to none; it counts them instead. */
static void dax_page_share_get(struct page *page)
{
	if (page->mapping != PAGE_MAPPING_DAX_SHARED)
		page->share = page->mapping ? 1 : 0;
	page->mapping = PAGE_MAPPING_DAX_SHARED;
	page->share++;
}

/*
 * From here on memory failure finds the file by the page. @address is that of
 * a fault, anywhere in what the entry covers.
 */
static void dax_associate_entry(void *entry, struct address_space *mapping,
		struct vm_area_struct *vma, unsigned long address, bool shared)
{
	unsigned long size = dax_entry_size(entry);
	pgoff_t index = linear_page_index(vma, address & ~(size - 1));
	unsigned long pfn;

	for_each_mapped_pfn(entry, pfn) {
		struct page *page = pfn_to_page(pfn);

		if (shared) {
			dax_page_share_get(page);
			continue;
		}
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
		if (page->mapping == PAGE_MAPPING_DAX_SHARED) {
			if (--page->share > 0)
				continue;
		} else if (page->mapping) {
			WARN_ON_ONCE(page->mapping != mapping);
		}
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
 * failure does. The entry as it was is the cookie for dax_unlock_folio(), 0
 * when the page is in no file. Only RCU keeps the inode, and not while we
 * sleep: after that everything begins with folio->mapping again.
 */
dax_entry_t dax_lock_folio(struct folio *folio)
{
	struct address_space *mapping;
	XA_STATE(xas, NULL, 0);
	void *entry;

	rcu_read_lock();
	for (;;) {
		mapping = READ_ONCE(folio->mapping);
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
		if (folio->mapping != mapping) {
			xas_unlock_irq(&xas);
			continue;
		}

		xas_set(&xas, folio->index);
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

void dax_unlock_folio(struct folio *folio, dax_entry_t cookie)
{
	struct address_space *mapping = folio->mapping;
	XA_STATE(xas, &mapping->i_pages, folio->index);

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
		dax_wake_entry(xas, entry, WAKE_ALL);
		mapping->nrpages -= PG_PMD_NR;
		entry = NULL;
	}

	if (!entry) {
		unsigned long size_flag = order > 0 ? DAX_PMD : 0;

		/* A split leaves the state at the first slot of the PMD. */
		xas_set(xas, index);
		entry = dax_make_entry(pfn_to_pfn_t(0), size_flag | DAX_EMPTY);
		dax_lock_entry(xas, entry);
		if (!xas_error(xas))
			mapping->nrpages += 1UL << order;
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
		entry = wait_entry_unlocked_exclusive(&xas, entry);
		page = entry ? dax_busy_page(entry) : NULL;
		put_unlocked_entry(&xas, entry, WAKE_NEXT);
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
		mapping->nrpages -= 1UL << dax_entry_order(entry);
		xas_store(&xas, NULL);
		ret = 1;
	}
	/* Nobody will unlock an entry that is gone: wake all who wait. */
	put_unlocked_entry(&xas, entry, WAKE_ALL);
	xas_unlock_irq(&xas);
	return ret;
}

/* Whoever is to write to a copy writes nothing back to where it was made of. */
static void __dax_clear_dirty_range(struct address_space *mapping,
		pgoff_t start, pgoff_t end)
{
	unsigned int scanned = 0;
	void *found, *entry;
	XA_STATE(xas, &mapping->i_pages, start);

	xas_lock_irq(&xas);
	xas_for_each(&xas, found, end) {
		entry = dax_is_locked(found) ? get_unlocked_entry(&xas, 0)
					     : found;
		xas_clear_mark(&xas, PAGECACHE_TAG_TOWRITE);
		xas_clear_mark(&xas, PAGECACHE_TAG_DIRTY);
		if (entry != found)
			put_unlocked_entry(&xas, entry, WAKE_NEXT);
		dax_scan_pause(&xas, ++scanned);
	}
	xas_unlock_irq(&xas);
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
static bool dax_fault_is_synchronous(const struct iomap_iter *iter,
		struct vm_area_struct *vma)
{
	if (!(iter->flags & IOMAP_WRITE) || !(vma->vm_flags & VM_SYNC))
		return false;
	return iter->iomap.flags & IOMAP_F_DIRTY;
}

/*
 * Put a block, or a zero page, where the locked @entry has no block. The new
 * entry is locked as well; returned is its unlocked form. An entry that has a
 * block is left alone, and a PTE fault then marks all of a PMD dirty.
 */
static void *dax_insert_entry(struct xa_state *xas, struct vm_fault *vmf,
		const struct iomap_iter *iter, void *entry, pfn_t pfn,
		unsigned long flags)
{
	bool dirty = (iter->flags & IOMAP_WRITE) &&
		     !dax_fault_is_synchronous(iter, vmf->vma);
	struct address_space *mapping = vmf->vma->vm_file->f_mapping;
	void *new_entry = dax_make_entry(pfn, flags);
	unsigned long index = xas->xa_index;
	bool shared = iter->iomap.flags & IOMAP_F_SHARED;

	if (dirty)
		__mark_inode_dirty(mapping->host, I_DIRTY_PAGES);

	/* Other mappings must not go on to show zeroes, or the block of before. */
	if (shared ||
	    (!(flags & DAX_ZERO_PAGE) && dax_is_zero_entry(entry))) {
		if (dax_is_pmd_entry(entry))
			unmap_mapping_pages(mapping,
					    round_down(index, PG_PMD_NR),
					    PG_PMD_NR, false);
		else
			unmap_mapping_pages(mapping, index, 1, false);
	}

	xas_reset(xas);
	xas_lock_irq(xas);
	if (!shared && !dax_is_blockless_entry(entry)) {
		/* The mark below needs the xa_state to stand at the entry. */
		xas_load(xas);
	} else {
		void *locked = xa_mk_value(xa_to_value(entry) | DAX_LOCKED);
		void *old;

		dax_disassociate_entry(entry, mapping, false);
		dax_associate_entry(new_entry, mapping, vmf->vma, vmf->address,
				    shared);
		entry = new_entry;
		old = dax_lock_entry(xas, entry);
		WARN_ON_ONCE(old != locked);
	}
	if (dirty)
		xas_set_mark(xas, PAGECACHE_TAG_DIRTY);
	xas_unlock_irq(xas);
	return entry;
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
	unsigned long count, end, index, pfn;
	struct vm_area_struct *vma;

	if (WARN_ON(!xa_is_value(entry)))
		return -EIO;

	if (dax_is_locked(entry)) {
		void *old_entry = entry;

		entry = wait_entry_unlocked_exclusive(xas, entry);
		/* Somebody else's by now, or flushed by another fsync? */
		if (!dax_is_same_block(old_entry, entry) ||
		    !xas_get_mark(xas, PAGECACHE_TAG_TOWRITE)) {
			put_unlocked_entry(xas, entry, WAKE_NEXT);
			return 0;
		}
	}

	count = 1UL << dax_entry_order(entry);
	index = xas->xa_index & ~(count - 1);
	end = index + count - 1;

	dax_lock_entry(xas, entry);
	xas_clear_mark(xas, PAGECACHE_TAG_TOWRITE);
	xas_unlock_irq(xas);

	/* From here on a write faults again, and then waits for the entry. */
	pfn = dax_to_pfn(entry);
	i_mmap_lock_read(mapping);
	vma_interval_tree_foreach(vma, &mapping->i_mmap, index, end) {
		cond_resched();
		pfn_mkclean_range(pfn, count, index, vma);
	}
	i_mmap_unlock_read(mapping);
	dax_flush(dax_dev, page_address(pfn_to_page(pfn)),
		  count << PAGE_SHIFT);

	xas_reset(xas);
	xas_lock_irq(xas);
	xas_store(xas, entry);
	xas_clear_mark(xas, PAGECACHE_TAG_DIRTY);
	dax_wake_entry(xas, entry, WAKE_NEXT);
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

	if (wbc->sync_mode != WB_SYNC_ALL || mapping_empty(mapping))
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

static pgoff_t dax_iomap_pgoff(const struct iomap *iomap, loff_t pos)
{
	return PHYS_PFN(iomap->addr + (pos & PAGE_MASK) - iomap->offset);
}

/* The page frame of a place, and at least @size bytes of pages behind it. */
static int dax_iomap_direct_access(const struct iomap *iomap, loff_t pos,
		size_t size, void **kaddr, pfn_t *pfnp)
{
	long wanted = PHYS_PFN(size);
	long pages;
	int id;

	id = dax_read_lock();
	pages = dax_direct_access(iomap->dax_dev, dax_iomap_pgoff(iomap, pos),
				  wanted, DAX_ACCESS, kaddr, pfnp);
	dax_read_unlock(id);
	if (pages < 0)
		return pages;

	/* A huge page has to begin on its own boundary. */
	if (pages < wanted || (pfn_t_to_pfn(*pfnp) & (wanted - 1)))
		return -EINVAL;
	return pages == 1 || pfn_t_devmap(*pfnp) ? 0 : -EINVAL;
}

/* Nobody has written there yet. */
static bool dax_reads_as_zeroes(const struct iomap *iomap)
{
	return iomap->type == IOMAP_UNWRITTEN || iomap->type == IOMAP_HOLE;
}

/*
 * read() and write() of one extent. A block that the write has just brought
 * takes the place of a zero page: whoever mapped that has to fault again.
 */
static loff_t dax_iomap_iter(const struct iomap_iter *iomi,
		struct iov_iter *iter)
{
	const struct iomap *iomap = &iomi->iomap;
	bool write = iov_iter_rw(iter) == WRITE;
	bool cow = write && (iomap->flags & IOMAP_F_SHARED);
	loff_t end = iomi->pos + iomap_length(iomi);
	loff_t pos = iomi->pos;
	ssize_t xfer = 0;
	int id;

	if (!write)
		end = min(i_size_read(iomi->inode), end);
	if (pos >= end)
		return 0;
	if (!write && dax_reads_as_zeroes(iomap))
		return iov_iter_zero(end - pos, iter);
	if (WARN_ON_ONCE(iomap->type != IOMAP_MAPPED))
		return -EIO;

	/* What a copy takes the place of is not invalidated while it is dirty. */
	if (cow)
		__dax_clear_dirty_range(iomi->inode->i_mapping,
					pos >> PAGE_SHIFT,
					(end - 1) >> PAGE_SHIFT);
	if (cow || (iomap->flags & IOMAP_F_NEW))
		invalidate_inode_pages2_range(iomi->inode->i_mapping,
					      pos >> PAGE_SHIFT,
					      (end - 1) >> PAGE_SHIFT);

	id = dax_read_lock();
	while (pos < end) {
		pgoff_t pgoff = dax_iomap_pgoff(iomap, pos);
		size_t skip = offset_in_page(pos);
		long pages = PHYS_PFN(PAGE_ALIGN(skip + end - pos));
		ssize_t size;
		void *kaddr;

		pages = dax_direct_access(iomap->dax_dev, pgoff, pages,
					  DAX_ACCESS, &kaddr, NULL);
		if (pages < 0) {
			xfer = pages;
			break;
		}
		kaddr += skip;
		size = min_t(loff_t, PFN_PHYS(pages) - skip, end - pos);
		xfer = write ? dax_copy_from_iter(iomap->dax_dev, pgoff, kaddr,
						  size, iter)
			     : dax_copy_to_iter(iomap->dax_dev, pgoff, kaddr,
						size, iter);
		pos += xfer;
		if (xfer < size)
			break;
	}
	dax_read_unlock(id);
	return pos > iomi->pos ? pos - iomi->pos : xfer;
}

ssize_t dax_iomap_rw(struct kiocb *iocb, struct iov_iter *iter,
		const struct iomap_ops *ops)
{
	struct inode *inode = iocb->ki_filp->f_mapping->host;
	loff_t start = iocb->ki_pos;
	struct iomap_iter iomi = {
		.flags	= IOMAP_DAX,
		.inode	= inode,
		.pos	= start,
		.len	= iov_iter_count(iter),
	};
	int ret;

	if (iomi.len == 0)
		return 0;
	if (iov_iter_rw(iter) != WRITE) {
		lockdep_assert_held(&inode->i_rwsem);
	} else {
		lockdep_assert_held_write(&inode->i_rwsem);
		iomi.flags |= IOMAP_WRITE;
	}

	while ((ret = iomap_iter(&iomi, ops)) > 0)
		iomi.processed = dax_iomap_iter(&iomi, iter);

	/* What was read or written counts more than the error behind it. */
	if (iomi.pos == start)
		return ret;
	iocb->ki_pos = iomi.pos;
	return iomi.pos - start;
}
EXPORT_SYMBOL_GPL(dax_iomap_rw);

/* A read of a hole maps the zero page, read-only. */
static vm_fault_t dax_load_hole(struct xa_state *xas, struct vm_fault *vmf,
		const struct iomap_iter *iter, void **entry)
{
	pfn_t zero = pfn_to_pfn_t(my_zero_pfn(vmf->address));

	*entry = dax_insert_entry(xas, vmf, iter, *entry, zero, DAX_ZERO_PAGE);
	return vmf_insert_mixed(vmf->vma, vmf->address, zero);
}

/* The same with one huge zero page, unless something is mapped there by now. */
static vm_fault_t dax_pmd_load_hole(struct xa_state *xas, struct vm_fault *vmf,
		const struct iomap_iter *iter, void **entry)
{
	struct vm_area_struct *vma = vmf->vma;
	struct folio *zero = mm_get_huge_zero_folio(vma->vm_mm);
	vm_fault_t ret = VM_FAULT_FALLBACK;
	spinlock_t *ptl;

	if (!zero)
		return ret;
	*entry = dax_insert_entry(xas, vmf, iter, *entry,
				  page_to_pfn_t(&zero->page),
				  DAX_ZERO_PAGE | DAX_PMD);

	ptl = pmd_lock(vma->vm_mm, vmf->pmd);
	if (pmd_none(*vmf->pmd)) {
		pmd_t huge = mk_pmd(&zero->page, vma->vm_page_prot);

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

static int copy_cow_page_dax(struct vm_fault *vmf,
		const struct iomap_iter *iter)
{
	void *to, *from;
	pfn_t pfn;
	int error = dax_iomap_direct_access(&iter->iomap, iter->pos, PAGE_SIZE,
					    &from, &pfn);

	if (!error) {
		to = kmap_atomic(vmf->cow_page);
		copy_user_page(to, from, vmf->address, vmf->cow_page);
		kunmap_atomic(to);
	}
	return error;
}

/* A private mapping is written to: the copy is mapped, and the entry stays as it is. */
static vm_fault_t dax_fault_cow_page(struct vm_fault *vmf,
		const struct iomap_iter *iter)
{
	bool hole = iter->iomap.type != IOMAP_MAPPED;
	int error = hole ? 0 : copy_cow_page_dax(vmf, iter);
	vm_fault_t ret;

	if (error)
		return dax_fault_return(error);
	if (hole)
		clear_user_highpage(vmf->cow_page, vmf->address);
	__SetPageUptodate(vmf->cow_page);
	ret = finish_fault(vmf);
	return ret ? ret : VM_FAULT_DONE_COW;
}

/* With the entry locked and the block known: store the block, map the page. */
static vm_fault_t dax_fault_iter(struct vm_fault *vmf,
		const struct iomap_iter *iter, pfn_t *pfnp,
		struct xa_state *xas, void **entry, bool pmd)
{
	loff_t pos = (loff_t)xas->xa_index << PAGE_SHIFT;
	bool write = iter->flags & IOMAP_WRITE;
	int error = -EIO;
	void *kaddr;
	pfn_t pfn;

	if (!pmd && vmf->cow_page)
		return dax_fault_cow_page(vmf, iter);
	if (iter->iomap.type == IOMAP_MAPPED)
		error = dax_iomap_direct_access(&iter->iomap, pos,
						pmd ? PMD_SIZE : PAGE_SIZE,
						&kaddr, &pfn);
	else if (!WARN_ON_ONCE(write))
		return pmd ? dax_pmd_load_hole(xas, vmf, iter, entry)
			   : dax_load_hole(xas, vmf, iter, entry);
	/* Where there can be no huge page, there may be small ones. */
	if (error)
		return pmd ? VM_FAULT_FALLBACK : dax_fault_return(error);

	*entry = dax_insert_entry(xas, vmf, iter, *entry, pfn,
				  pmd ? DAX_PMD : 0);
	if (dax_fault_is_synchronous(iter, vmf->vma))
		return dax_fault_synchronous_pfnp(pfnp, pfn);

	if (pmd)
		return vmf_insert_pfn_pmd(vmf, pfn, write);
	return write ? vmf_insert_mixed_mkwrite(vmf->vma, vmf->address, pfn)
		     : vmf_insert_mixed(vmf->vma, vmf->address, pfn);
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
	struct address_space *mapping = vmf->vma->vm_file->f_mapping;
	XA_STATE(xas, &mapping->i_pages, vmf->pgoff);
	struct iomap_iter iter = {
		.flags	= IOMAP_FAULT | IOMAP_DAX,
		.inode	= mapping->host,
		.pos	= (loff_t)vmf->pgoff << PAGE_SHIFT,
		.len	= PAGE_SIZE,
	};
	vm_fault_t ret = 0;
	void *entry;
	int error;

	if (iter.pos >= i_size_read(iter.inode))
		return VM_FAULT_SIGBUS;
	if ((vmf->flags & FAULT_FLAG_WRITE) && !vmf->cow_page)
		iter.flags |= IOMAP_WRITE;

	entry = grab_mapping_entry(&xas, mapping, 0);
	if (xa_is_internal(entry))
		return xa_to_internal(entry);

	/* A PMD fault of this range may have been quicker: fault again. */
	if (pmd_trans_huge(*vmf->pmd) || pmd_devmap(*vmf->pmd)) {
		ret = VM_FAULT_NOPAGE;
		goto unlock_entry;
	}

	while ((error = iomap_iter(&iter, ops)) > 0) {
		bool tiny = iomap_length(&iter) < PAGE_SIZE;

		if (WARN_ON_ONCE(tiny)) {
			iter.processed = -EIO;
			continue;
		}
		ret = dax_fault_iter(vmf, &iter, pfnp, &xas, &entry, false);
		if (ret != VM_FAULT_SIGBUS)
			ret |= dax_count_major(&iter.iomap);
		/* Of an error nothing is processed, which ends the loop. */
		if (!(ret & VM_FAULT_ERROR))
			iter.processed = PAGE_SIZE;
	}
	if (!ret && error)
		ret = dax_fault_return(error);
	if (iomap_errp)
		*iomap_errp = error;
unlock_entry:
	dax_unlock_entry(&xas, entry);
	return ret;
}

/* Why a fault cannot be answered with a huge page, whatever the file holds. */
static bool dax_fault_check_fallback(struct vm_fault *vmf, struct xa_state *xas,
		pgoff_t max_pgoff)
{
	struct vm_area_struct *vma = vmf->vma;
	unsigned long first = vmf->address & PMD_MASK;
	bool private = !(vma->vm_flags & VM_SHARED);

	/* File and page table have to agree on where a PMD begins. */
	if ((vmf->pgoff & PG_PMD_COLOUR) !=
	    ((vmf->address >> PAGE_SHIFT) & PG_PMD_COLOUR))
		return true;
	/* A private mapping gets its copy page by page. */
	if (private && (vmf->flags & FAULT_FLAG_WRITE))
		return true;
	if (first < vma->vm_start || vma->vm_end - first < PMD_SIZE)
		return true;
	return (xas->xa_index | PG_PMD_COLOUR) >= max_pgoff;
}

static vm_fault_t dax_iomap_pmd_fault(struct vm_fault *vmf, pfn_t *pfnp,
		const struct iomap_ops *ops)
{
	struct address_space *mapping = vmf->vma->vm_file->f_mapping;
	XA_STATE_ORDER(xas, &mapping->i_pages, vmf->pgoff, PMD_ORDER);
	struct iomap_iter iter = {
		.flags	= IOMAP_FAULT | IOMAP_DAX,
		.inode	= mapping->host,
		.pos	= (loff_t)xas.xa_index << PAGE_SHIFT,
		.len	= PMD_SIZE,
	};
	vm_fault_t ret = VM_FAULT_FALLBACK;
	pgoff_t max_pgoff;
	void *entry;
	bool small;

	if (vmf->flags & FAULT_FLAG_WRITE)
		iter.flags |= IOMAP_WRITE;

	max_pgoff = DIV_ROUND_UP(i_size_read(iter.inode), PAGE_SIZE);
	if (xas.xa_index >= max_pgoff)
		return VM_FAULT_SIGBUS;
	small = dax_fault_check_fallback(vmf, &xas, max_pgoff);
	if (small)
		goto fallback;

	/* Fails when smaller entries are in the way: then PTEs it is. */
	entry = grab_mapping_entry(&xas, mapping, PMD_ORDER);
	if (xa_is_internal(entry)) {
		ret = xa_to_internal(entry);
		goto fallback;
	}

	/* A PTE fault of this range may have been quicker: fault again. */
	if (!(pmd_none(*vmf->pmd) || pmd_trans_huge(*vmf->pmd) ||
	      pmd_devmap(*vmf->pmd))) {
		ret = 0;
		goto unlock_entry;
	}

	/* An extent that is too small ends the loop: nothing is processed. */
	while (iomap_iter(&iter, ops) > 0) {
		if (iomap_length(&iter) < PMD_SIZE)
			continue;
		ret = dax_fault_iter(vmf, &iter, pfnp, &xas, &entry, true);
		if (ret == VM_FAULT_FALLBACK)
			continue;
		iter.processed = PMD_SIZE;
	}

unlock_entry:
	dax_unlock_entry(&xas, entry);
fallback:
	if (ret != VM_FAULT_FALLBACK)
		return ret;
	count_vm_event(THP_FAULT_FALLBACK);
	split_huge_pmd(vmf->vma, vmf->pmd, vmf->address);
	return ret;
}

/* What a filesystem calls, with its own locks against truncate held. */
vm_fault_t dax_iomap_fault(struct vm_fault *vmf, unsigned int order,
		pfn_t *pfnp, int *iomap_errp, const struct iomap_ops *ops)
{
	switch (order) {
	case 0:
		return dax_iomap_pte_fault(vmf, pfnp, iomap_errp, ops);
	case PMD_ORDER:
		return dax_iomap_pmd_fault(vmf, pfnp, ops);
	}
	return VM_FAULT_FALLBACK;
}
EXPORT_SYMBOL_GPL(dax_iomap_fault);

/* A synchronous fault's second half: the metadata is safe, map the page. */
static vm_fault_t dax_insert_pfn_mkwrite(struct vm_fault *vmf, pfn_t pfn,
		unsigned int order)
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
		put_unlocked_entry(&xas, entry, WAKE_NEXT);
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

vm_fault_t dax_finish_sync_fault(struct vm_fault *vmf, unsigned int order,
		pfn_t pfn)
{
	loff_t first = (loff_t)vmf->pgoff << PAGE_SHIFT;
	loff_t last = first + (PAGE_SIZE << order) - 1;

	if (vfs_fsync_range(vmf->vma->vm_file, first, last, 1))
		return VM_FAULT_SIGBUS;
	return dax_insert_pfn_mkwrite(vmf, pfn, order);
}
EXPORT_SYMBOL_GPL(dax_finish_sync_fault);

/*
 * Lock the entry of an index, for a caller who holds the file; memory failure
 * does when one page belongs to several files. Where no page of the file is
 * there is nothing to lock, and @page is left alone.
 */
dax_entry_t dax_lock_mapping_entry(struct address_space *mapping, pgoff_t index,
		struct page **page)
{
	XA_STATE(xas, &mapping->i_pages, index);
	void *entry;

	if (!dax_mapping(mapping))
		return 0;

	rcu_read_lock();
	for (;;) {
		xas_lock_irq(&xas);
		xas_set(&xas, index);
		entry = xas_load(&xas);
		if (!dax_is_locked(entry))
			break;

		rcu_read_unlock();
		wait_entry_unlocked(&xas, entry);
		rcu_read_lock();
	}

	if (!entry || dax_is_blockless_entry(entry)) {
		entry = DAX_NOTHING_LOCKED;
	} else {
		dax_lock_entry(&xas, entry);
		*page = pfn_to_page(dax_to_pfn(entry));
	}
	xas_unlock_irq(&xas);
	rcu_read_unlock();
	return (dax_entry_t)entry;
}

void dax_unlock_mapping_entry(struct address_space *mapping, pgoff_t index,
		dax_entry_t cookie)
{
	XA_STATE(xas, &mapping->i_pages, index);
	void *entry = (void *)cookie;

	if (entry != DAX_NOTHING_LOCKED)
		dax_unlock_entry(&xas, entry);
}
