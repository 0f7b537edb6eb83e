/* Layout, structs by value, unions, anonymous members, container_of, bit-fields. */
#define member_of(ptr, type, member) ((type *)((char *)(ptr) - __builtin_offsetof(type, member)))

typedef struct { unsigned long val; } frame_t;
struct small { char a; short b; };
struct mixed { char a; long b; char c; int d; char e[3]; short f; };
struct outer {
	int before;
	union {
		struct { int x, y; };
		long both;
	};
	struct small in[2];
	struct link { struct link *next, *prev; } node;
	char flexible[];
};
struct bits {
	unsigned int a : 3;
	unsigned int b : 7;
	int c : 5;
	unsigned char d : 2;
	unsigned long e : 33;
	_Bool f : 1;
	unsigned int : 0;
	unsigned int g : 32;
	int h;
};
union pun { unsigned int word; unsigned char byte[4]; unsigned short half[2]; };

static frame_t frame(unsigned long n)
{
	frame_t f = { n << 12 };

	return f;
}

static unsigned long number(frame_t f)
{
	f.val >>= 12;
	return f.val;
}

static struct mixed make(int seed)
{
	struct mixed m = { .a = seed, .b = seed * 1000L, .d = -seed, .e = { 1, 2, 3 }, .f = seed + 1 };

	return m;
}

static struct mixed changed(struct mixed m, int by)
{
	m.d += by;
	m.e[1] = by;
	return m;
}

static long sum(struct mixed m)
{
	return m.a + m.b + m.c + m.d + m.e[0] + m.e[1] + m.e[2] + m.f;
}

static void bitfields(void)
{
	struct bits v = { 5, 100, -3, 2, 0x1ffffffffUL, 1, 0xdeadbeef, -1 };
	struct bits *p = &v;

	put(sizeof(v));
	put(v.a);
	put(v.b);
	put(v.c);
	put(v.d);
	put(v.e);
	put(v.f);
	put(v.g);
	put(v.h);
	p->a = 9;
	put(p->a);
	p->c = 15;
	p->c++;
	put(p->c);
	p->b -= 101;
	put(p->b);
	put(v.a - 4 < 0);
	put((v.c = 17));
	put(p->e += 2);
	v.f = 2;
	put(v.f);
	put(v.d++);
	put(v.d);
	put(v.d + v.b * 2);
	put(v.g);
	put(v.h);
}

static void run(void)
{
	struct outer o = { .before = 1, .x = 2, .y = 3, .in = { { 4, 5 }, { .b = 6 } } };
	struct link *l = &o.node;
	struct mixed m = make(3), n;
	struct { struct mixed one, two; } pair;
	union pun u;
	struct small *s;

	put(sizeof(struct small));
	put(sizeof(struct mixed));
	put(sizeof(struct outer));
	put(__builtin_offsetof(struct outer, y));
	put(__builtin_offsetof(struct outer, node.prev));
	put(__builtin_offsetof(struct outer, in[1].b));
	put(__builtin_offsetof(struct mixed, f));
	put(_Alignof(struct mixed));
	put(o.both);
	put(o.in[0].a + o.in[1].a + o.in[1].b);
	put(member_of(l, struct outer, node) == &o);
	put(member_of(l, struct outer, node)->y);
	l->next = l;
	put(o.node.next->next == l);
	put(number(frame(42)));
	put(frame(3).val);
	n = changed(m, 10);
	put(sum(m));
	put(sum(n));
	put(sum(changed(make(1), 2)));
	pair.one = n;
	pair.two = pair.one;
	pair.one.b = 0;
	put(sum(pair.two) - sum(pair.one));
	n = m.a ? pair.two : pair.one;
	put(sum(n));
	put((n = m).d);
	u.word = 0x01020304;
	put(u.byte[0]);
	put(u.half[1]);
	u.byte[3] = 0xff;
	put(u.word);
	s = o.in;
	s[1] = s[0];
	put(o.in[1].a * 100 + o.in[1].b);
	*s++ = (struct small){ .b = 9 };
	put(o.in[0].b + o.in[0].a);
	put(make(2).e[2]);
	bitfields();
}
