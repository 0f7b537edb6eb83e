/* Locks that are released in a mode: which of the locks behind one object it is, the mode tells. */

/* The values of the modes stand in a header: the path on which none was taken is no path. */
int by_mode(struct thing *thing, struct request *request)
{
	int mode = THING_LOCK_EXCLUSIVE;
	int error;

	thing_rwlock(thing, mode);
	error = ask_first(request);
	if (mode)
		thing_rwunlock(thing, mode);
	return error;
}

/* Two locks of one thing, each released once. */
int by_two_modes(struct thing *thing)
{
	thing_rwlock(thing, THING_LOCK_EXCLUSIVE);
	thing_rwlock(thing, THING_MAP_EXCLUSIVE);
	change(thing->size);
	thing_rwunlock(thing, THING_LOCK_EXCLUSIVE);
	thing_rwunlock(thing, THING_MAP_EXCLUSIVE);
	return 0;
}

/* Flags of the processor are no mode: this lock is one, and forgotten. */
int with_flags(struct thing *thing)
{
	unsigned long flags;

	spin_lock_irqsave(&thing->lock, flags);
	if (thing->size < 0)
		return -EINVAL;
	change(thing->size);
	spin_unlock_irqrestore(&thing->lock, flags);
	return 0;
}

/* Nor is an address: the place of a cookie. */
int with_cookie(struct thing *thing)
{
	struct cookie cookie;

	thing_cookie_lock(thing, &cookie);
	if (thing->size < 0)
		return -EINVAL;
	change(thing->size);
	thing_cookie_unlock(thing, &cookie);
	return 0;
}
