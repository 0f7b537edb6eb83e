/* What is an error by its name is an error when it is asked for again. */
int knows_its_error(struct thing *thing)
{
	int err = tidy(thing);

	mutex_lock(&thing->lock);
	if (err != -EODDITY) {
		mutex_unlock(&thing->lock);
		return 1;
	}
	if (err < 0)
		mutex_unlock(&thing->lock);
	return 0;
}

int takes_it_for_none(struct thing *thing)
{
	int err = tidy(thing);

	mutex_lock(&thing->lock);
	if (err != -EODDITY) {
		mutex_unlock(&thing->lock);
		return 0;
	}
	if (err >= 0)
		mutex_unlock(&thing->lock);
	return 0;
}

/* A search that hands on what it found in memory, or nothing, never answers with an error. */
static struct thing *search(struct thing *head, int key)
{
	struct thing *each;

	for (each = head->next; each; each = each->next)
		if (each->key == key)
			return each;
	return NULL;
}

static struct thing *search_and_fail(struct thing *head, int key)
{
	struct thing *each;

	for (each = head->next; each; each = each->next)
		if (each->key == key)
			return each;
	return head->bad ? ERR_PTR(-EIO) : NULL;
}

static struct thing *found_locked(struct thing *head, int key)
{
	struct thing *thing;

	spin_lock(&head->lock);
	thing = search(head, key);
	if (thing)
		return thing;
	spin_unlock(&head->lock);
	return ERR_PTR(-ENOENT);
}

int uses_the_found(struct thing *head, int key)
{
	struct thing *thing = found_locked(head, key);

	if (IS_ERR(thing))
		return -EINVAL;
	thing->used = 1;
	spin_unlock(&head->lock);
	return 0;
}

static struct thing *failed_locked(struct thing *head, int key)
{
	struct thing *thing;

	spin_lock(&head->lock);
	thing = search_and_fail(head, key);
	if (thing)
		return thing;
	spin_unlock(&head->lock);
	return ERR_PTR(-ENOENT);
}

int uses_the_failed(struct thing *head, int key)
{
	struct thing *thing = failed_locked(head, key);

	if (IS_ERR(thing))
		return -EINVAL;
	thing->used = 1;
	spin_unlock(&head->lock);
	return 0;
}

/* A lock is handed on by the way that leads to it from something else. */
int waits_by_another_way(struct yard *yard, struct gate *gate)
{
	spin_lock(&yard->lock);
	if (try_to_open(gate)) {
		spin_unlock(&yard->lock);
		return 0;
	}
	sleep_until_open(&gate->queue, &gate->yard->lock);
	return 0;
}

/* It is another one where that is held, too. */
int waits_with_another(struct yard *yard, struct yard *other, struct gate *gate)
{
	spin_lock(&yard->lock);
	spin_lock_nested(&other->lock, 1);
	if (try_to_open(gate)) {
		spin_unlock(&other->lock);
		spin_unlock(&yard->lock);
		return 0;
	}
	sleep_until_open(&gate->queue, &other->lock);
	return 0;
}

/* The last who holds a reference ends what was begun. */
int ends_as_the_last(struct work *work)
{
	yard_start_write(work->yard);
	if (refcount_read(&work->users) > 1) {
		refcount_dec(&work->users);
		return 0;
	}
	yard_end_write(work->yard);
	return 0;
}

int ends_unless_empty(struct work *work)
{
	yard_start_write(work->yard);
	if (refcount_read(&work->users) == 0)
		return 0;
	yard_end_write(work->yard);
	return 0;
}

/* A variable of the file says that nothing is turned on any more. */
static int broken_for_good;

int stops_and_starts(struct belt *belt)
{
	if (belt->on)
		belt_feed_disable(belt);
	move_all();
	if (broken_for_good)
		return 0;
	if (belt->on)
		belt_feed_enable(belt);
	return 0;
}

static void starts_unless_broken(struct belt *belt)
{
	if (broken_for_good)
		return;
	mutex_lock(&belt->lock);
	belt_feed_enable(belt);
	mutex_unlock(&belt->lock);
}

int stops_and_breaks(struct belt *belt)
{
	int error = 0;

	belt_feed_disable(belt);
	if (move_all()) {
		error = -EIO;
		if (is_holiday())
			broken_for_good = 1;
	}
	starts_unless_broken(belt);
	return error;
}

int stops_unless_moved(struct belt *belt)
{
	belt_feed_disable(belt);
	if (is_holiday())
		return 0;
	belt_feed_enable(belt);
	return 0;
}

/* What was just allocated is not what was there before. */
int copies_to_write(struct paper *paper)
{
	struct text *text;

	lock_paper(paper);
	text = paper->text;
	if (text->users > 1) {
		unlock_paper(paper);
		text = kmalloc(text->size, GFP_KERNEL);
		if (!text)
			return -ENOMEM;
	}
	scribble(text);
	if (text == paper->text)
		unlock_paper(paper);
	return 0;
}

int copies_and_forgets(struct paper *paper)
{
	struct text *text;

	lock_paper(paper);
	text = paper->text;
	if (text->users > 1) {
		unlock_paper(paper);
		text = find_text(paper);
	}
	scribble(text);
	if (text == paper->text)
		unlock_paper(paper);
	return 0;
}

/* Who moves a page, or puts it back as a locked one, unlocks it. */
int moves_page(struct shelf *shelf, struct page *page)
{
	lock_page(page);
	if (is_wrong(shelf)) {
		unlock_page(page);
		return -EINVAL;
	}
	migrate_torn_page(shelf, page);
	return -EINVAL;
}

int puts_page(struct shelf *shelf, struct page *page)
{
	lock_page(page);
	if (is_wrong(shelf)) {
		shelf_put_page(page, 1);
		return -EINVAL;
	}
	unlock_page(page);
	return 0;
}

int puts_page_locked(struct shelf *shelf, struct page *page)
{
	lock_page(page);
	if (is_wrong(shelf)) {
		shelf_put_page(page, 0);
		return -EINVAL;
	}
	unlock_page(page);
	return 0;
}
