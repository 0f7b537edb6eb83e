/* Somebody looks a page up without its lock, as read() does. */
/* Needs: filemap_get_entry | mapping_get_entry | find_get_entry | find_get_page */

struct page *look_cached_page_up(unsigned long index)
{
#if __has_function(filemap_get_entry)
	return filemap_get_entry(the_mapping, index);
#elif __has_function(mapping_get_entry)
	return (struct page *)mapping_get_entry(the_mapping, index);
#elif __has_function(find_get_entry)
	return find_get_entry(the_mapping, index);
#else
	return find_get_page(the_mapping, index);
#endif
}

/* Whoever has a reference can rely on which page it is: a page in use goes to no other index. */
void look_page_up(unsigned long index)
{
	struct page *page = look_cached_page_up(index);

	if (!page)
		return;
	__assert(page->index == index, "wrong-entry", "a lookup answers with the page of another index");
	put_page(page);
}
