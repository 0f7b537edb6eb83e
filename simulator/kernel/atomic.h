/* Atomic counters: each call is one step. */
#ifndef FAULTLINE_ATOMIC_H
#define FAULTLINE_ATOMIC_H

#define ATOMIC_INIT(value) { (value) }
#define atomic_read(v) READ_ONCE((v)->counter)
#define atomic_set(v, value) WRITE_ONCE((v)->counter, value)
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

#endif
