/* What stands behind a loop whose rounds are counted out is run, and told as taken for granted. */
int behind_a_count(struct thing *thing)
{
	int i, n = 0;

	spin_lock(&thing->lock);
	for (i = 0; i < 6; i++) {
		if (is_odd(thing, i))
			continue;
		n++;
	}
	if (n > 3)
		return -EIO;
	spin_unlock(&thing->lock);
	return 0;
}

/* What the model has none of is behind a branch that is never taken: its answer may say that the lock fell. */
static int drops_for_some(struct thing *thing, struct page *page)
{
	int i, ret = 0;

	for (i = 0; i < thing->count; i++)
		thing->sum += i;
	if (PageCompound(page))
		ret = 1;
	if (ret)
		up_read(&thing->sem);
	return ret;
}

int asks_who_drops(struct thing *thing, struct page *page)
{
	int i;

	down_read(&thing->sem);
	for (i = 0; i < thing->count; i++)
		if (drops_for_some(thing, page))
			return 0;
	up_read(&thing->sem);
	return 0;
}
