/*
 * A page of two files is taken for nobody's when one of them lets it go
 *
 * Id:          dax-shared-page-counts
 * Rule:        warning
 * Seen:        v6.0..v6.1
 * Fixed:       ("fsdax,xfs: set the shared flag when file extent is shared")
 * Functions:   dax_associate_entry, dax_disassociate_entry
 * Advice:      count each entry that is made for a shared page, and each that goes
 * Era:         xarray
 * Needs:       dax_mapping_set_cow | dax_page_share_get | dax_folio_make_shared
 *
 * Two files may have one block (reflink). Its page cannot point back to both, so that
 * it points to neither and counts them. Memory failure asks the filesystem then; a
 * page that belongs to nobody it leaves alone. Until v6.1 only who wrote said that a
 * block is shared, and who read took the page for his own.
 *
 *   another file          PTE faults              invalidation
 *   ------------          ----------              ------------
 *   has mapped it
 *                         stores an entry, takes
 *                         the page for its own
 *                                                 takes the entry away,
 *                                                 and with it the page
 *   has a page that
 *   belongs to nobody
 */

/* @start */
void start(void)
{
	world_file(1);
	world_other_file(0);
}

/* @thread PTE read fault, then write fault, index 0 */
void first(void)
{
	pte_fault(0, 0, 0);
	pte_fault(0, 0, 1);
}

/* @thread invalidation of page 0 */
void second(void)
{
	invalidate_range(0, 1);
}

/* @finally */
void finally(void)
{
	check_other_file(0);
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_insert_entry @@
-	bool shared = iter->iomap.flags & IOMAP_F_SHARED;
+	bool shared = (iter->flags & IOMAP_WRITE) && (iter->iomap.flags & IOMAP_F_SHARED);
 */
