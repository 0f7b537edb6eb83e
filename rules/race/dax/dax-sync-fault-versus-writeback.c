/*
 * A synchronous fault maps a page that writeback has cleaned meanwhile
 *
 * Id:          dax-sync-fault-versus-writeback
 * Rule:        missed-write-protect
 * Seen:        -
 * Advice:      lock the entry from the dirty mark until the page is mapped
 * Era:         xarray
 *
 * Guards a rule of the protocol: the second half of a synchronous fault, after its
 * fsync, marks the entry dirty and maps the page writable. Writeback in between
 * finds no mapping to protect, and takes the mark away:
 *
 *   synchronous fault                    writeback
 *   -----------------                    ---------
 *   marks the entry dirty
 *                                        finds nothing mapped, flushes,
 *                                        takes the dirty mark away
 *   maps the page writable
 */

#define the_tree_lock (*tree_lock_of(the_mapping))

/* @start */
void start(void)
{
	world_file(1);
	world_sync_mapping(0);
}

/* @thread synchronous PTE fault, index 0 */
void first(void)
{
	sync_fault(0, 0, 0);
}

/* @thread writeback */
void second(void)
{
	writeback_file();
}

/* @always(free: the_tree_lock, mm[0].page_table_lock) */
void always(void)
{
	check_page_tables();
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_insert_pfn_mkwrite @@
 	}
-	dax_lock_entry(&xas, entry);
 	xas_set_mark(&xas, PAGECACHE_TAG_DIRTY);
+	put_unlocked_entry(&xas, entry, WAKE_NEXT);
 	xas_unlock_irq(&xas);
@@ dax_insert_pfn_mkwrite @@
 		ret = vmf_insert_mixed_mkwrite(vmf->vma, vmf->address, pfn);
-	dax_unlock_entry(&xas, entry);
 	return ret;
 }
 */
