/* What a pointer leads to was read, so that it leads somewhere; and NULL leads nowhere, whatever member is read. */

static struct cluster *take_first(struct swap *swap)
{
	struct cluster *cluster, *found = NULL;

	spin_lock(&swap->lock);
	list_for_each_entry(cluster, &swap->full, list) {
		if (!spin_trylock(&cluster->lock))
			continue;
		cluster->flags = 0;
		found = cluster;
		break;
	}
	spin_unlock(&swap->lock);
	return found;
}

/* What was found in a list is no NULL. */
void empties(struct swap *swap)
{
	struct cluster *cluster;

	while ((cluster = take_first(swap))) {
		cluster->count = 0;
		spin_unlock(&cluster->lock);
	}
}

/* Nor is it unlocked when it is large. */
void empties_small_ones(struct swap *swap)
{
	struct cluster *cluster;

	while ((cluster = take_first(swap))) {
		if (cluster->count > 8)
			continue;
		cluster->count = 0;
		spin_unlock(&cluster->lock);
	}
}

static struct part *next_part(struct part *part)
{
	if (part->owner->huge)
		return NULL;
	return part->next;
}

/* The first that cannot be locked ends the chain, and comes before its end. */
int locks_a_chain(struct owner *owner)
{
	struct part *part, *fail = NULL;

	for (part = owner->first; part; part = next_part(part)) {
		if (!odd_trylock(part)) {
			fail = part;
			goto unlock;
		}
	}
	return 1;
unlock:
	for (part = owner->first; part != fail; part = next_part(part))
		odd_unlock(part);
	return 0;
}

/* Here the first one is released twice. */
int locks_a_chain_and_fails(struct owner *owner)
{
	struct part *part, *fail = NULL;

	for (part = owner->first; part; part = next_part(part)) {
		if (!odd_trylock(part)) {
			fail = part;
			goto unlock;
		}
	}
	return 1;
unlock:
	part = owner->first;
	odd_unlock(part);
	for (; part != fail; part = next_part(part))
		odd_unlock(part);
	return 0;
}

static struct page *page_behind(struct page *page)
{
	return is_last(page) ? NULL : page_next(page);
}

/* No path unlocks what is not there. */
int locks_pages(struct owner *owner)
{
	struct page *page, *fail = NULL;

	for (page = owner->first; page; page = page_behind(page)) {
		if (!trylock_page(page)) {
			fail = page;
			goto unlock;
		}
	}
	return 1;
unlock:
	for (page = owner->first; page != fail; page = page_behind(page))
		unlock_page(page);
	return 0;
}

/* But the first one twice. */
int locks_pages_and_fails(struct owner *owner)
{
	struct page *page, *fail = NULL;

	for (page = owner->first; page; page = page_behind(page)) {
		if (!trylock_page(page)) {
			fail = page;
			goto unlock;
		}
	}
	return 1;
unlock:
	unlock_page(owner->first);
	for (page = owner->first; page != fail; page = page_behind(page))
		unlock_page(page);
	return 0;
}
