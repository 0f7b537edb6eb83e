/* Locks that turn out to be one, or that somebody takes again since they were released on the way. */

static void moves(struct node *node, struct node *target, int depth)
{
	struct node *parent = node->parent;

	if (depth > 3) {
		spin_lock(&target->parent->lock);
		spin_lock_nested(&parent->lock, 1);
	} else {
		spin_lock(&parent->lock);
		if (depth)
			spin_lock_nested(&target->parent->lock, 1);
	}
	node->parent = target->parent;
	if (node->parent != parent)
		spin_unlock(&node->parent->lock);
	spin_unlock(&parent->lock);
}

/* Where the parents are the same nobody can hold the lock of each: such a path is none. */
int moves_within(struct node *node, struct node *target, int depth)
{
	if (node->parent == target->parent && depth != 0)
		moves(node, target, depth);
	return 0;
}

/* The other two are not known to be the same: a lock is left. */
int moves_and_forgets(struct node *node, struct node *target)
{
	spin_lock(&node->parent->lock);
	spin_lock_nested(&target->parent->lock, 1);
	if (node->size < 0) {
		spin_unlock(&node->parent->lock);
		return -EINVAL;
	}
	spin_unlock(&target->parent->lock);
	spin_unlock(&node->parent->lock);
	return 0;
}

static int fills(struct area *area)
{
	int error = 0, open = 1;

	while (area->from < area->to) {
		error = area_fault(area->from, &open);
		if (!open)
			area_lock(area);
		if (error)
			return error;
		area->from++;
	}
	return 0;
}

/* It is taken at another place since the answer says that it was released: one release ends it. */
int fills_all(struct area *area)
{
	int error;

	area_lock(area);
	error = fills(area);
	area_unlock(area);
	return error;
}

/* In the next round it is taken at the same place: this is the function's own. */
int takes_in_each_round(struct area *area, int n)
{
	while (n--) {
		area_lock(area);
		if (is_odd(n))
			return -EINVAL;
		area_unlock(area);
	}
	return 0;
}

/* The caller's section may be one of several, and is ended twice. */
int ends_sections(struct node *node)
{
	rcu_read_unlock();
	if (node->size > 1)
		rcu_read_unlock();
	return 0;
}

/* One that is begun here is not. */
int ends_its_section_twice(struct node *node)
{
	rcu_read_lock();
	node->size++;
	rcu_read_unlock();
	if (node->size > 1)
		rcu_read_unlock();
	return 0;
}

/* What the caller has locked is released once, in one of the rounds. */
void lets_go_in_a_round(struct area *area, int n)
{
	while (n--)
		if (is_odd(n))
			mutex_unlock(&area->mutex);
}

/* There is one only: who takes it says nothing, and who releases it hands over something else. */
int works_alone(unsigned long work)
{
	while (work & 3) {
		gate_unlock(work);
		work_on(work);
		gate_lock();
		work = work_left();
	}
	return 0;
}

void is_taken(struct area *area)
{
	mutex_lock(&area->mutex);
}
