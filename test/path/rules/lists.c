struct crate {
	struct list_head by_age, by_size;
	spinlock_t lock;
};

/* Found in two lists, and one. */
int finds_it_again(struct list_head *ages, struct list_head *sizes)
{
	struct crate *crate = list_entry(ages->next, struct crate, by_age), *other;

	spin_lock(&crate->lock);
	while (is_full(crate)) {
		spin_unlock(&crate->lock);
		wait_a_while();
		other = list_entry(sizes->next, struct crate, by_size);
		spin_lock(&other->lock);
		if (other != crate) {
			spin_unlock(&other->lock);
			return 0;
		}
	}
	spin_unlock(&crate->lock);
	return 0;
}
