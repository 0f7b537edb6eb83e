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

/* The functions stand in this file, and the bits in a header that is not read: `(A | B) & C` may be anything. */
void open_box(struct box *box, uint how)
{
	note_opened(box, how);
	if (how & BOX_READ)
		down_write(&box->reading);
	if (how & BOX_FILL)
		down_write(&box->filling);
	else if (how & BOX_LOOK)
		down_read(&box->filling);
}

void shut_box(struct box *box, uint how)
{
	if (how & BOX_FILL)
		up_write(&box->filling);
	else if (how & BOX_LOOK)
		up_read(&box->filling);
	if (how & BOX_READ)
		up_write(&box->reading);
}

static void expect_box(struct box *box, uint how)
{
	if (how & BOX_LOOK)
		expect_looking(box);
	else if (how & BOX_FILL)
		expect_filling(box);
	if (how & BOX_READ)
		expect_reading(box);
}

void fills_a_box(struct shelf *shelf)
{
	struct box *box = BOX_OF(shelf);
	uint how = BOX_READ | BOX_FILL;

	if (is_open(shelf)) {
		open_box(box, how);
		expect_box(box, BOX_FILL);
		fill(box);
		shut_box(box, how);
	}
	leave(&shelf->list);
}

/* A lock that is leaked before any flag was asked for is leaked. */
int leaks_before_modes(struct thing *t)
{
	down_write(&t->io);
	if (is_bad(t))
		return -EIO;
	if ((BOX_READ | BOX_FILL) & BOX_KEEP)
		note(t);
	up_write(&t->io);
	return 0;
}

/* Who answers with a positive number may say by it that the lock is held for reading only from there on. */
int shrinks(ulong place)
{
	struct map *map = current->map;
	bool reads = false;
	int answer;

	down_write(&current->map->sem);
	answer = map_cut(map, place, true);
	if (answer == 1)
		reads = true;
	note(place);
	if (reads)
		up_read(&current->map->sem);
	else
		up_write(&current->map->sem);
	return answer < 0 ? answer : 0;
}

/* An error says nothing of the kind. */
int shrinks_or_fails(struct map *map, ulong place)
{
	int error;

	down_write(&map->sem);
	error = map_cut(map, place, true);
	if (error) {
		up_read(&map->sem);
		return error;
	}
	up_write(&map->sem);
	return 0;
}

/* Nor does who was handed another one. */
int shrinks_another(struct map *map, struct map *other, ulong place)
{
	int answer;

	down_write(&map->sem);
	answer = map_cut(other, place, true);
	if (answer == 1)
		up_read(&map->sem);
	else
		up_write(&map->sem);
	return 0;
}

static int grow(struct thing *thing, int flags)
{
	int error;

	if (may_wait(flags))
		local_irq_enable();
	flags |= thing->flags;
	error = thing_grow(thing, flags);
	if (may_wait(flags))
		local_irq_disable();
	return error;
}

/* Interrupts are off when they were turned off, once or twice. */
int grows(struct thing *thing, int flags)
{
	int error;

	local_irq_disable();
	error = grow(thing, flags);
	local_irq_enable();
	return error;
}

/* And stay off when nobody turns them on. */
int grows_and_fails(struct thing *thing, int flags)
{
	local_irq_disable();
	if (grow(thing, flags))
		return -ENOMEM;
	local_irq_enable();
	return 0;
}
