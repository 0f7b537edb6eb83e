/*
 * Functions of no kernel: a walk that takes a lock, and callers that hold it, do not hold it, or need not.
 * for-some.patch makes the walk take it for some callers only.
 */

void walk(struct house *house)
{
	down_write(&house->rooms_lock);
	if (!empty(&house->rooms))
		visit_all(&house->rooms);
	up_write(&house->rooms_lock);
}

/* It holds the lock, at least where the walk does not take it. */
void holds(struct house *house)
{
	if (house->flags & SHARED)
		down_write(&house->rooms_lock);
	change(house);
	walk(house);
	if (house->flags & SHARED)
		up_write(&house->rooms_lock);
}

void forgets(struct house *house)
{
	house->count++;
	walk(house);
}

/* It had the lock, and lets it go for the walk. */
void lets_go(struct house *house)
{
	down_write(&house->rooms_lock);
	change(house);
	up_write(&house->rooms_lock);
	walk(house);
}

/* Of these houses the walk takes the lock by itself. */
void asks_first(struct house *house)
{
	if (house->flags & SHARED)
		return;
	walk(house);
}

/* Who calls this one holds the lock: it is not to blame. */
static void is_called_with_it(struct house *house)
{
	walk(house);
}

void calls_with_it(struct house *house)
{
	if (house->flags & SHARED)
		down_write(&house->rooms_lock);
	is_called_with_it(house);
	if (house->flags & SHARED)
		up_write(&house->rooms_lock);
}
