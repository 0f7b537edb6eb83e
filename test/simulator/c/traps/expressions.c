/* Statement expressions, typeof, generic selection, compile-time choices, side effects. */
#define maximum(a, b) ({ __typeof__(a) _a = (a); __typeof__(b) _b = (b); _a > _b ? _a : _b; })
#define once(x) (*(volatile __typeof__(x) *)&(x))
#define is_constant(x) (sizeof(int) == sizeof(*(8 ? ((void *)((long)(x) * 0l)) : (int *)8)))
#define same(a, b) __builtin_types_compatible_p(__typeof__(a), __typeof__(b))
#define name_of(x) _Generic((x), int: 1, unsigned: 2, long: 3, unsigned long: 4, char *: 5, default: 9)
#define likely_(x) __builtin_expect(!!(x), 1)

static int count;
static volatile long shared = 5;

static int next(void)
{
	return ++count;
}

static int *cell(int *array, int *uses)
{
	++*uses;
	return &array[2];
}

static int scan(int *a, int n)
{
	return ({
		int found = -1;
		for (int i = 0; i < n; i++)
			if (a[i] == 5) {
				found = i;
				goto hit;
			}
		found = -2;
hit:
		found;
	});
}

static int early(int n)
{
	int x = ({ if (n > 3) return 99; n * 2; });

	return x + 1;
}

static void run(void)
{
	int a[5] = { 1, 2, 3, 4, 5 }, uses = 0, i = 3, x;
	unsigned u = 7;
	__auto_type copied = 1ul << 40;
	char *s = "s";

	put(maximum(3, maximum(next(), 2)));
	put(count);
	put(maximum(maximum(1, 9), maximum(4, 5)));
	put(once(shared));
	once(shared) = 6;
	put(shared);
	*cell(a, &uses) += 10;
	put(a[2] * 10 + uses);
	(*cell(a, &uses))++;
	put(a[2] * 10 + uses);
	put(a[i--] + i);
	x = i++ + 10;
	put(x * 100 + i);
	x = (i = 4, i + 1);
	put(x);
	put(i += x -= 2);
	put(scan(a, 5) * 10 + scan(a, 2));
	put(early(2) * 1000 + early(4));
	put(is_constant(5));
	put(is_constant(i));
	put(same(i, u));
	put(same(a[0], i));
	put(same(s, char *));
	put(name_of(i) * 10000 + name_of(u) * 1000 + name_of(copied) * 100 + name_of(s) * 10 + name_of(a));
	put(__builtin_choose_expr(sizeof(long) == 8, i, s) + 1);
	put(__builtin_constant_p(3 + 4) * 10 + __builtin_constant_p(uses + shared));
	put(copied);
	put(sizeof(__typeof__(copied)));
	put(sizeof(i++));
	put(i);
	if (likely_(i > 2) && !likely_(i > 1000))
		put(1);
	put(i > 2 ? u : -1);
	put((i > 2 ? i : u) - 100 > 0);
	put(({ int t = i; t += 2; t; }) + ({ int t = 3; t * 2; }));
	put(({ struct { int p, q; } pair = { 1, i }; pair; }).q);
	put(- - 3 + +4 - ~0);
	put(!i == 0);
	put(i & 1 ? 2 : i & 2 ? 3 : 4);
	put((char)(i * 100));
	put((_Bool)0x100);
	put((long)(int)0x80000000u);
	{
		int i = 50;
		{
			int i = i = 60;
			put(i);
		}
		put(i);
	}
	put(i);
	for (int i = 0, j = 10; i < j; i += 3, j--)
		put(i * 100 + j);
}
