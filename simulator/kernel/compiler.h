/* Attributes, arithmetic and assertions. BUG and WARN are violations: the kernel means them. */
#ifndef FAULTLINE_COMPILER_H
#define FAULTLINE_COMPILER_H

#define __init
#define __exit
#define __initdata
#define __read_mostly
#define __user
#define __kernel
#define __force
#define __iomem
#define __rcu
#define __percpu
#define __bitwise
#define __must_check
#define __maybe_unused
#define __always_unused
#define __attribute_const__
#define __always_inline inline
#define noinline
#define notrace
#define asmlinkage
#define fastcall
#define __cold
#define __sched
#define __pure
#define __malloc
#define __packed
#define ____cacheline_aligned
#define ____cacheline_aligned_in_smp
#define __acquires(lock)
#define __releases(lock)
#define __must_hold(lock)
#define __acquire(lock) ((void)0)
#define __release(lock) ((void)0)
#define fallthrough ((void)0)

#define likely(condition) (!!(condition))
#define unlikely(condition) (!!(condition))

#define EXPORT_SYMBOL(symbol)
#define EXPORT_SYMBOL_GPL(symbol)
#define EXPORT_TRACEPOINT_SYMBOL_GPL(symbol)
#define MODULE_LICENSE(text)
#define MODULE_AUTHOR(text)
#define MODULE_DESCRIPTION(text)
#define module_init(function)
#define module_exit(function)
#define fs_initcall(function)
#define subsys_initcall(function)
#define core_initcall(function)
#define late_initcall(function)

#ifndef offsetof
#define offsetof(type, member) __builtin_offsetof(type, member)
#endif
#define container_of(pointer, type, member) ((type *)((char *)(pointer) - offsetof(type, member)))

#define min(a, b) ({ typeof(a) min_a = (a); typeof(b) min_b = (b); min_a < min_b ? min_a : min_b; })
#define max(a, b) ({ typeof(a) max_a = (a); typeof(b) max_b = (b); max_a > max_b ? max_a : max_b; })
#define min_t(type, a, b) ({ type min_a = (a); type min_b = (b); min_a < min_b ? min_a : min_b; })
#define max_t(type, a, b) ({ type max_a = (a); type max_b = (b); max_a > max_b ? max_a : max_b; })
#define min3(a, b, c) min(min(a, b), c)
#define clamp(value, low, high) min(max(value, low), high)
#define swap(a, b) do { typeof(a) swap_a = (a); (a) = (b); (b) = swap_a; } while (0)

#define ALIGN(value, size) (((value) + (size) - 1) & ~((typeof(value))(size) - 1))
#define ALIGN_DOWN(value, size) ((value) & ~((typeof(value))(size) - 1))
#define IS_ALIGNED(value, size) (((value) & ((typeof(value))(size) - 1)) == 0)
#define PAGE_ALIGN(address) ALIGN(address, PAGE_SIZE)
#define PAGE_ALIGNED(address) IS_ALIGNED((unsigned long)(address), PAGE_SIZE)
#define round_up(value, size) ((((value) - 1) | ((typeof(value))(size) - 1)) + 1)
#define round_down(value, size) ((value) & ~((typeof(value))(size) - 1))
#define DIV_ROUND_UP(value, by) (((value) + (by) - 1) / (by))
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define BIT(bit) (1UL << (bit))
#define offset_in_page(address) ((unsigned long)(address) & ~PAGE_MASK)
#define upper_32_bits(value) ((u32)((value) >> 32))
#define lower_32_bits(value) ((u32)(value))

#define BUG_ON(condition) do { if (condition) __violate("assertion", "BUG_ON(" #condition ")"); } while (0)
#define BUG() __violate("assertion", "BUG() is reached")
#define WARN_ON_ONCE(condition) \
	({ int warn_on = !!(condition); if (warn_on) __warn("WARN_ON(" #condition ")"); warn_on; })
#define WARN_ON(condition) WARN_ON_ONCE(condition)
#define WARN_ONCE(condition, ...) WARN_ON_ONCE(condition)
#define WARN(condition, ...) WARN_ON_ONCE(condition)
#define VM_BUG_ON(condition) BUG_ON(condition)
#define VM_BUG_ON_PAGE(condition, page) BUG_ON(condition)
#define VM_BUG_ON_FOLIO(condition, folio) BUG_ON(condition)
#define VM_BUG_ON_VMA(condition, vma) BUG_ON(condition)
#define VM_BUG_ON_MM(condition, mm) BUG_ON(condition)
#define VM_WARN_ON(condition) WARN_ON_ONCE(condition)
#define VM_WARN_ON_ONCE(condition) WARN_ON_ONCE(condition)
#define VM_WARN_ON_ONCE_FOLIO(condition, folio) WARN_ON_ONCE(condition)
#define BUILD_BUG_ON(condition) ((void)0)
#define BUILD_BUG_ON_MSG(condition, message) ((void)0)

#define cpu_relax() __yield()

#define pr_err(...) ((void)0)
#define pr_alert(...) ((void)0)
#define pr_warn(...) ((void)0)
#define pr_info(...) ((void)0)
#define pr_debug(...) ((void)0)
#define pr_warn_once(...) ((void)0)
#define pr_err_ratelimited(...) ((void)0)
#define pr_warn_ratelimited(...) ((void)0)
#define printk(...) ((void)0)
#define printk_ratelimited(...) ((void)0)
#define dump_stack() ((void)0)
#define dump_page(page, reason) ((void)0)
#define add_taint(flag, lockdep) ((void)0)

/* Few buckets, so that different keys share a queue as they may in the kernel. */
#define hash_long(value, bits) ((unsigned long)(value) & 3)
#define hash_ptr(pointer, bits) (((unsigned long)(pointer) >> 4) & 3)
#define ilog2(value) (63 - __builtin_clzl(value))

#endif
