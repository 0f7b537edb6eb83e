/* A block of two files, both of which have an entry for it (reflink). Its page points to neither and counts them. */
/* Needs: dax_mapping_set_cow | dax_page_share_get | dax_folio_make_shared */

static struct address_space other_mapping;
static struct page *other_page;

void world_other_file(unsigned long index)
{
	world_share_block(index);
	other_page = block_page(index);
#if __has_function(dax_page_share_get) || __has_function(dax_mapping_set_cow)
	/* In v6.0 and v6.1 the flag and the count went by other names. */
	other_page->mapping = PAGE_MAPPING_DAX_SHARED;
	other_page->share = 1;
#else
	other_page->mapping = &other_mapping;
	other_page->index = index;
#endif
}

/* Who writes there gets a block of his own, and the file has nothing to do with the other's page any more. */
void check_other_file(unsigned long index)
{
	unsigned long files = entry_frame(index) == page_to_pfn(other_page) ? 2 : 1;

#if __has_function(dax_page_share_get) || __has_function(dax_mapping_set_cow)
	__assert(other_page->mapping == PAGE_MAPPING_DAX_SHARED, "wrong-entry",
		"a page that another file has, too, belongs to nobody or to one");
#else
	if (other_page->mapping == &other_mapping && files == 1)
		return;
	__assert(!other_page->mapping, "wrong-entry", "a page that another file has, too, belongs to one");
#endif
	__assert(other_page->share == files, "wrong-entry", "a page is not counted as often as files have it");
}
