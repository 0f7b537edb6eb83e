/*
 * The DAX insertion race of 2017 with everything else taken away, step for step what the Promela yardstick
 * models, so that state counts can be compared. NT threads fault on one index of a range of two pages.
 * FIXED looks the entry up again after the tree lock was retaken.
 */
#define NONE 0
#define PMD 1
#define PTE 2
#define LOCKED 4

/* One for each thread, with room so that no two share a chunk of memory. */
struct waiter {
	int woken;
	char rest[60];
};

static int tree_lock, ptl;
static int entry[2];
static struct waiter waiters[9], *queue[NT];
static int waiting;
static int pmd_mapped, pte_table, returned;

atomic void take(int *lock)
{
	__await_eq(lock, 0);
	*lock = 1;
}

atomic void drop(int *lock)
{
	*lock = 0;
}

static void wake_one(void)
{
	int i;

	if (!waiting)
		return;
	queue[0]->woken = 1;
	for (i = 1; i < waiting; i++)
		queue[i - 1] = queue[i];
	queue[--waiting] = 0;
}

enum found { SLEEP, COLLIDES, ABSENT, PRESENT };

atomic int look_up(int size)
{
	if (entry[0] & LOCKED)
		return SLEEP;
	if (entry[0] == NONE)
		return ABSENT;
	return entry[0] == PTE && size == PMD ? COLLIDES : PRESENT;
}

atomic void enqueue(struct waiter *self)
{
	queue[waiting++] = self;
}

atomic void sleep_until_woken(struct waiter *self)
{
	__await_eq(&self->woken, 1);
	self->woken = 0;
}

atomic void pass_on(void)
{
	wake_one();
}

atomic int is_there(void)
{
	return entry[0] != NONE;
}

atomic int insert(int size)
{
	if (entry[0] != NONE || (size == PMD && entry[1] != NONE))
		return 0;
	entry[0] = size | LOCKED;
	if (size == PMD)
		entry[1] = PMD;
	return 1;
}

atomic void lock_entry(void)
{
	entry[0] |= LOCKED;
}

atomic void check_table(int size)
{
	if (size == PMD)
		__assert(!pte_table, "page-table-collision", "a huge PMD over a PTE table");
	else
		__assert(!pmd_mapped, "page-table-collision", "a PTE under a huge PMD");
}

atomic void map(int size)
{
	if (size == PMD)
		pmd_mapped = 1;
	else
		pte_table = 1;
}

atomic void unlock_entry(void)
{
	entry[0] &= 3;
}

atomic void finish(int last)
{
	wake_one();
	if (!last)
		return;
	if (++returned == NT)
		__assert(!tree_lock && !ptl && !(entry[0] & LOCKED) && !waiting, "lock-leak", "something is left locked");
}

static void one_fault(struct waiter *self, int last)
{
	int size = PMD;

restart:
	take(&tree_lock);
again:
	switch (look_up(size)) {
	case SLEEP:
		enqueue(self);
		drop(&tree_lock);
		sleep_until_woken(self);
		take(&tree_lock);
		goto again;
	case COLLIDES:
		pass_on();
		drop(&tree_lock);
		size = PTE;
		goto restart;
	case PRESENT:
		lock_entry();
		break;
	case ABSENT:
		drop(&tree_lock);
		take(&tree_lock);
#ifdef FIXED
		if (is_there()) {
			drop(&tree_lock);
			goto restart;
		}
#endif
		if (!insert(size)) {
			size = PTE;
			drop(&tree_lock);
			goto restart;
		}
	}
	drop(&tree_lock);
	take(&ptl);
	check_table(size);
	map(size);
	drop(&ptl);
	take(&tree_lock);
	unlock_entry();
	drop(&tree_lock);
	finish(last);
}

void fault(void)
{
	int round;

	for (round = 1; round <= ROUNDS; round++)
		one_fault(__own(waiters, sizeof(struct waiter)), round == ROUNDS);
}
