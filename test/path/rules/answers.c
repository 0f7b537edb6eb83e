/* Returns with the section, or NULL without it: what it maps is no NULL, then. */
static int *table_map(struct table *table)
{
	rcu_read_lock();
	if (table_is_empty(table)) {
		rcu_read_unlock();
		return NULL;
	}
	return map_words(table);
}

int *table_map_and_tell(struct table *table, struct request *request)
{
	int *words = table_map(table);

	if (words)
		request->size = table->size;
	return words;
}

/* Here NULL is one of many things that are returned. */
static int *table_try(struct table *table)
{
	rcu_read_lock();
	return map_words(table);
}

int *table_try_and_tell(struct table *table, struct request *request)
{
	int *words = table_try(table);

	if (!words && table->size > 8)
		return NULL;
	if (words)
		request->size = table->size;
	rcu_read_unlock();
	return NULL;
}

/* Who got it and goes wrong has to end the section. */
int table_map_and_forget(struct table *table)
{
	int *words = table_map(table);

	if (!words)
		return -ENOMEM;
	if (words[0] == 3)
		return -EIO;
	rcu_read_unlock();
	return 0;
}

/* Who unmaps a page table ends the section in which it was mapped, whoever began that. */
int *table_map_again(struct table *table, spinlock_t *lock)
{
	int *words;
again:
	words = table_map(table);
	if (!words)
		return NULL;
	spin_lock(lock);
	if (table_is_same(table))
		return words;
	pte_unmap_unlock(words, lock);
	goto again;
}

/* Who only releases the lock does not. */
int *table_map_on(struct table *table, spinlock_t *lock)
{
	int *words;
again:
	words = table_map(table);
	if (!words)
		return NULL;
	spin_lock(lock);
	if (table_is_same(table))
		return words;
	spin_unlock(lock);
	goto again;
}

/* An error says that the lock was not got, also where the lock is no other than one that is held. */
static int lock_it_twice(struct ticket *ticket, struct rank *rank)
{
	int error;

	ticket_lock(ticket, rank);
	if (ticket_trylock(ticket)) {
		ticket_unlock(ticket);
		error = -EINVAL;
		goto out;
	}
	error = ticket_lock(ticket, rank);
	if (error != -EALREADY) {
		tell(error);
		if (!error)
			ticket_unlock(ticket);
		error = -EINVAL;
		goto out;
	}
	error = 0;
out:
	ticket_unlock(ticket);
	return error;
}

int locks_it_twice(struct ticket *ticket, struct rank *rank)
{
	int error = lock_it_twice(ticket, rank);

	if (error)
		return error;
	return is_stamped(ticket) ? 0 : -EPERM;
}

/* Who was refused a lock waits for it without the other one, in the slow way. */
void locks_both(struct ticket *ticket, struct desk *desk, struct rank *rank)
{
	int error, again = 0;

	ticket_lock(&desk->own, rank);
	error = ticket_lock(ticket, rank);
	if (error == -EDEADLK) {
		error = 0;
		ticket_unlock(&desk->own);
		ticket_lock_slow(ticket, rank);
		again = ticket_lock(&desk->own, rank);
	}
	if (!error)
		ticket_unlock(ticket);
	if (!again)
		ticket_unlock(&desk->own);
}

/* What was answered is zero here, as it is elsewhere by itself. */
static int waits_for_stamp(struct desk *desk)
{
	int error;

	mutex_unlock(&desk->lock);
	error = wait_for_stamp(desk);
	if (error)
		close_desk(desk);
	mutex_lock(&desk->lock);
	if (is_torn(desk))
		error = -EIO;
	return error;
}

static int does_at_desk(struct desk *desk, int what)
{
	switch (what) {
	case 1:
		return waits_for_stamp(desk);
	case 2:
		return 0;
	}
	return -ENOTTY;
}

int works_at_desk(struct desk *desk, int what)
{
	int error;

	mutex_lock(&desk->lock);
	error = does_at_desk(desk, what);
	mutex_unlock(&desk->lock);
	return error;
}
