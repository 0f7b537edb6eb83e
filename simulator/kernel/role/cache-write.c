/* write() to a page that is in the cache, and its way to the disk: found, locked, and still the file's. */
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

static atomic void begin_writeback(struct page *page)
{
	clear_page_dirty(page);
	page->writeback = 1;
}

static atomic void end_writeback(struct page *page)
{
	__assert(page->mapping == the_mapping, "use-after-free", "a page has left the file while the disk writes it");
	page->writeback = 0;
}

void write_cached_page_back(unsigned long index)
{
	struct page *page = look_cached_page_up(index);

	if (!page)
		return;
	lock_page(page);
	if (page->mapping == the_mapping && PageDirty(page)) {
		begin_writeback(page);
		unlock_page(page);
		end_writeback(page);
	} else {
		unlock_page(page);
	}
	put_page(page);
}
