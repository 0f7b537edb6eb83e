/*
 * Memory failure follows the mapping of a page that has none any more
 *
 * Id:          dax-lock-mapping-null
 * Rule:        null-dereference
 * Seen:        v4.19-rc1..v4.19.1, v4.20-rc
 * Introduced:  c2a7d2a11552 ("filesystem-dax: Introduce dax_lock_mapping_entry()")
 * Fixed:       c93db7bb6ef3 ("dax: Check page->mapping isn't NULL")
 * Functions:   dax_lock_mapping_entry, dax_lock_page, memory_failure
 * Advice:      page->mapping can become NULL until the entry is locked: test each time it is read
 * Era:         xarray
 *
 *   memory failure                       truncate
 *   --------------                       --------
 *   has the page in its hands
 *                                        deletes the entry,
 *                                        clears page->mapping
 *   reads page->mapping: NULL
 *   asks it whether it is a DAX mapping
 */

static unsigned long poisoned;

/* @start */
void start(void)
{
	world_file(1);
	pte_fault(0, 0, 1);
	poisoned = block_pfn(0);
}

/* @thread memory failure of page 0 */
void first(void)
{
	memory_failure(poisoned);
}

/* @thread truncate to nothing */
void second(void)
{
	truncate_file(0);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
	check_nothing_beyond(0);
}

/* @broken
@@ dax_lock_folio @@
-		if (!mapping || !dax_mapping(mapping))
+		if (!dax_mapping(mapping))
 			break;
 */
