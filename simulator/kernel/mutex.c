/* Mutexes: as spinlocks, but waiting sleeps, and so may whoever holds one. */

atomic void mutex_lock(struct mutex *lock)
{
	__acquiring(lock, LOCK_MUTEX, WRITE_LOCK);
	__await_eq(&lock->locked, 0);
	lock->locked = 1;
	__acquired(lock, LOCK_MUTEX, WRITE_LOCK);
}

atomic int mutex_trylock(struct mutex *lock)
{
	if (lock->locked)
		return 0;
	lock->locked = 1;
	__acquired(lock, LOCK_MUTEX, WRITE_LOCK);
	return 1;
}

fused void mutex_unlock(struct mutex *lock)
{
	__released(lock, LOCK_MUTEX, WRITE_LOCK);
	lock->locked = 0;
}
