/* Promotions, conversions, signedness, width: where one operand changes what the other means. */
static unsigned char uc = 200;
static signed char sc = -5;
static unsigned short us = 65535;
static short ss = -300;
static int si = -7;
static unsigned int ui = 4000000000u;
static long sl = -9000000000L;
static unsigned long ul = 18000000000000000000ul;
static _Bool flag;

static void promotions(void)
{
	put(uc + uc);
	put((unsigned char)(uc + uc));
	put(~uc);
	put(-us);
	put(us * us > 0);
	put((signed char)uc);
	put((unsigned short)ss);
	put(ss >> 2);
	put((unsigned)ss >> 2);
	put(sc < ui);
	put(si < (long)ui);
	put(si < ui);
	put(sl < ul);
	put(sl + ui);
	put((unsigned)si + sl);
	put((long)(si + ui));
	put(si / 2);
	put(si % 3);
	put((unsigned)si / 3);
	put(sl / 7);
	put(ul / 7);
	put(ul % 1000);
	put((unsigned long)sl >> 60);
	put(sl >> 33);
	put(1u << 31);
	put(1ul << 63);
	put((int)(1u << 31) >> 31);
	put((int)ul);
	put((short)sl);
	put(!ul);
	put(!!sl);
	put(ul == (unsigned long)(long)ul);
}

static void storage(void)
{
	unsigned char c = 250;
	int i;
	short s = 32767;
	_Bool b = 256;
	unsigned long x;

	c += 10;
	put(c);
	c -= 20;
	put(c);
	put(c++);
	put(++c);
	c = -1;
	put(c);
	put(c--);
	put(c == 254);
	s++;
	put(s);
	put(b);
	b = 0 ? 1 : 0;
	put(b);
	b += 5;
	put(b);
	b--;
	put(b);
	flag = 4;
	put(flag);
	flag = !flag;
	put(flag);
	i = ui;
	put(i);
	x = i;
	put(x);
	x = ui;
	put(x);
	x = si;
	x >>= 4;
	put(x);
	i = 5;
	i *= 2 > 1 ? 3 : 2;
	put(i);
	i <<= 3;
	put(i);
	i ^= -1;
	put(i);
	i |= 0x80000000;
	put(i);
	x = 1;
	x <<= 40;
	x -= 1;
	put(x);
	put((unsigned)x);
	put(x & ~0xffful);
	put(x & ~0xfffu);
	put(x & ~0xfff);
}

static void wide(void)
{
	unsigned long a = 0xfedcba9876543210ul, b = 0x0123456789abcdeful;
	long s = (long)a;

	put(a + b);
	put(a - b);
	put(b - a);
	put(a * b);
	put(a / 0x12345);
	put(a % 0x12345);
	put(s / 0x12345);
	put(s % 0x12345);
	put(a & b);
	put(a | b);
	put(a ^ b);
	put(~a);
	put(-a);
	put(a >> 13);
	put(s >> 13);
	put(a << 13);
	put(a > b);
	put(s > (long)b);
	put(a >= a);
	put((a << 1) >> 1 == a);
	put((unsigned)a);
	put((unsigned)(a >> 32));
	put((int)(a >> 32));
	put((unsigned char)(a >> 60));
	put(a ? 1 : 2);
	put(a && b);
	put(a * 0x9e3779b97f4a7c15ul >> 58);
}

static void bits(void)
{
	unsigned long values[] = { 1, 2, 0x80000000ul, 0xfffffffful, 1ul << 63, ~0ul, 0x123456789000ul, 96 };
	int i;

	for (i = 0; i < 8; i++) {
		unsigned long v = values[i];

		put(__builtin_ctzl(v) + 100 * __builtin_clzl(v) + 10000 * __builtin_popcountl(v));
		put(__builtin_ffsl(v) + 100 * __builtin_ffs((int)v) + 10000 * __builtin_popcount((unsigned)v));
		if ((unsigned)v)
			put(__builtin_clz((unsigned)v) * 100 + __builtin_ctz((unsigned)v));
	}
	put(__builtin_ffsll(0));
	put(__builtin_ctzl(64) + __builtin_clz(1) * 100 + __builtin_popcountll(255) * 10000);
}

static void run(void)
{
	bits();
	promotions();
	storage();
	wide();
	put(0x7fffffff + 0u);
	put(0xffffffff);
	put(-1 < 0u);
	put(-1L < 0u);
	put('a');
	put('\377');
	put(sizeof(1 ? (char)1 : (char)2));
	put(sizeof(uc + uc));
	put(sizeof(1 ? 1 : 1ul));
	put((1 ? -1 : 1u) > 0);
	put(10 - 3 - 2);
	put(2 + 3 * 4 % 5 << 1 | 1);
	put(1 == 2 == 0);
	put(7 & 3 == 3);
}
