/*
 * RCU. A read section delays whoever waits for a grace period, nobody else. Entering one is a step of its
 * own: a grace period may end right before it.
 */

atomic void rcu_read_lock(void)
{
	THIS_THREAD->rcu_nesting++;
	__acquired(&THIS_THREAD->rcu_nesting, LOCK_RCU, READ_LOCK);
}

fused void rcu_read_unlock(void)
{
	__released(&THIS_THREAD->rcu_nesting, LOCK_RCU, READ_LOCK);
	THIS_THREAD->rcu_nesting--;
}

/* The threads that read now, one bit each. */
atomic int rcu_somebody_reads(void)
{
	int thread, readers = 0;

	for (thread = 0; thread < WORLD_THREADS; thread++)
		if (world_threads[thread].rcu_nesting)
			readers |= 1 << thread;
	return readers;
}

/* Waits until every section that was open at the call has ended; sections that begin later do not count. */
void synchronize_rcu(void)
{
	int readers, thread;

	__might_sleep();
	readers = rcu_somebody_reads();
	for (thread = 0; thread < WORLD_THREADS; thread++)
		if (readers & (1 << thread))
			__await_eq(&world_threads[thread].rcu_nesting, 0);
}
