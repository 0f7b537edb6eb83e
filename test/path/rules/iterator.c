/* What is kept beside a lock, in a list or for who unlocks it, leaves the rest of an object alone. */

struct iterator {
	struct list_head node;
	struct rq *rq;
	struct odd_flags kept;
	int is_locked;
	int count;
};

static void iterator_lets_go(struct iterator *iterator)
{
	if (iterator->rq)
		odd_unlock(iterator->rq, &iterator->kept);
	if (iterator->is_locked) {
		iterator->is_locked = 0;
		spin_unlock_irq(&all_lock);
	}
}

static void iterator_takes(struct iterator *iterator)
{
	if (!iterator->is_locked) {
		spin_lock_irq(&all_lock);
		iterator->is_locked = 1;
	}
}

int iterates(struct iterator *iterator)
{
	iterator_takes(iterator);
	list_move(&iterator->node, &all);
	if (iterator->rq)
		odd_lock(iterator->rq, &iterator->kept);
	iterator_lets_go(iterator);
	cond_resched();
	return 0;
}

/* It sleeps before it lets go. */
int iterates_and_sleeps(struct iterator *iterator)
{
	iterator_takes(iterator);
	list_move(&iterator->node, &all);
	cond_resched();
	iterator_lets_go(iterator);
	return 0;
}

/* Interrupts are let in by who has nothing to do. */
void idles(struct iterator *iterator)
{
	while (!has_to_stop()) {
		local_irq_disable();
		if (next_work(7))
			local_irq_enable();
		else
			cpu_idle_call(iterator->count);
	}
}

void forgets_interrupts(struct iterator *iterator)
{
	while (!has_to_stop()) {
		local_irq_disable();
		if (next_work(7))
			local_irq_enable();
		else
			count_one(iterator->count);
	}
}
