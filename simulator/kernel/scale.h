/*
 * The scale of the world. Real sizes would make every interleaving of a PMD thousands of steps long; what
 * races depend on is not the sizes but their order: a leaf of the tree is smaller than a PMD, a PMD takes
 * several slots of the node above it, a file holds more than one PMD. Everything else derives from here.
 */
#ifndef FAULTLINE_SCALE_H
#define FAULTLINE_SCALE_H

#define PAGE_SHIFT 12
#define PAGE_SIZE (1UL << PAGE_SHIFT)
#define PAGE_MASK (~(PAGE_SIZE - 1))

/* A PMD of four pages: two leaves of two slots. SCALE_PMD_ORDER 1 is a PMD that is exactly one leaf. */
#ifndef SCALE_PMD_ORDER
#define SCALE_PMD_ORDER 2
#endif
#define PMD_ORDER SCALE_PMD_ORDER
#define PMD_SHIFT (PAGE_SHIFT + SCALE_PMD_ORDER)
#define PMD_SIZE (1UL << PMD_SHIFT)
#define PMD_MASK (~(PMD_SIZE - 1))
#define PMD_PAGES (1 << SCALE_PMD_ORDER)
#define HPAGE_PMD_SHIFT PMD_SHIFT
#define HPAGE_PMD_SIZE PMD_SIZE
#define HPAGE_PMD_MASK PMD_MASK
#define HPAGE_PMD_ORDER SCALE_PMD_ORDER
#define HPAGE_PMD_NR PMD_PAGES
#define PUD_ORDER (2 * SCALE_PMD_ORDER)
#define PUD_SHIFT (PAGE_SHIFT + PUD_ORDER)
#define PUD_SIZE (1UL << PUD_SHIFT)
#define PUD_MASK (~(PUD_SIZE - 1))

/* The largest file, and the address that maps its first page. */
#define WORLD_PMDS 2
#define WORLD_PAGES (WORLD_PMDS * PMD_PAGES)
#define WORLD_BASE 0x200000UL

/* The tree: a node of many slots over leaves of two. */
#define LEAF_SHIFT 1
#define LEAF_SLOTS (1 << LEAF_SHIFT)
#define TOP_SLOTS (WORLD_PAGES / LEAF_SLOTS)

/* Threads are 0..3; set-up and checks run as 8. */
#define WORLD_THREADS 4
#define MONITOR 8

/* Page frames: none, zeroes, huge zeroes, the file's blocks in one of two places, and what is allocated. */
#define ZERO_PFN 1UL
#define HUGE_ZERO_PFN 8UL
#define BLOCK_PFN 16UL
#define FREE_PFN (BLOCK_PFN + 2 * WORLD_PAGES)
#define FREE_PAGES_OF_THREAD 4
#define WORLD_FRAMES (FREE_PFN + FREE_PAGES_OF_THREAD * (MONITOR + 1))

#endif
