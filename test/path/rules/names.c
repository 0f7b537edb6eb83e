/* One lock by two names. */

/* Who warns of the area releases its map, and says so; it is the map that was locked at the beginning. */
int removes(struct map *map, struct area *area)
{
	int error;

	odd_lock(map);
	if (area_warn(area))
		odd_unlock(area->map);
	error = area_remove(area);
	odd_lock(area->map);
	note(error);
	odd_unlock(map);
	return error;
}

/* Nobody releases the one by the name of the other: these are two. */
int joins(struct map *map, struct area *area)
{
	odd_lock(map);
	odd_lock(area->map);
	if (area_is_bad(area)) {
		odd_unlock(map);
		return -EINVAL;
	}
	area_join(area, map);
	odd_unlock(area->map);
	odd_unlock(map);
	return 0;
}

static void hold(struct item *item)
{
	struct group *group = item_group(item->head);

	spin_lock(&group->lock);
	group->holder = current;
}

static void let_go(struct group *group)
{
	if (group->holder == current) {
		group->holder = NULL;
		spin_unlock(&group->lock);
	}
}

/* Whoever let it go without being its holder, it was the group that was held. */
int moves(struct item *item, struct group *to)
{
	struct group *from = item_group(item);

	hold(item);
	item->group = to;
	let_go(from);
	return 0;
}

/* It is not let go at all. */
int moves_or_fails(struct item *item, struct group *to)
{
	struct group *from = item_group(item);

	hold(item);
	if (group_is_full(to))
		return -EBUSY;
	item->group = to;
	let_go(from);
	return 0;
}

/* Who is the holder decides nothing. */
int moves_some(struct item *item, struct group *to)
{
	struct group *from = item_group(item);

	hold(item);
	item->group = to;
	if (group_is_full(from))
		return -EBUSY;
	spin_unlock(&from->lock);
	return 0;
}

/* What is traced may be locked for the caller, as the name says. */
struct crate *trace_crate_lock_reserve(struct crate *crate, int kind)
{
	struct crate *found;

	if (kind > 3) {
		preempt_disable();
		found = next_crate(crate);
		if (found) {
			found->kind = kind;
			return found;
		}
		preempt_enable();
	}
	found = make_crate(kind);
	found->kind = kind;
	return found;
}

/* What is private of two objects lies in two. */
#define lock_crate(crate) spin_lock(&ACCESS_PRIVATE(crate, lock))
#define unlock_crate(crate) spin_unlock(&ACCESS_PRIVATE(crate, lock))

int fills_one_with_the_other(struct crate *crate, struct crate *other)
{
	lock_crate(crate);
	if (is_full(crate)) {
		unlock_crate(crate);
		return -ENOSPC;
	}
	lock_crate(other);
	move(other, crate);
	unlock_crate(other);
	unlock_crate(crate);
	return 0;
}
