/* Wait entries on the stack, which must not outlive the function. */

struct pond {
	struct wait_queue_head shore;
	int frozen;
	int empty;
};

/* right: taken out on its one way */
void pond_wait(struct pond *pond)
{
	DEFINE_WAIT(wait);

	prepare_to_wait(&pond->shore, &wait, TASK_UNINTERRUPTIBLE);
	if (pond->frozen)
		schedule();
	finish_wait(&pond->shore, &wait);
}

/* wrong: a signal ends it early */
int pond_wait_signal(struct pond *pond)
{
	DEFINE_WAIT(wait);

	for (;;) {
		prepare_to_wait(&pond->shore, &wait, TASK_INTERRUPTIBLE);
		if (!pond->frozen)
			break;
		if (signal_pending(current))
			return -ERESTARTSYS;
		schedule();
	}
	finish_wait(&pond->shore, &wait);
	return 0;
}

/* right: a signal ends it by the same door */
int pond_wait_door(struct pond *pond)
{
	DEFINE_WAIT(wait);
	int error = 0;

	for (;;) {
		prepare_to_wait(&pond->shore, &wait, TASK_INTERRUPTIBLE);
		if (!pond->frozen)
			break;
		if (signal_pending(current)) {
			error = -ERESTARTSYS;
			break;
		}
		schedule();
	}
	finish_wait(&pond->shore, &wait);
	return error;
}

/* wrong: nobody takes it out */
long pond_nap(struct pond *pond, long timeout)
{
	DECLARE_WAITQUEUE(wait, current);

	add_wait_queue(&pond->shore, &wait);
	while (pond->frozen && timeout)
		timeout = wait_woken(&wait, TASK_IDLE, timeout);
	return timeout;
}

/* right: it is taken out by who wakes it, and asks */
void pond_wait_woken(struct pond *pond)
{
	struct wait_queue_entry wait;

	init_wait(&wait);
	prepare_to_wait_exclusive(&pond->shore, &wait, TASK_UNINTERRUPTIBLE);
	schedule();
	if (!list_empty_careful(&wait.entry))
		finish_wait(&pond->shore, &wait);
}

/* right: what the caller waits with is the caller's */
void pond_queue(struct pond *pond, struct wait_queue_entry *wait)
{
	add_wait_queue(&pond->shore, wait);
}

struct swimmer {
	int laps;
	struct wait_queue_entry wait;
};

/* wrong: a part of a variable, and an early end */
int pond_swim(struct pond *pond)
{
	struct swimmer swimmer;

	init_wait(&swimmer.wait);
	prepare_to_wait(&pond->shore, &swimmer.wait, TASK_UNINTERRUPTIBLE);
	if (pond->empty)
		return -ENODEV;
	schedule();
	finish_wait(&pond->shore, &swimmer.wait);
	return 0;
}
