/* Tasks: what sleeps until it is woken. One task a thread. */
struct world_thread world_threads[MONITOR + 1];

/* Sleeps if the task said that it would, and was not woken since. */
atomic void schedule(void)
{
	__might_sleep();
#if MAPPINGS_COUNTED
	/* Who drops the last reference wakes it. */
	if (THIS_THREAD->awaited_page) {
		__await_eq(&THIS_THREAD->awaited_page->_refcount, IDLE_REFERENCES);
		return;
	}
#endif
	__sleep_ne(&THIS_THREAD->task.sleeping, 1);
}

/* Lets others run, and may run on at once. */
void yield(void)
{
	__might_sleep();
	__yield();
}

void io_schedule(void)
{
	schedule();
}

/* 1 when it was asleep (or about to be), 0 when there was nothing to wake. */
atomic int wake_up_process(struct task_struct *task)
{
	if (!task->sleeping)
		return 0;
	task->sleeping = 0;
	return 1;
}
