/*
 * What DAX writes into its entries, for the judge and the checks. The bits are those of the era; the
 * reviewed file's own macros are not visible here, what it uses tells which era it is. Where it has functions
 * for them, these are asked: a patch may give the bits another meaning.
 */
#ifndef FAULTLINE_ENTRY_H
#define FAULTLINE_ENTRY_H

#if RADIX_ERA
#define is_dax_entry(entry) radix_tree_exceptional_entry(entry)
#define ENTRY_LOCK ((unsigned long)RADIX_DAX_ENTRY_LOCK)
#if __names(RADIX_DAX_TYPE)
/* No bit says empty or zero there: an empty entry is one without a type, and pages stand for zeroes. */
#define ENTRY_TYPES (3UL << (RADIX_DAX_SHIFT - 2))
#define ENTRY_PMD (2UL << (RADIX_DAX_SHIFT - 2))
#define ENTRY_ZERO (1UL << 62)
#define ENTRY_EMPTY (1UL << 61)
#define entry_flags(entry) ((unsigned long)(entry) | ((unsigned long)(entry) & ENTRY_TYPES ? 0 : ENTRY_EMPTY))
#else
#define ENTRY_PMD ((unsigned long)RADIX_DAX_PMD)
#define ENTRY_ZERO ((unsigned long)RADIX_DAX_ZERO_PAGE)
#define ENTRY_EMPTY ((unsigned long)RADIX_DAX_EMPTY)
#endif
#if __has_function(dax_radix_pfn)
#define entry_pfn(entry) ((unsigned long)(entry) >> RADIX_DAX_SHIFT)
#else
#define entry_pfn(entry) (((unsigned long)(entry) >> RADIX_DAX_SHIFT) >> (PAGE_SHIFT - 9))
#endif
#else
#define is_dax_entry(entry) xa_is_value(entry)
#define ENTRY_LOCK (1UL << 1)
#define ENTRY_PMD (1UL << 2)
#define ENTRY_ZERO (1UL << 3)
#define ENTRY_EMPTY (1UL << 4)
#if __has_function(dax_to_pfn)
unsigned long dax_to_pfn(void *entry);
#define entry_pfn(entry) dax_to_pfn(entry)
#else
#define entry_pfn(entry) ((unsigned long)(entry) >> 5)
#endif
#endif

#ifndef entry_flags
#define entry_flags(entry) ((unsigned long)(entry))
#endif
#define entry_has(entry, bits) ((entry_flags(entry) & (bits)) != 0)
#define entry_without_lock(entry) ((unsigned long)(entry) & ~ENTRY_LOCK)

/* Whether an entry, or the page of a hole, is locked by its fault from before the block is looked up. */
#if !__uses(get_block_t) || __has_function(grab_mapping_entry)
#define ENTRY_IS_LOCK 1
#else
#define ENTRY_IS_LOCK 0
#endif

/* Each entry's lock bit as a lock of its own, by first index. Only the addresses mean something. */
extern int entry_lock[WORLD_PAGES];

void entries_are_as_known(void);
void judge_store(struct xarray *tree, struct xa_node *node, unsigned int offset, unsigned int slots, void *entry);

#endif
