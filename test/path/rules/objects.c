/* With the last reference the object is gone, and its lock with it. */
void drops_locked(struct thing *thing)
{
	spin_lock(&thing->lock);
	thing->size--;
	if (kref_put(&thing->references, thing_free_locked))
		return;
	spin_unlock(&thing->lock);
}

/* The lock of something else stays. */
void drops_another(struct thing *thing, struct table *table)
{
	spin_lock(&table->lock);
	table->size--;
	if (kref_put(&thing->references, thing_free_locked))
		return;
	spin_unlock(&table->lock);
}

/* As long as there are others the lock is to be released. */
int drops_and_forgets(struct thing *thing)
{
	spin_lock(&thing->lock);
	if (kref_put(&thing->references, thing_free_locked))
		return 0;
	if (thing->size > 8)
		return -EBUSY;
	spin_unlock(&thing->lock);
	return 0;
}

/* Each answer has its own variable: what is said of one changes nothing in another. */
int begins_to_write(struct thing *thing, bool *shared, bool *extends)
{
again:
	*extends = thing_grows(thing);
	if (*shared && *extends) {
		up_read(&thing->gate);
		*shared = false;
		down_write(&thing->gate);
		goto again;
	}
	if (thing_is_bad(thing)) {
		if (*shared)
			up_read(&thing->gate);
		else
			up_write(&thing->gate);
		return -EIO;
	}
	return 0;
}

/* Here nobody writes down in which mode it is held. */
int begins_and_forgets(struct thing *thing, bool *shared, bool *extends)
{
again:
	*extends = thing_grows(thing);
	if (*shared && *extends) {
		up_read(&thing->gate);
		down_write(&thing->gate);
		goto again;
	}
	if (thing_is_bad(thing)) {
		if (*shared)
			up_read(&thing->gate);
		else
			up_write(&thing->gate);
		return -EIO;
	}
	return 0;
}
