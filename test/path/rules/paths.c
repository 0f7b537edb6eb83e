/*
 * Functions of no kernel, each with what all of its paths say, in the words of paths.expected. Nothing here is
 * declared: neither the locks, nor what is called under them.
 */

int leaks_on_error(struct thing *t)
{
	int err;

	spin_lock(&t->lock);
	err = prepare(t);
	if (err)
		return -EIO;
	spin_unlock(&t->lock);
	return 0;
}

int releases_on_error(struct thing *t)
{
	int err;

	spin_lock(&t->lock);
	err = prepare(t);
	if (err) {
		spin_unlock(&t->lock);
		return -EIO;
	}
	spin_unlock(&t->lock);
	return 0;
}

/* The same question twice has the same answer: nothing leaks. */
void locks_for_some(struct thing *t)
{
	if (!IS_SPECIAL(t->host))
		down_write(&t->sem);
	work(t);
	if (!IS_SPECIAL(t->host))
		up_write(&t->sem);
}

/* Looked at again under the lock, the same question may have another answer. */
int looks_again(struct thing *t)
{
	if (t->busy)
		return 0;
	mutex_lock(&t->mutex);
	if (t->busy)
		return -EBUSY;
	use(t);
	mutex_unlock(&t->mutex);
	return 1;
}

/* It takes the lock for its caller, as it says with what it returns. */
int takes_for_caller(struct thing *t)
{
	spin_lock(&t->lock);
	if (t->gone) {
		spin_unlock(&t->lock);
		return 0;
	}
	return 1;
}

void gives_back(struct thing *t)
{
	spin_unlock(&t->lock);
}

int uses_both(struct thing *t)
{
	if (!takes_for_caller(t))
		return -ENOENT;
	use(t);
	gives_back(t);
	return 0;
}

int forgets_one(struct thing *t)
{
	if (!takes_for_caller(t))
		return -ENOENT;
	if (check(t))
		return -EINVAL;
	gives_back(t);
	return 0;
}

void in_the_wrong_mode(struct thing *t)
{
	down_read(&t->sem);
	work(t);
	up_write(&t->sem);
}

void twice_released(struct thing *t)
{
	spin_lock(&t->lock);
	if (t->empty) {
		spin_unlock(&t->lock);
		tell(t);
	}
	spin_unlock(&t->lock);
}

void twice_taken(struct thing *t)
{
	mutex_lock(&t->mutex);
	helper(t);
	mutex_unlock(&t->mutex);
}

static void helper(struct thing *t)
{
	mutex_lock(&t->mutex);
	t->count++;
	mutex_unlock(&t->mutex);
}

void tries(struct thing *t)
{
	if (!spin_trylock(&t->lock))
		return;
	t->count++;
	spin_unlock(&t->lock);
}

void sleeps_inside(struct thing *t)
{
	spin_lock(&t->lock);
	while (more(t)) {
		step(t);
		cond_resched();
	}
	spin_unlock(&t->lock);
}

void sleeps_between(struct thing *t)
{
	while (more(t)) {
		spin_lock(&t->lock);
		step(t);
		spin_unlock(&t->lock);
		cond_resched();
	}
}

/* A lock that nobody has heard of: its halves are known by their names. */
int skips_the_end(struct thing *t, struct item *items, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		enter_oddlock(&t->odd);
		if (busy(&items[i]))
			goto skip;
		drop(&items[i]);
		enter_oddunlock(&t->odd);
skip:
		done(&items[i]);
	}
	return n;
}

int ends_each(struct thing *t, struct item *items, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		enter_oddlock(&t->odd);
		if (!busy(&items[i]))
			drop(&items[i]);
		enter_oddunlock(&t->odd);
	}
	return n;
}

/* A lock of page tables that comes through a pointer, or not at all. */
int maps(struct thing *t, unsigned long address)
{
	spinlock_t *ptl;
	pte_t *pte = pte_offset_map_lock(t->mm, t->pmd, address, &ptl);

	if (!pte)
		return -EAGAIN;
	if (!pte_same(*pte, t->orig)) {
		pte_unmap_unlock(pte, ptl);
		return 0;
	}
	yield();
	pte_unmap_unlock(pte, ptl);
	return 1;
}

