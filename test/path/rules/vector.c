/* A locked page is put into a vector, and unlocked from there. */

int from_a_vector(struct address_space *mapping, struct thing *thing)
{
	struct pages locked;
	struct page *page = thing_next_page(thing);
	int n;

	if (!trylock_page(page))
		return 0;
	if (page->mapping != mapping) {
		unlock_page(page);
		return 0;
	}
	pages_add(&locked, page);
	for (n = 0; n < pages_count(&locked); n++)
		unlock_page(locked.page[n]);
	return 0;
}

/* Only looked at. */
int not_in_a_vector(struct address_space *mapping, struct thing *thing)
{
	struct page *page = thing_next_page(thing);

	if (!trylock_page(page))
		return 0;
	if (page->mapping != mapping) {
		unlock_page(page);
		return 0;
	}
	thing_note(thing, page);
	return 0;
}
