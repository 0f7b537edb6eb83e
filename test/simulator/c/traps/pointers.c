/* Pointer arithmetic and difference, tag bits, arrays, strings, pointers to pointers. */
struct item {
	int a;
	char c;
	long l;
};

static struct item items[8];
static int grid[3][4];
static char text[] = "hello";
static const char *words[] = { "one", "three", "" };
static struct item *where = &items[3];
static int *inside = &grid[1][2];
static void *self = &self;
static char *tail = text + 2;

static long length(const char *s)
{
	const char *p = s;

	while (*p)
		p++;
	return p - s;
}

static void swap(int *a, int *b)
{
	int t = *a;

	*a = *b;
	*b = t;
}

static void fill(void **slot, void *value)
{
	*slot = value;
}

static void tags(void)
{
	struct item *p = &items[2];
	unsigned long v = (unsigned long)p | 3;
	struct item *q = (struct item *)(v & ~3ul);
	void *e = (void *)((100ul << 1) | 1);

	put(p == q);
	put(v & 3);
	put((unsigned long)e >> 1);
	put((long)e & 1);
	put(p == (void *)((char *)items + 2 * sizeof(*p)));
	e = (void *)-17L;
	put((long)e);
	put((unsigned long)e >= (unsigned long)-4095);
	put(e > (void *)p);
	put((void *)0 == e);
	put(!e);
	put(!p);
}

static void run(void)
{
	struct item *p = items, *end = items + 8;
	int i, j, x = 1, y = 2;
	void *v = 0;
	int *row;
	int (*rows)[4] = grid;

	put(sizeof(struct item));
	put(end - p);
	put((char *)end - (char *)p);
	put(p - end);
	for (i = 0; p < end; p++, i++)
		p->a = i * i;
	put(i);
	put(items[5].a);
	put((--p)->a);
	put(p--->a);
	put((*p).a);
	put(p[-2].a);
	put(2[items].a);
	put((p - 2)->a);
	put(where->a);
	put(where - items);
	*inside = 77;
	for (i = 0; i < 3; i++)
		for (j = 0; j < 4; j++)
			grid[i][j] += i * 10 + j;
	put(grid[1][2]);
	put(rows[2][3]);
	put((*(rows + 1))[1]);
	row = grid[2];
	put(*++row);
	put(row++[0]);
	put(*row);
	put(&grid[2][3] - &grid[0][0]);
	put(sizeof(grid));
	put(sizeof(grid[0]));
	put(sizeof(*grid[0]));
	put(length(text));
	put(sizeof(text));
	put(length(words[1]));
	put(words[2][0]);
	put(*tail);
	text[1] = 0;
	put(length(text));
	put("abc"[1]);
	put(self == &self);
	swap(&x, &y);
	put(x * 10 + y);
	fill(&v, &items[1]);
	put(v == &items[1]);
	put((struct item *)v - items);
	put((unsigned long)&((struct item *)0)->l);
	put(__builtin_offsetof(struct item, c));
	put(&x == &x);
	tags();
}