/* Who waited for an entry and goes away without a word leaves the next one asleep. */
int drops_an_entry(struct xa_state *xas)
{
	void *entry;

	xas_lock_irq(xas);
	entry = get_unlocked_entry(xas);
	xas_unlock_irq(xas);
	return 0;
}

int puts_an_entry(struct xa_state *xas)
{
	void *entry;

	xas_lock_irq(xas);
	entry = get_unlocked_entry(xas);
	put_unlocked_entry(xas, entry);
	xas_unlock_irq(xas);
	return 0;
}

/* Nothing was found; whoever inserts while the lock is down makes the insertion fail, and nobody looks why. */
int inserts_blindly(struct tree *tree, unsigned long index, void *item)
{
	void *old;
	int err;

	spin_lock_irq(&tree->lock);
	old = radix_tree_lookup(&tree->root, index);
	if (old) {
		spin_unlock_irq(&tree->lock);
		return 1;
	}
	spin_unlock_irq(&tree->lock);
	if (radix_tree_preload(GFP_KERNEL))
		return -ENOMEM;
	spin_lock_irq(&tree->lock);
	err = radix_tree_insert(&tree->root, index, item);
	spin_unlock_irq(&tree->lock);
	radix_tree_preload_end();
	if (err)
		return -EIO;
	return 0;
}

int inserts_or_starts_again(struct tree *tree, unsigned long index, void *item)
{
	void *old;
	int err;

again:
	spin_lock_irq(&tree->lock);
	old = radix_tree_lookup(&tree->root, index);
	spin_unlock_irq(&tree->lock);
	if (old)
		return 1;
	if (radix_tree_preload(GFP_KERNEL))
		return -ENOMEM;
	spin_lock_irq(&tree->lock);
	err = radix_tree_insert(&tree->root, index, item);
	spin_unlock_irq(&tree->lock);
	radix_tree_preload_end();
	if (err == -EEXIST)
		goto again;
	return err ? -EIO : 0;
}

int inserts_after_another_look(struct tree *tree, unsigned long index, void *item)
{
	int err = 0;

	spin_lock_irq(&tree->lock);
	if (radix_tree_lookup(&tree->root, index))
		goto out;
	spin_unlock_irq(&tree->lock);
	radix_tree_preload(GFP_KERNEL);
	spin_lock_irq(&tree->lock);
	if (!radix_tree_lookup(&tree->root, index))
		err = radix_tree_insert(&tree->root, index, item);
	radix_tree_preload_end();
out:
	spin_unlock_irq(&tree->lock);
	return err;
}

/* What was found may have gone, or become another, while it was written back. */
void stores_what_it_had(struct xa_state *xas)
{
	void *entry;

	xas_lock_irq(xas);
	entry = xas_load(xas);
	if (entry) {
		xas_unlock_irq(xas);
		write_back(entry);
		xas_lock_irq(xas);
		xas_store(xas, clean(entry));
	}
	xas_unlock_irq(xas);
}

void locks_what_it_had(struct xa_state *xas)
{
	void *entry;

	xas_lock_irq(xas);
	entry = xas_load(xas);
	dax_lock_entry(xas, entry);
	xas_unlock_irq(xas);
	write_back(entry);
	dax_unlock_entry(xas, entry);
}

/* A reference keeps what was found. */
void keeps_what_it_had(struct xa_state *xas)
{
	struct page *page;

	xas_lock_irq(xas);
	page = xas_load(xas);
	get_page(page);
	xas_unlock_irq(xas);
	write_back(page);
	xas_lock_irq(xas);
	xas_store(xas, NULL);
	xas_unlock_irq(xas);
	put_page(page);
}

/* Too many ways through this one: it is not analysed, and never clean. */
int many(struct thing *t)
{
	int a = 0;

#define STEP(n) if (ask_##n(t)) a = a * 7 + n; else a = a * 5 - n;
#define STEPS(n) STEP(n##0) STEP(n##1) STEP(n##2) STEP(n##3) STEP(n##4) STEP(n##5)
	spin_lock(&t->lock);
	STEPS(1) STEPS(2) STEPS(3) STEPS(4)
	spin_unlock(&t->lock);
	return a;
}
