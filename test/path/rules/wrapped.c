/* A function of a header that is not read releases what another one took by its own name. */

struct shelf {
	spinlock_t lock;
	int size;
};

int takes_inside(struct shelf *shelf)
{
	spin_lock(&shelf->lock);
	if (shelf->size < 0) {
		shelf_unlock(shelf);
		return -EINVAL;
	}
	spin_unlock(&shelf->lock);
	return 0;
}

int takes_outside(struct shelf *shelf)
{
	shelf_lock(shelf);
	if (shelf->size < 0) {
		spin_unlock(&shelf->lock);
		return -EINVAL;
	}
	shelf_unlock(shelf);
	return 0;
}

/* Another shelf is released: that has nothing to do with it. */
int releases_another(struct shelf *shelf, struct shelf *other)
{
	spin_lock(&shelf->lock);
	if (shelf->size < 0) {
		shelf_unlock(other);
		return -EINVAL;
	}
	spin_unlock(&shelf->lock);
	return 0;
}

/* Whoever releases an object may end the section that it was found in. */
int finds_under_rcu(struct table *table)
{
	struct book *book;

	rcu_read_lock();
	book = table_find(table);
	if (!book) {
		rcu_read_unlock();
		return -ENOENT;
	}
	book_lock_object(book);
	book->size++;
	book_unlock(book);
	return 0;
}

/* Nobody is asked to release anything. */
int finds_and_stays(struct table *table)
{
	struct book *book;

	rcu_read_lock();
	book = table_find(table);
	if (book->size < 0)
		return -EINVAL;
	rcu_read_unlock();
	return 0;
}

void is_free(struct book *book)
{
	book_unlock_object(book);
}

/* Preemption is allowed again by whichever of its names. */
void yields(struct table *table)
{
	preempt_disable();
	table->size++;
	preempt_enable_no_resched();
	schedule();
}

void yields_too_early(struct table *table)
{
	preempt_disable();
	table->size++;
	schedule();
	preempt_enable_no_resched();
}

/* What only some are begun for is ended for these. */
void zaps(struct area *area)
{
	zap_begin(area);
	area->size = 0;
	if (is_huge(area))
		zap_end(area);
}

void zaps_another(struct area *area, struct area *other)
{
	zap_begin(area);
	area->size = 0;
	if (is_huge(other))
		zap_end(area);
}

/* Nobody waits for something under a spinlock: who is called to do so lets go of it, and it is taken again. */
int waits_and_takes_again(struct shelf *shelf)
{
	spin_lock(&shelf->lock);
	if (shelf->size < 0) {
		book_wait_on_next(shelf->size);
		spin_lock(&shelf->lock);
	}
	spin_unlock(&shelf->lock);
	return 0;
}

int asks_and_takes_again(struct shelf *shelf)
{
	spin_lock(&shelf->lock);
	if (shelf->size < 0) {
		book_count_next(shelf->size);
		spin_lock(&shelf->lock);
	}
	spin_unlock(&shelf->lock);
	return 0;
}

/* Who is called since something has failed ends what was begun. */
int links_book(struct shelf *shelf, struct book *book)
{
	shelf_lock_op(shelf);
	if (book_add(book, 7)) {
		book_handle_failed(book);
		return -EIO;
	}
	shelf_unlock_op(shelf);
	return 0;
}

int links_book_and_forgets(struct shelf *shelf, struct book *book)
{
	shelf_lock_op(shelf);
	if (book_add(book, 7)) {
		book_put(book);
		return -EIO;
	}
	shelf_unlock_op(shelf);
	return 0;
}

/* Who finishes something of the shelf may release its lock. */
int finishes(struct shelf *shelf)
{
	spin_lock(&shelf->lock);
	shelf->size = 0;
	shelf_update_finish(shelf, 7);
	spin_lock(&shelf->lock);
	shelf->size = 1;
	spin_unlock(&shelf->lock);
	return 0;
}
