/*
 * What is looked for lies on one of two levels, each with a lock of its own: whoever finds it returns with the lock
 * of its level.
 */
int find_on_a_level(struct table *table, struct place *place)
{
	spin_lock(&table->upper);
	if (is_found_above(table, place))
		return 0;
	spin_unlock(&table->upper);
	spin_lock(&table->lower);
	if (is_found_below(table, place))
		return 0;
	spin_unlock(&table->lower);
	return -ENOENT;
}

/* The same value with the lock and with none at all. */
int leaves_one_level(struct table *table, struct place *place)
{
	spin_lock(&table->upper);
	if (is_found_above(table, place))
		return 0;
	spin_unlock(&table->upper);
	return 0;
}

/* The caller says whether the lock is to stay. */
int links_and_may_keep(struct thing *thing, struct request *request)
{
	spin_lock(&thing->lock);
	change(thing->size);
	if (!request->keeps_lock)
		spin_unlock(&thing->lock);
	return 0;
}

/* The caller does not say that. */
int forgets_when_bad(struct thing *thing, struct request *request)
{
	spin_lock(&thing->lock);
	if (is_bad(thing))
		return 0;
	change(thing->size);
	spin_unlock(&thing->lock);
	return 0;
}

void both_halves(struct thing *thing)
{
	spin_lock(&thing->lock);
	change(thing->size);
	spin_unlock(&thing->lock);
}

struct pages_batch {
	unsigned int nr;
	struct page *pages[15];
};

/* How many pages are left in a batch after others saw it is not known: none of them is leaked by that. */
void drops_what_it_locked(struct address_space *mapping, struct page *page)
{
	struct pages_batch batch;
	unsigned int i;

	batch.nr = 0;
	if (!trylock_page(page))
		return;
	batch.pages[batch.nr++] = page;
	delete_page_batch(mapping, &batch);
	for (i = 0; i < batch.nr; i++)
		unlock_page(batch.pages[i]);
}

/* The batch has nothing to do with this page. */
void locks_beside_a_batch(struct address_space *mapping, struct page *page, struct page *other)
{
	struct pages_batch batch;

	batch.nr = 0;
	batch.pages[batch.nr++] = other;
	if (!trylock_page(page))
		return;
	delete_page_batch(mapping, &batch);
	if (batch.nr)
		return;
	unlock_page(page);
}

/* It was found by its member; whose name says that it unlocks is told of the object. */
int found_by_its_member(struct batch *batch, struct list_head *queue)
{
	while (!list_empty(queue)) {
		struct thing *thing = list_entry(queue->prev, struct thing, siblings);

		spin_lock(&thing->guard);
		list_del_init(&thing->siblings);
		attach_and_unlock_thing(batch, thing);
		msleep(thing->size);
	}
	return 0;
}

static void drop(struct thing *thing)
{
	spin_lock(&thing->lock);
	if (thing->size > 0)
		wake_its_users(thing);
	spin_unlock(&thing->lock);
}

/* The head of its loop is its beginning: there ways meet, though only one leads back. */
void begins_with_a_loop(struct table *table)
{
	while (1) {
		struct thing *thing;

		thing = table->first;
		if (!thing)
			break;
		drop(thing);
	}
}

/* Who is called may have released the lock of what he was given, and his answer says so. */
int asks_each(struct table *table, int (*isolate)(struct thing *thing, struct table *table))
{
	struct thing *thing = NULL;

restart:
	spin_lock(&table->lock);
	while (has_more(table, thing)) {
		thing = next_of(table, thing);
		switch (isolate(thing, table)) {
		case THING_RETRY:
			goto restart;
		case THING_STOP:
			return 0;
		default:
			break;
		}
	}
	spin_unlock(&table->lock);
	return 0;
}

/* He was not given what the lock is of. */
int asks_about_another(struct table *table, struct thing *other, int (*isolate)(struct thing *thing))
{
	spin_lock(&table->lock);
	if (isolate(other))
		return -EBUSY;
	spin_unlock(&table->lock);
	return 0;
}

static int finds(struct walk *walk)
{
	walk->guard = &walk->table->lower;
	spin_lock(walk->guard);
	if (is_found_below(walk->table, walk->place))
		return 1;
	spin_unlock(walk->guard);
	return 0;
}

/* Where the lock is stands in what ends the walk. */
void walks_once(struct table *table, struct place *place)
{
	struct walk walk = { .table = table, .place = place };

	if (!finds(&walk))
		return;
	walk_done(&walk);
	table->size++;
}

/* It does not stand there. */
void walks_and_forgets(struct table *table, struct place *place)
{
	struct walk walk = { .table = table, .place = place };

	if (!finds(&walk))
		return;
	table_done(table->last);
	table->size++;
}

/* What was begun is ended by whoever finishes it later; the answer says that. */
int begins_and_lets_go(struct request *request, int (*write)(struct request *request))
{
	int error;

	request_start_work(request);
	error = write(request);
	if (error != -EIOCBQUEUED)
		request_end_work(request);
	return error;
}

/* Who waits is handed the lock itself, wherever it stands among what he gets, and may release it. */
int waits_behind(struct table *table)
{
	spin_lock(&table->lock);
	if (table->size > 8) {
		wait_for_room(&table->room, &table->lock);
		return -EAGAIN;
	}
	table->size++;
	spin_unlock(&table->lock);
	return 0;
}

/* Who is asked whether others wait for it has nothing to release. */
int asks_for_waiters(struct table *table)
{
	down_read(&table->gate);
	if (rwsem_is_contended(&table->gate))
		return -EAGAIN;
	table->size++;
	up_read(&table->gate);
	return 0;
}

/* An object that is locked by itself is handed to many who do not care. */
int tells_of_a_thing(struct table *table, struct thing *thing)
{
	odd_lock(thing);
	if (table->size > 8) {
		table_note(table, thing);
		return -EAGAIN;
	}
	table->size++;
	odd_unlock(thing);
	return 0;
}
