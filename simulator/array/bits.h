/* Maps of bits, none longer than a word: a node has no more slots than that. */
#ifndef FAULTLINE_ARRAY_BITS_H
#define FAULTLINE_ARRAY_BITS_H

#define BITS_TO_LONGS(bits) (((bits) + BITS_PER_LONG - 1) / BITS_PER_LONG)
#define DECLARE_BITMAP(name, bits) unsigned long name[BITS_TO_LONGS(bits)]

bool test_bit(unsigned long bit, const volatile unsigned long *map);
void __set_bit(unsigned long bit, volatile unsigned long *map);
void __clear_bit(unsigned long bit, volatile unsigned long *map);
bool __test_and_set_bit(unsigned long bit, volatile unsigned long *map);
bool __test_and_clear_bit(unsigned long bit, volatile unsigned long *map);
unsigned long find_next_bit(const unsigned long *map, unsigned long size, unsigned long from);
#define find_first_bit(map, size) find_next_bit(map, size, 0)
#define bitmap_empty(map, size) (find_next_bit(map, size, 0) == (size))
#define bitmap_full(map, size) ((*(map) & BITS_BELOW(size)) == BITS_BELOW(size))
#define bitmap_fill(map, size) ((void)(*(map) = BITS_BELOW(size)))
#define bitmap_zero(map, size) ((void)(*(map) = 0))
#define bitmap_clear(map, from, count) ((void)(*(map) &= ~(BITS_BELOW(count) << (from))))
#define bitmap_set(map, from, count) ((void)(*(map) |= BITS_BELOW(count) << (from)))
#define BITS_BELOW(bit) ((bit) >= BITS_PER_LONG ? ~0UL : (1UL << (bit)) - 1)
#define __ffs(word) ((unsigned long)__builtin_ctzl(word))
#define fls(word) ((word) ? 32 - __builtin_clz(word) : 0)

#endif
