/* Designated, nested, ranged, brace-elided and partial initialisers, at file scope and in functions. */
enum kind { FIRST, SECOND = 5, THIRD, NEGATIVE = -2, LAST };
struct point { int x, y; };
struct shape {
	const char *name;
	struct point corner[3];
	union { int i; long l; } u;
	int (*area)(struct shape *);
	unsigned flags : 4, more : 4;
};

static int one(struct shape *s) { return s->corner[0].x; }
static int two(struct shape *s) { return s->corner[1].y * 2; }

static struct shape shapes[] = {
	{ "a", { { 1, 2 }, { 3 } }, .area = one, .flags = 9, .more = 5 },
	[3] = { .name = "d", .corner[1].y = 8, .corner[2] = { .y = 4 }, .u.l = 1L << 33, .area = &two },
	{ "e", 1, 2, 3, 4, 5, 6, { 7 }, one },
};
static int table[] = { [2] = 20, 30, [0] = 1, [5 ... 7] = 9, 10 };
static int matrix[2][3] = { 1, 2, 3, 4 };
static int jagged[][2] = { { 1 }, { 2, 3 }, 4, 5, 6 };
static char word[8] = "abc", exact[3] = "xyz", single[] = { "braced" };
static struct point *places[] = { [1] = &shapes[3].corner[2], &(struct point){ 31, 32 } };
static long computed = sizeof(table) / sizeof(table[0]) + (THIRD << 2) - (int)NEGATIVE;
static unsigned char wrapped = 300 - 1;
static struct { struct point p; int tail; } anonymous = { .p.y = 3, .tail = 4 };
static int (*const choice[])(struct shape *) = { [FIRST] = one, [SECOND] = two };
static int later;
static int later = 12;

static int counter(void)
{
	static int count = 3;
	static struct point last[2] = { { 1, 1 }, [1].y = 5 };

	last[1].y += count;
	return ++count * 100 + last[1].y;
}

static void local(int n)
{
	struct shape s = { .corner = { [1] = { n, n + 1 } }, .name = "local" };
	struct point p = { 0 }, q = { .y = n }, r = p, all[4] = { [1 ... 2] = { n, 7 }, q };
	int a[] = { n, n * 2, [5] = n * 3 };
	struct point empty = {};
	char buffer[6] = "hey";
	int scalar = { 41 };

	put(s.corner[0].x + s.corner[1].x * 10 + s.corner[1].y * 100);
	put(s.name[2]);
	put(s.flags);
	put(p.x + p.y + q.x + q.y * 10 + r.y);
	put(all[0].x + all[1].x * 10 + all[2].y * 100 + all[3].y * 1000);
	put(sizeof(a));
	put(a[0] + a[1] * 10 + a[4] + a[5] * 100);
	put(empty.x + empty.y);
	put(buffer[1] + buffer[3] + buffer[5]);
	put(scalar);
	put((struct point){ .y = 5, .x = n }.x);
	put((&(struct point){ n, 6 })->y);
	put(((int[]){ 4, 5, 6 })[1]);
}

static void run(void)
{
	int i;

	put(sizeof(shapes) / sizeof(shapes[0]));
	for (i = 0; i < 5; i++) {
		put(shapes[i].corner[0].x + 10 * shapes[i].corner[1].x + 100 * shapes[i].corner[1].y);
		put(shapes[i].corner[2].y);
		put(shapes[i].u.l);
		put(shapes[i].area ? shapes[i].area(&shapes[i]) : -1);
		put(shapes[i].flags * 16 + shapes[i].more);
		put(shapes[i].name ? shapes[i].name[0] : 0);
	}
	for (i = 0; i < (int)(sizeof(table) / sizeof(table[0])); i++)
		put(table[i]);
	put(matrix[1][0] + matrix[1][1] + matrix[0][2] * 10);
	put(sizeof(jagged));
	put(jagged[2][1] * 10 + jagged[3][0] + jagged[0][1] + jagged[3][1]);
	put(word[2] + word[3] + exact[2] + single[5] + sizeof(single));
	put(places[1]->y + places[2]->x + (places[0] == 0));
	put(computed);
	put(wrapped);
	put(anonymous.p.x + anonymous.p.y * 10 + anonymous.tail * 100);
	put(choice[SECOND] == two && choice[FIRST] == one && !choice[1]);
	put(choice[SECOND](&shapes[3]));
	put(LAST);
	put(later);
	put(counter());
	put(counter());
	local(3);
	local(4);
}
