/*
 * Reader-writer semaphores. Readers come in whenever no writer holds the lock: a waiting writer does not
 * keep them out, which allows every order that the kernel's queueing allows and more.
 */

atomic void down_read(struct rw_semaphore *lock)
{
	__acquiring(lock, LOCK_RWSEM, READ_LOCK);
	__await_ge(&lock->count, 0);
	lock->count++;
	__acquired(lock, LOCK_RWSEM, READ_LOCK);
}

atomic void down_write(struct rw_semaphore *lock)
{
	__acquiring(lock, LOCK_RWSEM, WRITE_LOCK);
	__await_eq(&lock->count, 0);
	lock->count = -1;
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
