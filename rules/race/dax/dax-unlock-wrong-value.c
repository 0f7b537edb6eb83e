/*
 * An entry is unlocked to another value than it was locked with
 *
 * Id:          dax-unlock-wrong-value
 * Rule:        wrong-entry
 * Seen:        v4.20-rc
 * Introduced:  9f32d221301c ("dax: Convert dax_lock_mapping_entry to XArray")
 * Fixed:       "dax: Fix unlock mismatch with updated API"
 * Functions:   dax_unlock_mapping_entry, dax_unlock_page, memory_failure
 * Advice:      keep the entry from lock to unlock, and store exactly that
 * Era:         xarray
 *
 * Unlocking looks the entry up again, finds it locked, and makes up what it
 * was: the frame of the page at hand, and the size of what is in the tree. The
 * page at hand may be one in the middle of a PMD, and then the entry of the
 * whole PMD comes to start at the wrong frame.
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	pmd_fault(0, 0, 1);
}

/* @thread memory failure of page 1 */
void first(void)
{
	memory_failure_at(1);
}

/* @thread PMD write fault, index 0 */
void second(void)
{
	pmd_fault(0, 0, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_unlock_folio @@
 	XA_STATE(xas, &mapping->i_pages, folio->index);
+	unsigned long flags;
 
-	if (!S_ISCHR(mapping->host->i_mode))
-		dax_unlock_entry(&xas, (void *)cookie);
+	if (S_ISCHR(mapping->host->i_mode))
+		return;
+	rcu_read_lock();
+	flags = dax_is_pmd_entry(xas_load(&xas));
+	rcu_read_unlock();
+	dax_unlock_entry(&xas, dax_make_entry(page_to_pfn_t(&folio->page),
+					      flags));
 }
 */
