/* Spinlocks, as in ../kernel/spinlock.c; where one falls, grace periods may begin that were asked for under it. */

atomic void spin_lock(spinlock_t *lock)
{
	__acquiring(lock, LOCK_SPIN, WRITE_LOCK);
	__await_eq(&lock->locked, 0);
	lock->locked = 1;
	THIS_THREAD->locks_held++;
	__acquired(lock, LOCK_SPIN, WRITE_LOCK);
}

/* Shows whether the lock is taken, so its state is visible to everyone. */
atomic int spin_trylock(spinlock_t *lock)
{
	if (lock->locked)
		return 0;
	lock->locked = 1;
	THIS_THREAD->locks_held++;
	__acquired(lock, LOCK_SPIN, WRITE_LOCK);
	return 1;
}

atomic void spin_unlock(spinlock_t *lock)
{
	__released(lock, LOCK_SPIN, WRITE_LOCK);
	lock->locked = 0;
	end_of_lock();
}
