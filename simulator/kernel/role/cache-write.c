/* write() to a page that is in the cache: found, locked, and still the file's. */
/* Needs: filemap_get_entry | mapping_get_entry | find_get_entry | find_get_page */

int cached_writes;

static atomic void note_write(void)
{
	cached_writes++;
}

void write_cached_page(unsigned long index)
{
	struct page *page = look_cached_page_up(index);

	if (!page)
		return;
	lock_page(page);
	if (page->mapping == the_mapping) {
		set_page_dirty(page);
		note_write();
	}
	unlock_page(page);
	put_page(page);
}
