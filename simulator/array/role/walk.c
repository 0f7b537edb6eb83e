/*
 * Walks through the array. Each says by bits at which indices it met an entry: 62 stands for all above it, and 63 for
 * the last one there is. Nobody may meet what was never there.
 */

static unsigned long bit_of(unsigned long index)
{
	return BIT(index == ULONG_MAX ? 63 : index < 62 ? index : 62);
}

static void judge(unsigned long index, void *entry)
{
	__assert(!xa_is_internal(entry), "wrong-entry", "a walk hands out an entry of the array's own");
	__progress();
}

unsigned long walk_items(unsigned long last)
{
	XA_STATE(xas, &the_array, 0);
	unsigned long met = 0;
	void *entry;

	rcu_read_lock();
	xas_for_each(&xas, entry, last) {
		if (xas_retry(&xas, entry))
			continue;
		judge(xas.xa_index, entry);
		met |= bit_of(xas.xa_index);
	}
	rcu_read_unlock();
	return met;
}

unsigned long walk_marked_items(unsigned long last)
{
	XA_STATE(xas, &the_array, 0);
	unsigned long met = 0;
	void *entry;

	rcu_read_lock();
	xas_for_each_marked(&xas, entry, last, ITEM_MARK) {
		if (xas_retry(&xas, entry))
			continue;
		judge(xas.xa_index, entry);
		met |= bit_of(xas.xa_index);
	}
	rcu_read_unlock();
	return met;
}

/* Keeps nothing but the index from one entry to the next. */
unsigned long walk_items_by_index(unsigned long last)
{
	unsigned long index = 0, met = 0;
	void *entry = xa_find(&the_array, &index, last, XA_PRESENT);

	while (entry) {
		judge(index, entry);
		__assert(!(met & bit_of(index)), "wrong-entry", "a walk meets an entry a second time");
		met |= bit_of(index);
		entry = xa_find_after(&the_array, &index, last, XA_PRESENT);
	}
	return met;
}

/* From one index to the next, as long as something is there. */
unsigned long walk_neighbours(unsigned long index)
{
	XA_STATE(xas, &the_array, index);
	unsigned long met = 0;
	void *entry;

	rcu_read_lock();
	for (entry = xas_load(&xas); entry; entry = xas_next(&xas)) {
		if (xas_retry(&xas, entry))
			continue;
		judge(xas.xa_index, entry);
		__assert(!(met & bit_of(xas.xa_index)), "wrong-entry", "a walk meets an entry a second time");
		met |= bit_of(xas.xa_index);
	}
	rcu_read_unlock();
	return met;
}

/* The same to the index before. */
unsigned long walk_neighbours_back(unsigned long index)
{
	XA_STATE(xas, &the_array, index);
	unsigned long met = 0;
	void *entry;

	rcu_read_lock();
	for (entry = xas_load(&xas); entry; entry = xas_prev(&xas)) {
		if (xas_retry(&xas, entry))
			continue;
		judge(xas.xa_index, entry);
		__assert(!(met & bit_of(xas.xa_index)), "wrong-entry", "a walk meets an entry a second time");
		met |= bit_of(xas.xa_index);
	}
	rcu_read_unlock();
	return met;
}

/* Lets others have the lock after every entry. */
unsigned long walk_items_pausing_from(unsigned long first, unsigned long last)
{
	XA_STATE(xas, &the_array, first);
	unsigned long met = 0;
	void *entry;

	xas_lock(&xas);
	xas_for_each(&xas, entry, last) {
		judge(xas.xa_index, entry);
		__assert(!(met & bit_of(xas.xa_index)), "wrong-entry", "a walk meets an entry a second time");
		met |= bit_of(xas.xa_index);
		xas_pause(&xas);
		xas_unlock(&xas);
		cpu_relax();
		xas_lock(&xas);
	}
	xas_unlock(&xas);
	return met;
}

unsigned long walk_items_pausing(unsigned long last)
{
	return walk_items_pausing_from(0, last);
}

/*
 * A lookup as that of the page cache: what is found is held, and believed when it is in its slot still. Whether
 * `gone` was set by then, or 0 when something else was found.
 */
int item_held_when(unsigned long index, const int *gone)
{
	XA_STATE(xas, &the_array, index);
	int was_gone = 0;
	void *entry;

	rcu_read_lock();
	do {
		xas_reset(&xas);
		do {
			entry = xas_load(&xas);
		} while (xas_retry(&xas, entry));
		was_gone = READ_ONCE(*gone);
	} while (entry != xas_reload(&xas));
	rcu_read_unlock();
	return entry == ITEM(index) && was_gone;
}
