/*
 * Reader-writer semaphores. Readers come in whenever no writer holds the lock: a waiting writer does not
 * keep them out, which allows every order that the kernel's queueing allows and more.
 *
 * While nobody ever asked for writing, readers cannot meet anything and taking the lock is no step of its
 * own; `written` is what they look at for that, and it is set before the first writer looks at the count.
 */

static fused void count_reader(struct rw_semaphore *lock)
{
	lock->count++;
}

static atomic void wait_for_writer(struct rw_semaphore *lock)
{
	__await_ge(&lock->count, 0);
	lock->count++;
}

static atomic void wait_for_everyone(struct rw_semaphore *lock)
{
	__await_eq(&lock->count, 0);
	lock->count = -1;
}

static atomic void announce_writer(struct rw_semaphore *lock)
{
	if (!lock->written)
		lock->written = 1;
}

atomic void down_read(struct rw_semaphore *lock)
{
	__acquiring(lock, LOCK_RWSEM, READ_LOCK);
	if (lock->written)
		wait_for_writer(lock);
	else
		count_reader(lock);
	__acquired(lock, LOCK_RWSEM, READ_LOCK);
}

void down_write(struct rw_semaphore *lock)
{
	__acquiring(lock, LOCK_RWSEM, WRITE_LOCK);
	announce_writer(lock);
	wait_for_everyone(lock);
	__acquired(lock, LOCK_RWSEM, WRITE_LOCK);
}

atomic int down_read_trylock(struct rw_semaphore *lock)
{
	if (lock->count < 0)
		return 0;
	lock->count++;
	__acquired(lock, LOCK_RWSEM, READ_LOCK);
	return 1;
}

atomic int down_write_trylock(struct rw_semaphore *lock)
{
	if (lock->count)
		return 0;
	lock->written = 1;
	lock->count = -1;
	__acquired(lock, LOCK_RWSEM, WRITE_LOCK);
	return 1;
}

fused void up_read(struct rw_semaphore *lock)
{
	__released(lock, LOCK_RWSEM, READ_LOCK);
	lock->count--;
}

fused void up_write(struct rw_semaphore *lock)
{
	__released(lock, LOCK_RWSEM, WRITE_LOCK);
	lock->count = 0;
}

fused void downgrade_write(struct rw_semaphore *lock)
{
	__released(lock, LOCK_RWSEM, WRITE_LOCK);
	lock->count = 1;
	__acquired(lock, LOCK_RWSEM, READ_LOCK);
}
