/* Looked at once more under the lock: it lies elsewhere, and so does what it guards. */
int sets_once(struct fault *fault, int *slot)
{
	if (*slot)
		return 0;
	spin_lock(fault->lock);
	if (*slot)
		return -EEXIST;
	*slot = 1;
	spin_unlock(fault->lock);
	return 0;
}

int sets_once_and_lets_go(struct fault *fault, int *slot)
{
	int error = 0;

	if (*slot)
		return 0;
	spin_lock(fault->lock);
	if (*slot)
		error = -EEXIST;
	else
		*slot = 1;
	spin_unlock(fault->lock);
	return error;
}

/* What decides about the lock is not what it guards: asked twice, it says the same. */
void locks_where_told(struct fault *fault, struct area *area)
{
	if (area->shared)
		spin_lock(fault->lock);
	change(fault);
	if (area->shared)
		spin_unlock(fault->lock);
}

/* The way to the lock stays what it was. */
int follows_a_pointer(struct fault *fault)
{
	struct table *table = fault->table;

	spin_lock(&fault->table->lock);
	table->used++;
	spin_unlock(&fault->table->lock);
	return 0;
}

/* A read section answers with a number that its end wants back. */
int reads_a_device(struct device *device, struct extent *extent)
{
	int id = dax_read_lock();
	long length = direct_access(device, extent);

	if (length < 0)
		return -EIO;
	dax_read_unlock(id);
	return 0;
}

int reads_and_ends(struct domain *domain, struct extent *extent)
{
	int id = srcu_read_lock(&domain->srcu), error = 0;

	if (look_up(extent) < 0)
		error = -EIO;
	srcu_read_unlock(&domain->srcu, id);
	return error;
}

int reads_and_forgets(struct domain *domain, struct extent *extent)
{
	int id = srcu_read_lock(&domain->srcu);

	if (look_up(extent) < 0)
		return -EIO;
	srcu_read_unlock(&domain->srcu, id);
	return 0;
}

/* In one section it may sleep, and begin another one. */
int reads_twice(struct device *device)
{
	int outer = dax_read_lock(), inner = dax_read_lock();

	cond_resched();
	dax_read_unlock(inner);
	dax_read_unlock(outer);
	return 0;
}

/* In the model's world nobody is killed. */
int gives_up(struct device *device)
{
	mutex_lock(&device->lock);
	while (is_more(device)) {
		if (fatal_signal_pending(current))
			return -EINTR;
		copy_some(device);
	}
	mutex_unlock(&device->lock);
	return 0;
}

/* What a fault has come to says nothing of a spinlock. */
int looks_at_a_slot(struct fault *fault)
{
	spin_lock(fault->lock);
	if (is_there(fault))
		return VM_FAULT_NOPAGE;
	spin_unlock(fault->lock);
	return 0;
}

/* Yes and no may. */
int takes_the_last(struct fault *fault)
{
	spin_lock(fault->lock);
	if (is_last(fault))
		return 1;
	spin_unlock(fault->lock);
	return 0;
}
