/* Atomic counters: each call is one step. */
#ifndef FAULTLINE_ATOMIC_H
#define FAULTLINE_ATOMIC_H

#define ATOMIC_INIT(value) { (value) }
#define atomic_read(v) ((int)(v)->counter)
#define atomic_set(v, value) ((void)((v)->counter = (value)))
int atomic_add_return(int n, atomic_t *v);
int atomic_cmpxchg(atomic_t *v, int old, int new);
#define atomic_sub_return(n, v) atomic_add_return(-(n), v)
#define atomic_add(n, v) ((void)atomic_add_return(n, v))
#define atomic_sub(n, v) ((void)atomic_add_return(-(n), v))
#define atomic_inc(v) ((void)atomic_add_return(1, v))
#define atomic_dec(v) ((void)atomic_add_return(-1, v))
#define atomic_inc_return(v) atomic_add_return(1, v)
#define atomic_dec_return(v) atomic_add_return(-1, v)
#define atomic_dec_and_test(v) (atomic_add_return(-1, v) == 0)
#define atomic_inc_and_test(v) (atomic_add_return(1, v) == 0)
int atomic_inc_not_zero(atomic_t *v);

#define ATOMIC_LONG_INIT(value) { (value) }
#define ATOMIC64_INIT(value) { (value) }
#define atomic_long_read(v) ((long)(v)->counter)
#define atomic_long_set(v, value) ((void)((v)->counter = (value)))
long atomic_long_add_return(long n, atomic_long_t *v);
#define atomic_long_add(n, v) ((void)atomic_long_add_return(n, v))
#define atomic_long_sub(n, v) ((void)atomic_long_add_return(-(n), v))
#define atomic_long_inc(v) ((void)atomic_long_add_return(1, v))
#define atomic_long_dec(v) ((void)atomic_long_add_return(-1, v))
#define atomic_long_inc_return(v) atomic_long_add_return(1, v)
#define atomic_long_dec_return(v) atomic_long_add_return(-1, v)
#define atomic64_read(v) atomic_long_read(v)
#define atomic64_set(v, value) atomic_long_set(v, value)
#define atomic64_add(n, v) atomic_long_add(n, v)
#define atomic64_sub(n, v) atomic_long_sub(n, v)
#define atomic64_inc(v) atomic_long_inc(v)
#define atomic64_dec(v) atomic_long_dec(v)
#define atomic64_inc_return(v) atomic_long_inc_return(v)

#endif
