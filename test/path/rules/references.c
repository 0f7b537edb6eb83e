struct crate {
	struct refcount users;
	struct box *box;
};

static DEFINE_MUTEX(the_yard);

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
