/*
 * Memory failure: somebody who knows a page frame and nothing else, and holds no reference to the inode. It
 * locks the entry of the page, looks at page and file under that lock, and gives it back.
 */
/* Needs: dax_lock_folio | dax_lock_page | dax_lock_mapping_entry */

static dax_entry_t lock_page_entry(struct page *page)
{
#if __has_function(dax_lock_folio)
	return dax_lock_folio(page_folio(page));
#elif __has_function(dax_lock_page)
	return dax_lock_page(page);
#else
	return dax_lock_mapping_entry(page);
#endif
}

static void unlock_page_entry(struct page *page, dax_entry_t cookie)
{
#if __has_function(dax_lock_folio)
	dax_unlock_folio(page_folio(page), cookie);
#elif __has_function(dax_lock_page)
	dax_unlock_page(page, cookie);
#else
	dax_unlock_mapping_entry(page);
#endif
}

void memory_failure(unsigned long pfn)
{
	struct page *page = compound_head(pfn_to_page(pfn));
	dax_entry_t cookie = lock_page_entry(page);

	if (!cookie)
		return;
	check_locked_page(page);
	unlock_page_entry(page, cookie);
}

void memory_failure_at(unsigned long index)
{
	memory_failure(block_pfn(index));
}

void lock_mapping_entry(unsigned long index)
{
#if __arity(dax_lock_mapping_entry) == 3
	struct page *page = NULL;
	dax_entry_t cookie;

	if (!use_file())
		return;
	cookie = dax_lock_mapping_entry(the_mapping, index, &page);
	__assert(cookie, "assertion", "an entry of a file that is in use cannot be locked");
	__assert(page || cookie == ~0UL, "wrong-entry", "an entry is locked for a page that is not told");
	if (page)
		check_locked_index(index, page);
	dax_unlock_mapping_entry(the_mapping, index, cookie);
	leave_file();
#else
	memory_failure_at(index);
#endif
}
