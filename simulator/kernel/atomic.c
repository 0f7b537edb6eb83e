/* Atomic counters. Whether they change anything that matters is for their callers to show. */

atomic int atomic_add_return(int n, atomic_t *v)
{
	return v->counter += n;
}

atomic long atomic_long_add_return(long n, atomic_long_t *v)
{
	return v->counter += n;
}

atomic int atomic_cmpxchg(atomic_t *v, int old, int new)
{
	int was = v->counter;

	if (was == old)
		v->counter = new;
	return was;
}

atomic int atomic_inc_not_zero(atomic_t *v)
{
	if (!v->counter)
		return 0;
	v->counter++;
	return 1;
}
