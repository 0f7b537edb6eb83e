struct crate {
	struct refcount users;
	struct box *box;
};

static DEFINE_MUTEX(the_yard);

static void crate_burn(struct crate *crate)
{
	mutex_lock(&the_yard);
	burn(crate->box);
	mutex_unlock(&the_yard);
}

static void crate_put(struct crate *crate)
{
	if (refcount_dec_and_test(&crate->users))
		crate_burn(crate);
}

/* Who takes a reference is not the last to drop it: somebody gave him the object. */
int looks_into_it(struct crate *crate)
{
	mutex_lock(&the_yard);
	refcount_inc(&crate->users);
	if (look(crate->box))
		crate_put(crate);
	mutex_unlock(&the_yard);
	return 0;
}

/* Who drops what he was given may be the last. */
int drops_his_own(struct crate *crate)
{
	mutex_lock(&the_yard);
	crate_put(crate);
	mutex_unlock(&the_yard);
	return 0;
}

/* The last one gets the lock. */
int drops_and_locks(struct crate *crate)
{
	if (!refcount_dec_and_mutex_lock(&crate->users, &the_yard))
		return 0;
	if (is_empty(crate->box))
		return -EINVAL;
	burn(crate->box);
	mutex_unlock(&the_yard);
	return 0;
}

int drops_and_unlocks(struct crate *crate)
{
	if (!refcount_dec_and_mutex_lock(&crate->users, &the_yard))
		return 0;
	burn(crate->box);
	mutex_unlock(&the_yard);
	return 0;
}
