/** Words of C and of the kernel that the grammar must know. */

function words(text: string): Set<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Words that make up a type, with C's and GNU's spellings. */
export const typeWords = words(`
  void char short int long float double signed unsigned _Bool bool __signed__ __signed __int128 __int128_t
  __uint128_t _Complex __auto_type
`);

/** Words that begin a type and go on in brackets or braces. */
export const typeOpeners = new Set([
  'struct',
  'union',
  'enum',
  'typeof',
  '__typeof__',
  '__typeof',
  'typeof_unqual',
  '__typeof_unqual__',
]);

export const qualifiers = new Set([
  'const',
  'volatile',
  'restrict',
  '__const',
  '__const__',
  '__volatile',
  '__volatile__',
  '__restrict',
  '__restrict__',
  '_Atomic',
  '__extension__',
]);

export const storageWords = new Set([
  'static',
  'extern',
  'typedef',
  'auto',
  'register',
  'inline',
  '__inline',
  '__inline__',
  '_Noreturn',
  '_Thread_local',
  '__thread',
]);

/** Words of statements and operators: never the name of anything. */
export const reservedWords = words(`
  if else while do for switch case default goto break continue return sizeof _Alignof __alignof__
  __alignof _Generic _Static_assert asm __asm__ __asm
`);

/** Attributes without arguments that stand anywhere among the words of a declaration. */
export const attributeWords = words(`
  __init __exit __initdata __exitdata __initconst __meminit __meminitdata __ref __refdata __always_inline
  __no_inline noinline __noinline noinline_for_stack noinstr notrace asmlinkage __visible __weak __used
  __unused __maybe_unused __always_unused __must_check __malloc __pure __attribute_const__ __cold __hot
  __latent_entropy __sched __kprobes __nocfi __lockfunc __force __user __kernel __iomem __rcu __percpu
  __private __bitwise __bitwise__ __nocast __safe __packed __read_mostly __ro_after_init __deprecated
  __noreturn __randomize_layout __no_randomize_layout __designated_init __cacheline_aligned
  __cacheline_aligned_in_smp ____cacheline_aligned ____cacheline_aligned_in_smp
  ____cacheline_internodealigned_in_smp __page_aligned_data __page_aligned_bss __aligned_largest
  __no_kcsan __no_kasan_or_inline __no_sanitize_address __no_sanitize_or_inline __no_kcsan_or_inline
  __no_sanitize_memory __nonstring __flatten __bpf_kfunc __net_init __net_exit __cpuidle
  __irq_entry __entry_text __noclone __gnu_inline
`);

/** Attributes with arguments in brackets. */
export const attributeCalls = words(`
  __attribute__ __attribute __declspec __aligned _Alignas __section __printf __scanf __acquires __releases
  __must_hold __must_hold_shared __acquires_shared __releases_shared __cond_acquires __cond_releases
  __alloc_size __assume_aligned __counted_by __counted_by_le __counted_by_be
  __guarded_by __pt_guarded_by __realloc_size __cleanup __free __no_sanitize __diagnose_as
  __overloadable __compiletime_error __compiletime_warning __optimize__ __target __alias
  __copy
`);

/**
 * Types of the kernel's ABI that need no header to be known as types. What they are is for the units to say.
 */
export const baseTypedefs = words(`
  u8 u16 u32 u64 s8 s16 s32 s64 __u8 __u16 __u32 __u64 __s8 __s16 __s32 __s64
  __le16 __le32 __le64 __be16 __be32 __be64 uint8_t uint16_t uint32_t uint64_t int8_t int16_t int32_t int64_t
  uint ulong size_t ssize_t ptrdiff_t uintptr_t loff_t off_t pgoff_t gfp_t sector_t dev_t umode_t pid_t
  atomic_t atomic_long_t atomic64_t spinlock_t rwlock_t wait_queue_head_t va_list __builtin_va_list
`);
