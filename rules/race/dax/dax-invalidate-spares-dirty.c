/*
 * An invalidation forgets what was not written back
 *
 * Id:          dax-invalidate-spares-dirty
 * Rule:        lost-entry
 * Seen:        -
 * Advice:      remove an entry only when it is clean, unless its blocks go as well
 * Era:         xarray
 * Needs:       dax_invalidate_mapping_entry_sync
 *
 * Guards a rule of the protocol: the dirty mark of an entry is all that fsync knows
 * of what was written through a mapping.
 *
 *   invalidation                         memory failure
 *   ------------                         --------------
 *                                        locks the entry and unlocks it
 *   deletes the dirty entry: the next
 *   fsync has nothing to do
 */

static unsigned long written;
static int error;

/* @start */
void start(void)
{
	world_file(1);
	pte_fault(0, 0, 1);
	written = block_pfn(0);
}

/* @thread invalidation, index 0 */
void first(void)
{
	error = invalidate_range(0, 1);
}

/* @thread memory failure of page 0 */
void second(void)
{
	memory_failure(written);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
	__assert(entry_present(0), "lost-entry", "an entry is gone that was dirty, and nobody has flushed it");
	__assert(error, "assertion", "an invalidation leaves a dirty entry and answers no error");
}

/* @broken
@@ __dax_invalidate_entry @@
-	if (!stays && !trunc && (xas_get_mark(&xas, PAGECACHE_TAG_DIRTY) ||
-				 xas_get_mark(&xas, PAGECACHE_TAG_TOWRITE)))
-		stays = true;
 	if (!stays) {
 */
