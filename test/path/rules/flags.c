/* Bits by names of a header that is not read: what was taken away from a word is not there any more. */

struct walker {
	unsigned int flags, turn;
	struct stop {
		int at;
		unsigned int turn;
	} *stops, first[2];
	int depth;
	int visits;
};

static void goes_slowly(struct walker *walker)
{
	walker->flags &= ~(WALK_FAST | WALK_BLIND);
	walker->turn = 0;
	mutex_unlock(&walkers_lock);
}

int slows_down_once(struct walker *walker)
{
	if (walker->flags & WALK_FAST)
		goes_slowly(walker);
	if (walker->flags & WALK_FAST)
		goes_slowly(walker);
	return 0;
}

/* The other bit is another question: this path releases twice. */
int slows_down_twice(struct walker *walker)
{
	if (walker->flags & WALK_FAST)
		goes_slowly(walker);
	if (walker->flags & WALK_WIDE)
		goes_slowly(walker);
	return 0;
}

/* An element of an array that the walker points to is not the walker. */
int slows_down_at_a_stop(struct walker *walker)
{
	struct stop *stop = walker->stops + walker->depth++;

	if (walker->flags & WALK_FAST)
		goes_slowly(walker);
	stop->at = 1;
	stop->turn = 3;
	if (walker->flags & WALK_FAST)
		goes_slowly(walker);
	return 0;
}

/* Nor is what has just been allocated, and what is copied is only read. */
int slows_down_for_more(struct walker *walker)
{
	struct stop *more;

	if (walker->flags & WALK_FAST)
		goes_slowly(walker);
	more = stops_alloc(8);
	if (!more)
		return -ENOMEM;
	memcpy(more, walker->first, sizeof(walker->first));
	more->at = 5;
	if (walker->flags & WALK_FAST)
		goes_slowly(walker);
	return 0;
}

static int counts(int *visits, int most)
{
	int n;

	for (n = 0; n < most; n++)
		if (is_open(n))
			(*visits)++;
	return *visits > most ? -EMFILE : 0;
}

/* Who is handed a member writes that, and nothing beside it. */
int slows_down_and_counts(struct walker *walker)
{
	int error;

	if (walker->flags & WALK_FAST)
		goes_slowly(walker);
	error = counts(&walker->visits, 40);
	if (walker->flags & WALK_FAST)
		goes_slowly(walker);
	return error;
}

/* What nobody knows may set the bit again, and take the lock for it. */
int slows_down_and_asks(struct walker *walker)
{
	if (walker->flags & WALK_FAST)
		goes_slowly(walker);
	walker_goes_on(walker);
	if (walker->flags & WALK_FAST)
		goes_slowly(walker);
	return 0;
}

void walks_fast(struct walker *walker)
{
	mutex_lock(&walkers_lock);
	walker->flags |= WALK_FAST;
}
