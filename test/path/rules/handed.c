/*
 * What is looked for lies on one of two levels, each with a lock of its own: whoever finds it returns with the lock
 * of its level.
 */
int find_on_a_level(struct table *table, struct place *place)
{
	spin_lock(&table->upper);
	if (is_found_above(table, place))
		return 0;
	spin_unlock(&table->upper);
	spin_lock(&table->lower);
	if (is_found_below(table, place))
		return 0;
	spin_unlock(&table->lower);
	return -ENOENT;
}

/* The same value with the lock and with none at all. */
int leaves_one_level(struct table *table, struct place *place)
{
	spin_lock(&table->upper);
	if (is_found_above(table, place))
		return 0;
	spin_unlock(&table->upper);
	return 0;
}

/* The caller says whether the lock is to stay. */
int links_and_may_keep(struct thing *thing, struct request *request)
{
	spin_lock(&thing->lock);
	change(thing->size);
	if (!request->keeps_lock)
		spin_unlock(&thing->lock);
	return 0;
}

/* The caller does not say that. */
int forgets_when_bad(struct thing *thing, struct request *request)
{
	spin_lock(&thing->lock);
	if (is_bad(thing))
		return 0;
	change(thing->size);
	spin_unlock(&thing->lock);
	return 0;
}

void both_halves(struct thing *thing)
{
	spin_lock(&thing->lock);
	change(thing->size);
	spin_unlock(&thing->lock);
}
