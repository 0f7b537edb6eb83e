/*
 * RCU. A read section delays whoever waits for a grace period, nobody else. Entering one is a step of its
 * own: a grace period may end right before it.
 */
int rcu_nesting[MONITOR + 1];

atomic void rcu_read_lock(void)
{
	rcu_nesting[__self()]++;
	__acquired(&rcu_nesting[__self()], LOCK_RCU, READ_LOCK);
}

fused void rcu_read_unlock(void)
{
	__released(&rcu_nesting[__self()], LOCK_RCU, READ_LOCK);
	rcu_nesting[__self()]--;
}

/* The threads that read now, one bit each. */
atomic int rcu_somebody_reads(void)
{
	int thread, readers = 0;

	for (thread = 0; thread < WORLD_THREADS; thread++)
		if (rcu_nesting[thread])
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
			__await_eq(&rcu_nesting[thread], 0);
}
