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

/* The functions stand in this file, and the modes in a header that is not read: `(A | B) & C` may be anything. */
void take_modes(struct thing *t, uint modes)
{
	ASSERT(modes & ~(THING_MASK | THING_SUBCLASS));
	if (modes & THING_IO_EXCL)
		down_write_nested(&OF_THING(t)->io, DEPTH_OF(modes));
	else if (modes & THING_IO_SHARED)
		down_read_nested(&OF_THING(t)->io, DEPTH_OF(modes));
	if (modes & THING_MAP_EXCL)
		down_write_nested(&OF_THING(t)->i_mapping->lock, DEPTH_OF(modes));
	else if (modes & THING_MAP_SHARED)
		down_read_nested(&OF_THING(t)->i_mapping->lock, DEPTH_OF(modes));
	if (modes & THING_EXCL)
		down_write_nested(&t->lock, DEPTH_OF(modes));
	else if (modes & THING_SHARED)
		down_read_nested(&t->lock, DEPTH_OF(modes));
}

void drop_modes(struct thing *t, uint modes)
{
	if (modes & THING_IO_EXCL)
		up_write(&OF_THING(t)->io);
	else if (modes & THING_IO_SHARED)
		up_read(&OF_THING(t)->io);
	if (modes & THING_MAP_EXCL)
		up_write(&OF_THING(t)->i_mapping->lock);
	else if (modes & THING_MAP_SHARED)
		up_read(&OF_THING(t)->i_mapping->lock);
	if (modes & THING_EXCL)
		up_write(&t->lock);
	else if (modes & THING_SHARED)
		up_read(&t->lock);
}

static void assert_modes(struct thing *t, uint modes)
{
	if (modes & THING_SHARED)
		rwsem_assert_held(&t->lock);
	else if (modes & THING_EXCL)
		rwsem_assert_held_write(&t->lock);
	if (modes & THING_MAP_SHARED)
		rwsem_assert_held(&OF_THING(t)->i_mapping->lock);
	else if (modes & THING_MAP_EXCL)
		rwsem_assert_held_write(&OF_THING(t)->i_mapping->lock);
	if (modes & THING_IO_SHARED)
		rwsem_assert_held(&OF_THING(t)->io);
	else if (modes & THING_IO_EXCL)
		rwsem_assert_held_write(&OF_THING(t)->io);
}

static void breaks_in_modes(struct inode *inode)
{
	assert_modes(THING_OF(inode), THING_MAP_EXCL);
	wait_until_idle(inode, wait_for_page);
}

void evicts_in_modes(struct inode *inode)
{
	struct thing *t = THING_OF(inode);
	uint modes = THING_IO_EXCL | THING_MAP_EXCL;

	if (is_dax(inode)) {
		take_modes(t, modes);
		breaks_in_modes(inode);
		drop_modes(t, modes);
	}
	forget_pages(&inode->i_data);
}

/* A lock that is leaked before any flag was asked for is leaked. */
int leaks_before_modes(struct thing *t)
{
	down_write(&OF_THING(t)->io);
	if (is_bad(t))
		return -EIO;
	if ((THING_IO_EXCL | THING_MAP_EXCL) & THING_MAP_SHARED)
		note(t);
	up_write(&OF_THING(t)->io);
	return 0;
}
