/* An error by a name of a header that is not read is an error all the same, in the place of a thing, too. */
static struct thing *thing_lock_last(struct table *table)
{
	struct thing *thing = table->last;

	spin_lock(&thing->lock);
	if (thing->size == 3) {
		spin_unlock(&thing->lock);
		return ERR_PTR(-EODDSIZE);
	}
	return thing;
}

struct entry *thing_mount(struct table *table)
{
	struct thing *thing = thing_lock_last(table);

	if (IS_ERR(thing))
		return NULL;
	return entry_get(thing->root);
}

/* Where nobody asks for errors the lock is left on one path of two. */
int thing_counts(struct table *table)
{
	struct thing *thing = thing_lock_last(table);

	if (IS_ERR(thing))
		return -ENOENT;
	if (thing_is_bad(thing))
		return -EODDSIZE;
	spin_unlock(&thing->lock);
	return 0;
}
