/* Maps of bits. A bit is read with its word, as processors do; only who holds the lock writes one. */

bool test_bit(unsigned long bit, const volatile unsigned long *map)
{
	return (*map >> bit) & 1;
}

void __set_bit(unsigned long bit, volatile unsigned long *map)
{
	*map |= 1UL << bit;
}

void __clear_bit(unsigned long bit, volatile unsigned long *map)
{
	*map &= ~(1UL << bit);
}

bool __test_and_set_bit(unsigned long bit, volatile unsigned long *map)
{
	unsigned long word = *map;

	*map = word | (1UL << bit);
	return (word >> bit) & 1;
}

bool __test_and_clear_bit(unsigned long bit, volatile unsigned long *map)
{
	unsigned long word = *map;

	*map = word & ~(1UL << bit);
	return (word >> bit) & 1;
}

/* The first bit from there on that is set; the size where there is none. */
unsigned long find_next_bit(const unsigned long *map, unsigned long size, unsigned long from)
{
	unsigned long word = *map & BITS_BELOW(size);

	for (; from < size; from++)
		if ((word >> from) & 1)
			return from;
	return size;
}
