/* Where nothing is said since something is taken for granted: each function relies on one thing that is told. */

/* No path releases it. */
int takes_for_good(struct thing *thing)
{
	mutex_lock(&thing->lock);
	return 0;
}

/* It is handed to what nobody knows, which may release it. */
int hands_it_on(struct thing *thing)
{
	odd_lock(thing);
	if (thing->size < 0) {
		thing_finish(thing);
		return -EINVAL;
	}
	odd_unlock(thing);
	return 0;
}

/* The one that was handed on is not the one that is forgotten: this is no matter of belief. */
int forgets_another(struct thing *thing, struct thing *other)
{
	odd_lock(thing);
	spin_lock(&other->lock);
	thing_finish(thing);
	if (thing->size < 0)
		return -EINVAL;
	spin_unlock(&other->lock);
	odd_unlock(thing);
	return 0;
}

/* A method may release it. */
int through_a_method(struct thing *thing)
{
	mutex_lock(&thing->lock);
	if (thing->size < 0) {
		thing->methods->refuse(thing);
		return -EINVAL;
	}
	mutex_unlock(&thing->lock);
	return 0;
}

/* The path releases one of the same kind that it never took. */
int crosses_over(struct thing *thing, struct thing *other)
{
	mutex_lock(&thing->lock);
	if (thing->size < 0) {
		mutex_unlock(&other->guard);
		return -EINVAL;
	}
	mutex_unlock(&thing->lock);
	return 0;
}

/* The page is the caller's, too. */
int of_the_caller(struct fault *fault)
{
	struct page *page = fault->page;

	lock_page(page);
	if (page->mapping)
		return 0;
	unlock_page(page);
	return -EINVAL;
}

/* What is returned says that it is held. */
int tells_by_value(struct thing *thing)
{
	mutex_lock(&thing->lock);
	if (thing->size > 0)
		return 1;
	mutex_unlock(&thing->lock);
	return 0;
}

/* What stands there may be something that nobody waits for. */
int asks_a_bit(struct xa_state *xas)
{
	void *entry;

	xas_lock_irq(xas);
	entry = get_unlocked_entry(xas);
	if ((unsigned long)entry & 4) {
		xas_unlock_irq(xas);
		return 0;
	}
	put_unlocked_entry(xas, entry);
	xas_unlock_irq(xas);
	return 0;
}

/* A bit is asked for, and on every way the entry is put back: nothing is relied on. */
int asks_and_puts(struct xa_state *xas)
{
	void *entry;
	int was = 0;

	xas_lock_irq(xas);
	entry = get_unlocked_entry(xas);
	if ((unsigned long)entry & 4)
		was = 1;
	put_unlocked_entry(xas, entry);
	xas_unlock_irq(xas);
	return was;
}

/* The list of arguments is no lock: a copy of it is ended, too. */
int tells_twice(struct thing *thing, const char *format, ...)
{
	va_list args, again;

	va_start(args, format);
	va_copy(again, args);
	thing->size = vsnprintf(thing->name, 8, format, again);
	va_end(again);
	va_end(args);
	return 0;
}

/* What is told of a beginning, and a switch for good, is no lock. */
int tells_and_switches(struct thing *thing)
{
	trace_work_begin(thing);
	if (thing->size > 0)
		static_branch_enable(&the_branch);
	else
		static_branch_disable(&the_branch);
	if (thing->size > 1)
		return -EBUSY;
	trace_work_end(thing);
	return 0;
}

/* A branch is switched off by its key, and stays so. */
void turns_keys(void)
{
	static_key_disable(&key_of_feeding);
	if (is_hungry())
		static_key_enable(&key_of_feeding);
}

static int split(struct thing *thing, int downgrades)
{
	int error = part_of(thing);

	if (error)
		return error;
	if (downgrades)
		downgrade_write(&thing->gate);
	return downgrades ? 1 : 0;
}

/* An error is no positive number: only who has downgraded answers 1. */
int splits(struct thing *thing)
{
	int answer;

	down_write(&thing->gate);
	answer = split(thing, 1);
	if (answer == 1) {
		up_read(&thing->gate);
		return 0;
	}
	up_write(&thing->gate);
	return answer;
}

/* What is left of the lock is written to a variable. */
int gets_and_hears(struct thing *thing)
{
	int locked = 1, error;

	down_read(&thing->gate);
	error = get_parts_locked(thing->parts, &locked);
	if (locked)
		up_read(&thing->gate);
	return error;
}

static struct mutex update_lock;
static bool updating;

/* A variable of the file tells, which is left as it was where nothing is held. */
int updates(struct request *request)
{
	if (!updating)
		mutex_lock(&update_lock);
	if (!request_is_update(request))
		goto out;
	if (!updating) {
		updating = true;
		request_apply(request);
		return 0;
	}
	request_drop(request);
	updating = false;
out:
	if (!updating)
		mutex_unlock(&update_lock);
	return 0;
}

/* It does not: this one stays locked, and nobody hears of it. */
int updates_and_forgets(struct request *request)
{
	if (!updating)
		mutex_lock(&update_lock);
	if (!request_is_update(request))
		return 0;
	request_drop(request);
	updating = false;
	mutex_unlock(&update_lock);
	return 0;
}

/* Memory that is to stay where it is is not locked for anybody. */
int moves_out(struct area *area, struct page *page)
{
	if (area->stays)
		mlock_area_page(page, area);
	if (page->count > 1) {
		munlock_area_page(page, area);
		return -EBUSY;
	}
	munlock_area_page(page, area);
	munlock_area_page(page, area);
	return area_take(area, page);
}

/* A name that ends alike is one of a lock. */
int moves_out_of_a_room(struct room *room, struct page *page)
{
	roomlock_page(room);
	if (page->count > 1) {
		roomunlock_page(room);
		return -EBUSY;
	}
	roomunlock_page(room);
	roomunlock_page(room);
	return 0;
}
