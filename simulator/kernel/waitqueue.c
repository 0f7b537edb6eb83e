/*
 * Wait queues. Who waits without claim stands at the head, who waits exclusively at the tail; a wake walks
 * from the head, asks every entry's function with the key, and stops after so many exclusive ones as it was
 * asked to wake. Each call is one step, as the queue's lock makes it in the kernel.
 */

static void enqueue_head(wait_queue_head_t *queue, wait_queue_entry_t *wait)
{
	struct list_head *first = queue->head.next;

	wait->entry.next = first;
	wait->entry.prev = &queue->head;
	if (first)
		first->prev = &wait->entry;
	queue->head.next = &wait->entry;
}

static void enqueue_tail(wait_queue_head_t *queue, wait_queue_entry_t *wait)
{
	struct list_head *last = &queue->head;

	while (last->next)
		last = last->next;
	last->next = &wait->entry;
	wait->entry.prev = last;
	wait->entry.next = NULL;
}

static void dequeue(wait_queue_entry_t *wait)
{
	struct list_head *next = wait->entry.next, *prev = wait->entry.prev;

	if (!prev)
		return;
	prev->next = next;
	if (next)
		next->prev = prev;
	wait->entry.next = NULL;
	wait->entry.prev = NULL;
}

/* Nobody else knows the entry yet. */
fused void init_wait(wait_queue_entry_t *wait)
{
	wait->private = current;
	wait->func = autoremove_wake_function;
	wait->entry.next = NULL;
	wait->entry.prev = NULL;
	wait->flags = 0;
}

atomic void prepare_to_wait(wait_queue_head_t *queue, wait_queue_entry_t *wait, int state)
{
	__event("sleep", queue);
	wait->flags &= ~WQ_FLAG_EXCLUSIVE;
	if (!wait->entry.prev)
		enqueue_head(queue, wait);
	set_current_state(state);
}

atomic void prepare_to_wait_exclusive(wait_queue_head_t *queue, wait_queue_entry_t *wait, int state)
{
	__event("sleep", queue);
	wait->flags |= WQ_FLAG_EXCLUSIVE;
	if (!wait->entry.prev)
		enqueue_tail(queue, wait);
	set_current_state(state);
}

atomic void finish_wait(wait_queue_head_t *queue, wait_queue_entry_t *wait)
{
	dequeue(wait);
	set_current_state(TASK_RUNNING);
}

atomic void add_wait_queue(wait_queue_head_t *queue, wait_queue_entry_t *wait)
{
	wait->flags &= ~WQ_FLAG_EXCLUSIVE;
	enqueue_head(queue, wait);
}

atomic void remove_wait_queue(wait_queue_head_t *queue, wait_queue_entry_t *wait)
{
	dequeue(wait);
}

atomic int default_wake_function(wait_queue_entry_t *wait, unsigned int mode, int flags, void *key)
{
	return wake_up_process(wait->private);
}

/* A sleeper that was woken leaves the queue; one that was awake already stays and is no use of the wake. */
atomic int autoremove_wake_function(wait_queue_entry_t *wait, unsigned int mode, int flags, void *key)
{
	int woken = default_wake_function(wait, mode, flags, key);

	if (woken)
		dequeue(wait);
	return woken;
}

/* nr_exclusive 0 wakes everyone the key fits. */
atomic void __wake_up(wait_queue_head_t *queue, unsigned int mode, int nr_exclusive, void *key)
{
	struct list_head *at = queue->head.next, *next;
	wait_queue_entry_t *wait;
	void *task;
	int woken, exclusive;

	for (; at; at = next) {
		next = at->next;
		wait = container_of(at, wait_queue_entry_t, entry);
		exclusive = wait->flags & WQ_FLAG_EXCLUSIVE;
		task = wait->private;
		woken = wait->func(wait, mode, 0, key);
		if (woken < 0)
			break;
		if (woken)
			__event("wake", queue, task);
		if (woken && exclusive && !--nr_exclusive)
			break;
	}
}

/* Looks without the queue's lock. */
atomic int waitqueue_active(wait_queue_head_t *queue)
{
	return queue->head.next != NULL;
}
