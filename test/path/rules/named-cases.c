/* Cases that are names from a header: whatever they stand for, what is one of them is none of the others. */

static int prepare(struct thing *thing)
{
	odd_lock(thing);
	if (thing->size < 0) {
		odd_unlock(thing);
		return -ENOMEM;
	}
	return THING_READY;
}

/* It is held when the thing is ready, and only then. */
int uses_what_is_ready(struct thing *thing)
{
	switch (prepare(thing)) {
	case -ENOMEM:
		return 1;
	case THING_READY:
		thing->uses++;
		odd_unlock(thing);
	}
	return 0;
}

/* Of two names it is not known whether they stand for one value. */
int forgets_what_is_ready(struct thing *thing)
{
	switch (prepare(thing)) {
	case THING_LATE:
		odd_unlock(thing);
		return 1;
	default:
		return -EBUSY;
	}
}

/* Ready, and not used. */
int leaves_what_is_ready(struct thing *thing)
{
	switch (prepare(thing)) {
	case -ENOMEM:
		return 1;
	case THING_READY:
		if (thing->uses > 8)
			return -EBUSY;
		thing->uses++;
		odd_unlock(thing);
	}
	return 0;
}

static int begin_with(struct thing *thing)
{
	odd_lock(thing);
	if (thing_waits(thing)) {
		odd_unlock(thing);
		return THING_WAITS;
	}
	return THING_BEGUN;
}

/* The same without a switch: what was answered by its name is known by its name. */
int begins_and_ends(struct thing *thing)
{
	int answer = begin_with(thing);

	if (answer != THING_BEGUN)
		return -EAGAIN;
	thing->uses++;
	odd_unlock(thing);
	return 0;
}

/* And begun it must be ended. */
int begins_only(struct thing *thing)
{
	int answer = begin_with(thing);

	if (answer != THING_BEGUN)
		return -EAGAIN;
	if (thing_is_bad(thing))
		return -EINVAL;
	odd_unlock(thing);
	return 0;
}

static int wants_to_write(int what)
{
	switch (what) {
	case THING_LOOK:
	case THING_COUNT:
		return 0;
	default:
		return 1;
	}
}

static int does(struct thing *thing, int what)
{
	switch (what) {
	case THING_LOOK:
		up_read(&thing->gate);
		thing_look(thing);
		down_read(&thing->gate);
		return 0;
	default:
		return thing_change(thing, what);
	}
}

/* What was none of the names at the first switch is none of them at the next. */
int does_what_is_wanted(struct thing *thing, int what)
{
	int writes = wants_to_write(what);
	int error;

	if (writes)
		down_write(&thing->gate);
	else
		down_read(&thing->gate);
	error = does(thing, what);
	if (writes)
		up_write(&thing->gate);
	else
		up_read(&thing->gate);
	return error;
}

static int does_more(struct thing *thing, int what)
{
	switch (what) {
	case THING_PAINT:
		up_read(&thing->gate);
		thing_paint(thing);
		down_read(&thing->gate);
		return 0;
	default:
		return thing_change(thing, what);
	}
}

/* This name the first one has forgotten. */
int does_more_than_is_wanted(struct thing *thing, int what)
{
	int writes = wants_to_write(what);
	int error;

	if (writes)
		down_write(&thing->gate);
	else
		down_read(&thing->gate);
	error = does_more(thing, what);
	if (writes)
		up_write(&thing->gate);
	else
		up_read(&thing->gate);
	return error;
}
