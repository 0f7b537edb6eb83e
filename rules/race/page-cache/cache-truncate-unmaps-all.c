/*
 * Truncation leaves private copies behind that are not of the first page beyond the end
 *
 * Id:          cache-truncate-unmaps-all
 * Rule:        stale-mapping-after-invalidate
 * Seen:        -
 * Functions:   unmap_mapping_range, unmap_mapping_pages, truncate_pagecache
 * Advice:      a length of zero means all from there on, to the last index that there is
 * Era:         page-xarray
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * Two pages have been copied for a private mapping. Truncation to what is before them unmaps from index 1 on, and gets
 * as far as index 1: the copy of page 2 is still mapped.
 *
 * Pages of the file are unmapped one by one, too, when they are taken out. A copy belongs to no file, and only the
 * unmapping of the whole range gets it.
 */

/* @start */
void start(void)
{
	world_cached_file(3);
	world_cached_private(0);
	world_cached_page(1);
	world_cached_page(2);
	cached_fault(0, 1, 1);
	cached_fault(0, 2, 1);
}

/* @thread truncation to one page */
void truncate(void)
{
	truncate_cached_file(1);
}

/* @finally */
void finally(void)
{
	check_cached_mappings();
	check_no_locked_page();
}

/* @broken
@@ unmap_mapping_pages @@
 	if (last < start)
-		last = ULONG_MAX;
+		last = start;
 */
