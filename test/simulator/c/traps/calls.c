/* Function pointers, recursion, cleanup attributes, variadic headers left alone. */
#define guarded(name, n) int name __attribute__((cleanup(leave))) = enter(n)

struct op { int (*call)(int, long); const char *label; };
typedef int (*binary_t)(int, long);

static long trace;
static long log_value(long v) { trace = trace * 10 + v; return trace; }
static int enter(int n) { log_value(n); return n; }
static void leave(int *n) { log_value(*n + 4); }

static int add(int a, long b) { return a + (int)b; }
static int subtract(int a, long b) { return a - (int)b; }
static binary_t pick(int n) { return n ? add : subtract; }
static int apply(binary_t f, int a) { return f(a, 2); }
static int fibonacci(int n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }
static int even(unsigned n);
static int odd(unsigned n) { return n == 0 ? 0 : even(n - 1); }
static int even(unsigned n) { return n == 0 ? 1 : odd(n - 1); }
static void nothing(void) { }
static signed char narrow(int n) { return n; }
static unsigned short unsigned_narrow(int n) { return n; }
static _Bool truth(unsigned long n) { return n; }
static unsigned widen(signed char c) { return c; }
static struct op ops[] = { { add, "+" }, { .call = subtract } };

static int leaving(int how)
{
	int i;
	guarded(a, 1);

	for (i = 0; i < 3; i++) {
		guarded(b, 2);

		if (how == 0)
			break;
		if (how == 1 && i == 1)
			continue;
		if (how == 2)
			return a + b + i;
		if (how == 3)
			goto out;
		if (how == 4 && i == 0)
			goto again;
again:
		;
	}
	{
		guarded(c, 3);
		if (how == 5)
			return c;
	}
out:
	return a * 10;
}

static void run(void)
{
	int (*f)(int, long) = add;
	void (*v)(void) = nothing;
	int i;

	put(f(1, 2));
	put((*f)(3, 4));
	put((**f)(5, 6));
	put((&add)(7, 8));
	put(pick(0)(9, 1));
	put(pick(1) == add);
	put(apply(subtract, 5));
	put(apply(&add, 5));
	put(ops[1].call(8, 3) + ops->call(1, 1));
	v();
	put(!v);
	put(fibonacci(12));
	put(even(10) * 10 + odd(7));
	put(narrow(200));
	put(unsigned_narrow(-1));
	put(truth(1ul << 40));
	put(widen(200));
	put(add(1 > 0, 0xffffffffffL));
	for (i = 0; i < 6; i++) {
		trace = 0;
		put(leaving(i));
		put(trace);
	}
}
