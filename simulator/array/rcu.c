/*
 * RCU. What was handed to call_rcu() goes as soon as it may: when every section has ended that was open when its grace
 * period began. Nobody can meet it later than that, so that whoever still uses it is found. A grace period begins when
 * the lock falls under which it was asked for.
 */

#define MAXIMUM_RETIRED 16

struct world_thread world_threads[MONITOR + 1];

/* readers: the threads that it still waits for, one bit each. Without a head the place is free. */
static struct {
	struct rcu_head *head;
	rcu_callback_t function;
	int readers;
} retired[MAXIMUM_RETIRED];

#define ASKED_UNDER_LOCK 0x100

atomic void rcu_read_lock(void)
{
	THIS_THREAD->rcu_nesting++;
	__acquired(&THIS_THREAD->rcu_nesting, LOCK_RCU, READ_LOCK);
}

static int readers_now(void)
{
	int thread, readers = 0;

	for (thread = 0; thread < WORLD_THREADS; thread++)
		if (world_threads[thread].rcu_nesting)
			readers |= 1 << thread;
	return readers;
}

static void go_if_unread(int place)
{
	struct rcu_head *head = retired[place].head;

	if (retired[place].readers)
		return;
	retired[place].head = NULL;
	retired[place].function(head);
}

atomic void rcu_read_unlock(void)
{
	int place;

	__released(&THIS_THREAD->rcu_nesting, LOCK_RCU, READ_LOCK);
	if (--THIS_THREAD->rcu_nesting)
		return;
	for (place = 0; place < MAXIMUM_RETIRED; place++) {
		if (!retired[place].head || (retired[place].readers & ASKED_UNDER_LOCK))
			continue;
		retired[place].readers &= readers_now();
		go_if_unread(place);
	}
}

static int free_place(void)
{
	int place;

	for (place = 0; place < MAXIMUM_RETIRED; place++)
		if (!retired[place].head)
			return place;
	__violate("model", "more nodes wait for readers than this world has room for");
	return 0;
}

atomic void call_rcu(struct rcu_head *head, rcu_callback_t function)
{
	int place = free_place();

	retired[place].head = head;
	retired[place].function = function;
	if (THIS_THREAD->locks_held) {
		__assume("a grace period begins when the lock falls under which it was asked for");
		retired[place].readers = ASKED_UNDER_LOCK;
		THIS_THREAD->retired_under_lock = 1;
	} else {
		retired[place].readers = readers_now();
		go_if_unread(place);
	}
}

/* There is one lock in this world: what was asked for under a lock was asked for by who gives it back. */
void end_of_lock(void)
{
	int place;

	THIS_THREAD->locks_held--;
	if (!THIS_THREAD->retired_under_lock)
		return;
	THIS_THREAD->retired_under_lock = 0;
	for (place = 0; place < MAXIMUM_RETIRED; place++) {
		if (!(retired[place].readers & ASKED_UNDER_LOCK))
			continue;
		retired[place].readers = readers_now();
		go_if_unread(place);
	}
}
