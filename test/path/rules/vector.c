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

/* Into one of the caller's. */
int into_a_batch(struct address_space *mapping, struct folio_batch *batch, struct thing *thing)
{
	struct folio *folio = thing_next_folio(thing);

	if (!folio_trylock(folio))
		return 0;
	if (folio->mapping != mapping) {
		folio_unlock(folio);
		return 0;
	}
	folio_batch_add(batch, folio);
	return 0;
}

/* As a number of the page, which tells that it is locked. */
int as_a_number(struct migration *migration, struct thing *thing)
{
	struct page *page = thing_next_page(thing);

	if (!trylock_page(page))
		return 0;
	if (page->mapping != thing->mapping) {
		unlock_page(page);
		return 0;
	}
	migration->source[migration->count] = migration_number(number_of(page)) | MIGRATION_LOCKED;
	return 0;
}

/* What is read from a page is not the page. */
int not_as_a_number(struct migration *migration, struct thing *thing)
{
	struct page *page = thing_next_page(thing);

	if (!trylock_page(page))
		return 0;
	if (page->mapping != thing->mapping) {
		unlock_page(page);
		return 0;
	}
	migration->last = page->index;
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
