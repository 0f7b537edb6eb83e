/* A value that says what became of a lock, or which one is meant. */

static int waits_for(struct task *task)
{
	int number;

	if (!task->is_gone)
		return 0;
	number = task_number(task);
	read_unlock(&tasks_lock);
	return number;
}

/* Zero says that the lock is still held: a number that somebody answers is none. */
int waits_for_either(struct task *task, struct task *other)
{
	int number = waits_for(task);

	if (number)
		return number;
	return waits_for(other);
}

/* This does not ask what the first one said. */
int waits_for_both(struct task *task, struct task *other)
{
	waits_for(task);
	return waits_for(other);
}

void comes(struct task *task)
{
	read_lock(&tasks_lock);
	task->is_gone = 1;
}

static void *opens(struct box *box)
{
	if (!box)
		return NULL;
	mutex_lock(&box->lock);
	if (box->size == 7) {
		mutex_unlock(&box->lock);
		return NULL;
	}
	return box->content;
}

/* What is read and returned with the lock is not NULL. */
int looks_into(struct box *box)
{
	void *content = opens(box);

	if (!content)
		return -ENOENT;
	box->size = content_size(content);
	mutex_unlock(&box->lock);
	return 0;
}

int looks_into_and_forgets(struct box *box)
{
	void *content = opens(box);

	if (!content)
		return -ENOENT;
	if (content_is_odd(content))
		return -EINVAL;
	mutex_unlock(&box->lock);
	return 0;
}

/* An error in the place of a pointer says that no lock is held, whoever made it. */
void *finds_box(struct table *table)
{
	struct box *box, *found;

	rcu_read_lock();
	box = table_find(table);
	if (box)
		return box;
	found = table_search(table);
	if (IS_ERR(found)) {
		rcu_read_unlock();
		return found;
	}
	rcu_read_unlock();
	return NULL;
}

void *finds_box_and_forgets(struct table *table)
{
	struct box *box;

	rcu_read_lock();
	box = table_find(table);
	if (IS_ERR(box))
		return box;
	rcu_read_unlock();
	return box;
}

static int box_lock(struct box *box, int n)
{
	if (n != 1) {
		mutex_lock(&box->lock);
		return -1;
	}
	spin_lock(&box->small);
	return box->number;
}

static void box_unlock(struct box *box, int which)
{
	if (which == -1)
		mutex_unlock(&box->lock);
	else
		spin_unlock(&box->small);
}

/* Which of them it is nobody knows but who has locked it. */
int locks_one_of_two(struct box *box, int n)
{
	int which = box_lock(box, n);

	box->size++;
	box_unlock(box, which);
	return 0;
}

int locks_one_of_two_and_forgets(struct box *box, int n)
{
	int which = box_lock(box, n);

	if (box->size < 0)
		return -EINVAL;
	box_unlock(box, which);
	return 0;
}

static int is_small(int kind)
{
	switch (kind) {
	case BOX_SMALL:
	case BOX_TINY:
		return 1;
	default:
		return 0;
	}
}

/* What a small function asks is asked again where it is called again; what is of one kind is of no other. */
int locks_a_large_box(struct box *box)
{
	int kind = box->kind, number;

	if (!is_small(kind))
		mutex_lock(&box->lock);
	number = next_number(5);
	if (!is_small(kind))
		mutex_unlock(&box->lock);
	return number;
}

int locks_a_round_box(struct box *box)
{
	int kind = box->kind, number;

	if (kind == BOX_ROUND)
		mutex_lock(&box->lock);
	number = next_number(5);
	switch (kind) {
	case BOX_SMALL:
		return number;
	case BOX_TINY:
		break;
	default:
		if (kind == BOX_ROUND)
			mutex_unlock(&box->lock);
	}
	return 0;
}

/* It is called to lock: what it returns is locked. */
struct box *box_lock_first(struct table *table)
{
	struct box *box = table->first;

	mutex_lock(&table->lock);
	if (box->size)
		return box;
	mutex_unlock(&table->lock);
	return table_next(table);
}

/* Who writes a page to the disk unlocks it, or says that he has not. */
int writes_again(struct page *page)
{
	lock_page(page);
	if (store_write_page(page))
		lock_page(page);
	unlock_page(page);
	return 0;
}

/* What somebody answered is handed on as an error: all went well where zero is returned, and the lock has fallen. */
int fails_and_forgets(struct box *box)
{
	int error;

	mutex_lock(&box->lock);
	error = prepare_number(7);
	if (error)
		return error;
	mutex_unlock(&box->lock);
	return 0;
}

/* Who was handed the box may have released its lock. */
int fails_as_told(struct box *box)
{
	int error;

	mutex_lock(&box->lock);
	error = prepare_box(box, 7);
	if (error)
		return error;
	mutex_unlock(&box->lock);
	return 0;
}

/* Zero says that the lock is held, and so may what is not zero. */
int succeeds_with_the_lock(struct box *box)
{
	int number;

	mutex_lock(&box->lock);
	number = next_number(7);
	if (number)
		return number;
	if (box->size)
		return 0;
	mutex_unlock(&box->lock);
	return -EAGAIN;
}
