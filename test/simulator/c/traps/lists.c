/* What kernel code is made of: intrusive lists, hashing, rotating trees, tagged slots, reference counts. */
#define NULL ((void *)0)
#define member_of(ptr, type, member) ({ \
	void *__m = (void *)(ptr); \
	((type *)(__m - __builtin_offsetof(type, member))); })
#define each(pos, head, member) \
	for (pos = member_of((head)->next, __typeof__(*pos), member); &pos->member != (head); \
	     pos = member_of(pos->member.next, __typeof__(*pos), member))
#define ERROR(n) ((void *)(long)(n))
#define IS_ERROR(p) ((unsigned long)(void *)(p) >= (unsigned long)-4095)

struct head { struct head *next, *prev; };
struct job { int id; struct head link; unsigned long key; };
struct slots { unsigned char shift, count; void *slot[4]; struct slots *parent; };

static struct head queue = { &queue, &queue };
static struct job jobs[6];
static struct slots leaf[2], top;

static void insert(struct head *new, struct head *prev, struct head *next)
{
	next->prev = new;
	new->next = next;
	new->prev = prev;
	prev->next = new;
}

static void erase(struct head *entry)
{
	entry->prev->next = entry->next;
	entry->next->prev = entry->prev;
	entry->next = entry->prev = entry;
}

static unsigned hash(unsigned long v, unsigned bits)
{
	return v * 0x61c8864680b583ebull >> (64 - bits);
}

static void *descend(struct slots *node, unsigned long index)
{
	while (node) {
		void *entry = node->slot[(index >> node->shift) & 3];

		if (!entry || ((unsigned long)entry & 3) != 2)
			return entry;
		node = (struct slots *)((unsigned long)entry & ~3ul);
	}
	return ERROR(-2);
}

static int store(unsigned long index, void *entry)
{
	struct slots *node = &leaf[index >> 2 & 1];
	void **slot = &node->slot[index & 3];

	if (index >= 8)
		return -34;
	if (!*slot != !entry)
		node->count += entry ? 1 : -1;
	*slot = entry;
	node->parent = &top;
	top.shift = 2;
	top.slot[index >> 2] = (void *)((unsigned long)node | 2);
	return 0;
}

static void run(void)
{
	struct job *job;
	int i;

	for (i = 0; i < 6; i++) {
		jobs[i].id = i;
		jobs[i].key = (unsigned long)i << 33 | i;
		if (i & 1)
			insert(&jobs[i].link, &queue, queue.next);
		else
			insert(&jobs[i].link, queue.prev, &queue);
	}
	each(job, &queue, link)
		put(job->id);
	erase(&jobs[3].link);
	erase(queue.next);
	each(job, &queue, link)
		put(job->id);
	put(jobs[3].link.next == &jobs[3].link);
	for (i = 0; i < 6; i++)
		put(hash(jobs[i].key, 5));
	for (i = 0; i < 6; i++)
		put(store(i, (void *)(unsigned long)(i * 8 + 1)));
	put(store(9, NULL));
	put(store(2, NULL));
	put(store(2, NULL));
	put(leaf[0].count * 10 + leaf[1].count);
	for (i = 0; i < 8; i++)
		put((long)descend(&top, i));
	put(IS_ERROR(descend(NULL, 0)));
	put((long)descend(NULL, 0));
	put(IS_ERROR(&top));
}
