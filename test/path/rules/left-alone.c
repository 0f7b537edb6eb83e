/* A function of the file that is not run where it is called, but read: what it does not write stays as it was. */

static int weigh(struct cursor *cursor)
{
	int n, weight = 0;

	for (n = 0; n < cursor->count; n++)
		weight += thing_weight(cursor->table->things[n]);
	return weight;
}

/* It only reads: whether the lock was taken is known after it. */
int locks_a_large_one(struct table *table)
{
	struct cursor cursor = { .table = table, .count = table->size };

	if (table->size > 4) {
		spin_lock(&table->lock);
		cursor.is_locked = 1;
	}
	table->weight = weigh(&cursor);
	if (cursor.is_locked)
		spin_unlock(&table->lock);
	return 0;
}

static int weigh_and_clear(struct cursor *cursor)
{
	int weight = weigh(cursor);

	while (weight > 10) {
		weight -= 10;
		cursor->is_locked = 0;
	}
	return weight;
}

/* It may clear what says so. */
int loses_the_mark(struct table *table)
{
	struct cursor cursor = { .table = table, .count = table->size };

	if (table->size > 4) {
		spin_lock(&table->lock);
		cursor.is_locked = 1;
	}
	table->weight = weigh_and_clear(&cursor);
	if (cursor.is_locked)
		spin_unlock(&table->lock);
	return 0;
}

static int weigh_ring(struct cursor *cursor)
{
	int n, weight = 0;

	for (n = 0; n < cursor->count; n++)
		weight += cursor_step(cursor->next);
	return weight;
}

/* It is found by what stands in it. */
int loses_the_mark_of_a_ring(struct table *table)
{
	struct cursor cursor = { .table = table, .count = table->size };

	cursor.next = &cursor;
	if (table->size > 4) {
		spin_lock(&table->lock);
		cursor.is_locked = 1;
	}
	table->weight = weigh_ring(&cursor);
	if (cursor.is_locked)
		spin_unlock(&table->lock);
	return 0;
}
