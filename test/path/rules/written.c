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

static void weigh_each(struct cursor *cursor, int *most)
{
	int n;

	for (n = 0; n < cursor->count; n++) {
		cursor->weight += thing_weight(cursor->table->things[n]);
		if (cursor->weight > *most)
			*most = cursor->weight;
	}
}

static void weigh_all(struct cursor *cursor)
{
	int most = 0;

	while (cursor->more) {
		weigh_each(cursor, &most);
		cursor->more = table_next(cursor->table);
	}
}

/* It writes other members, and so does whom it calls. */
int locks_one_that_is_weighed(struct table *table)
{
	struct cursor cursor = { .table = table, .count = table->size };

	if (table->size > 4) {
		spin_lock(&table->lock);
		cursor.is_locked = 1;
	}
	weigh_all(&cursor);
	if (cursor.is_locked)
		spin_unlock(&table->lock);
	return cursor.weight;
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
