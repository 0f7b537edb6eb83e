/* The radix tree of v4.19 and before, with exceptional entries and multi-order ones. */
#ifndef FAULTLINE_RADIX_TREE_H
#define FAULTLINE_RADIX_TREE_H

#if RADIX_ERA

#define RADIX_TREE_EXCEPTIONAL_ENTRY 2
#define RADIX_TREE_EXCEPTIONAL_SHIFT 2
#define radix_tree_exceptional_entry(entry) ((unsigned long)(entry) & RADIX_TREE_EXCEPTIONAL_ENTRY)
#define radix_tree_exception(entry) ((unsigned long)(entry) & 3)
#define PAGECACHE_TAG_DIRTY 0
#define PAGECACHE_TAG_WRITEBACK 1
#define PAGECACHE_TAG_TOWRITE 2

/*
 * Entries of DAX. Since v4.10 a sector above four flags; before, a sector above the bits of a type, of which
 * none is set in an empty entry, and (since v4.7) the bit of the lock below them.
 */
#if __names(RADIX_DAX_TYPE)
#if __has_function(grab_mapping_entry)
#define RADIX_DAX_LOCK_BITS 1
#else
#define RADIX_DAX_LOCK_BITS 0
#endif
#define RADIX_DAX_SHIFT (RADIX_TREE_EXCEPTIONAL_SHIFT + RADIX_DAX_LOCK_BITS + 2)
#define RADIX_DAX_PTE ((1 << (RADIX_TREE_EXCEPTIONAL_SHIFT + RADIX_DAX_LOCK_BITS)) | (RADIX_DAX_LOCK_BITS ? 0 : RADIX_TREE_EXCEPTIONAL_ENTRY))
#define RADIX_DAX_PMD ((2 << (RADIX_TREE_EXCEPTIONAL_SHIFT + RADIX_DAX_LOCK_BITS)) | (RADIX_DAX_LOCK_BITS ? 0 : RADIX_TREE_EXCEPTIONAL_ENTRY))
#define RADIX_DAX_TYPE(entry) ((unsigned long)(entry) & 0xf)
#define RADIX_DAX_SECTOR(entry) ((unsigned long)(entry) >> RADIX_DAX_SHIFT)
#define RADIX_DAX_ENTRY(sector, pmd) ((void *)(((unsigned long)(sector) << RADIX_DAX_SHIFT) | (pmd ? RADIX_DAX_PMD : RADIX_DAX_PTE)))
#define RADIX_DAX_ENTRY_LOCK (RADIX_DAX_LOCK_BITS << RADIX_TREE_EXCEPTIONAL_SHIFT)
#define dax_empty_entry() ((void *)(unsigned long)(RADIX_TREE_EXCEPTIONAL_ENTRY | RADIX_DAX_ENTRY_LOCK))
#else
#define RADIX_DAX_SHIFT (RADIX_TREE_EXCEPTIONAL_SHIFT + 4)
#define RADIX_DAX_ENTRY_LOCK (1 << RADIX_TREE_EXCEPTIONAL_SHIFT)
#define RADIX_DAX_PMD (1 << (RADIX_TREE_EXCEPTIONAL_SHIFT + 1))
#define RADIX_DAX_HZP (1 << (RADIX_TREE_EXCEPTIONAL_SHIFT + 2))
#define RADIX_DAX_ZERO_PAGE (1 << (RADIX_TREE_EXCEPTIONAL_SHIFT + 2))
#define RADIX_DAX_EMPTY (1 << (RADIX_TREE_EXCEPTIONAL_SHIFT + 3))
#define dax_empty_entry() dax_radix_locked_entry(0, RADIX_DAX_EMPTY)
#endif
#if !__has_function(dax_radix_sector)
#define dax_radix_sector(entry) ((unsigned long)(entry) >> RADIX_DAX_SHIFT)
#endif
#if !__has_function(dax_radix_locked_entry)
#define dax_radix_locked_entry(sector, flags) ((void *)(RADIX_TREE_EXCEPTIONAL_ENTRY | (unsigned long)(flags) | \
	((unsigned long)(sector) << RADIX_DAX_SHIFT) | RADIX_DAX_ENTRY_LOCK))
#endif
#if !__has_function(dax_radix_order)
#define dax_radix_order(entry) (((unsigned long)(entry) & RADIX_DAX_PMD) ? PMD_ORDER : 0)
#endif

#define xa_lock(tree) spin_lock(&(tree)->xa_lock)
#define xa_unlock(tree) spin_unlock(&(tree)->xa_lock)
#define xa_lock_irq(tree) xa_lock(tree)
#define xa_unlock_irq(tree) xa_unlock(tree)
#define xa_lock_irqsave(tree, flags) spin_lock_irqsave(&(tree)->xa_lock, flags)
#define xa_unlock_irqrestore(tree, flags) spin_unlock_irqrestore(&(tree)->xa_lock, flags)
#define xa_empty(tree) ((tree)->rnode == NULL)

void *__radix_tree_lookup(struct radix_tree_root *root, unsigned long index, struct radix_tree_node **node, void ***slot);
void *radix_tree_lookup(struct radix_tree_root *root, unsigned long index);
void **radix_tree_lookup_slot(struct radix_tree_root *root, unsigned long index);
/* The slot holds a node by now: the tree grew above what was its only entry. */
#define radix_tree_deref_retry(entry) is_internal(entry)
void *radix_tree_deref_slot(void **slot);
void *radix_tree_deref_slot_protected(void **slot, spinlock_t *lock);
int __radix_tree_insert(struct radix_tree_root *root, unsigned long index, unsigned int order, void *entry);
int radix_tree_insert(struct radix_tree_root *root, unsigned long index, void *entry);
void *radix_tree_delete(struct radix_tree_root *root, unsigned long index);
void *radix_tree_delete_item(struct radix_tree_root *root, unsigned long index, void *item);
void *radix_tree_tag_set(struct radix_tree_root *root, unsigned long index, unsigned int tag);
void *radix_tree_tag_clear(struct radix_tree_root *root, unsigned long index, unsigned int tag);
int radix_tree_tag_get(struct radix_tree_root *root, unsigned long index, unsigned int tag);
int radix_tree_preload(gfp_t gfp);
int radix_tree_maybe_preload(gfp_t gfp);
void radix_tree_preload_end(void);

#endif
#endif
