/* Folios of several pages, which the frames of a device become while a huge entry of a DAX file covers them. */
#ifndef FAULTLINE_LARGE_FOLIO_H
#define FAULTLINE_LARGE_FOLIO_H

/* Since v6.15 a page of a DAX file is counted as others are: a mapping holds a reference, idle is none. */
#if !CACHE_WORLD && __uses(vmf_insert_page_mkwrite)
#define MAPPINGS_COUNTED 1
#define IDLE_REFERENCES 0
#else
#define MAPPINGS_COUNTED 0
#define IDLE_REFERENCES 1
#endif

#if MAPPINGS_COUNTED

struct dev_pagemap {
	int unused;
};
extern struct dev_pagemap world_pagemap;

/* What struct page and struct folio have more: a page behind the first says which is the first. */
#define LARGE_FOLIO_FIELDS \
	struct dev_pagemap *pgmap; \
	struct list_head _deferred_list; \
	struct page *head; \
	unsigned int order; \
	bool is_head;

struct page *compound_head(struct page *page);
void clear_compound_head(struct page *page);
void ClearPageHead(struct page *page);
void prep_compound_page(struct page *page, unsigned int order);
unsigned int folio_order(struct folio *folio);
void folio_reset_order(struct folio *folio);
void folio_ref_inc(struct folio *folio);
int folio_mapcount(struct folio *folio);
#define TAIL_MAPPING ((struct address_space *)0x400)
struct dev_pagemap *page_pgmap(struct page *page);
#define PageHead(page) ((page)->is_head)
#define is_zero_folio(folio) (&(folio)->page == pfn_to_page(ZERO_PFN))
#define is_huge_zero_folio(folio) (&(folio)->page == pfn_to_page(HUGE_ZERO_PFN))

#else

#define PageHead(page) 0
#define compound_head(page) (page)

#endif

/* A page frame comes into a page table, or leaves it. Zeroes are counted nowhere. */
void count_mapping(unsigned long pfn);
void count_unmapping(unsigned long pfn);
void world_frames(void);

#endif
