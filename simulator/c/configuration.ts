/**
 * The kernel configuration that code is read with. It is printed with a review, and `--config` overrides
 * single entries. `y` is on, numbers are themselves, everything not listed is off.
 */
export const defaultConfiguration: ReadonlyMap<string, string> = new Map([
  ...[
    'CONFIG_64BIT',
    'CONFIG_ARCH_ENABLE_THP_MIGRATION',
    'CONFIG_ARCH_HAS_PTE_DEVMAP',
    'CONFIG_ARCH_HAS_PTE_SPECIAL',
    'CONFIG_BLOCK',
    'CONFIG_DAX',
    'CONFIG_FS_DAX',
    'CONFIG_FS_DAX_PMD',
    'CONFIG_FS_IOMAP',
    'CONFIG_HAVE_ARCH_TRANSPARENT_HUGEPAGE',
    'CONFIG_MEMORY_FAILURE',
    'CONFIG_MIGRATION',
    'CONFIG_MMU',
    'CONFIG_RADIX_TREE_MULTIORDER',
    'CONFIG_SHMEM',
    'CONFIG_SMP',
    'CONFIG_SWAP',
    'CONFIG_TRANSPARENT_HUGEPAGE',
    'CONFIG_TRANSPARENT_HUGE_PAGECACHE',
    'CONFIG_XARRAY_MULTI',
    'CONFIG_ZONE_DEVICE',
  ].map((name): [string, string] => [name, 'y']),
  ['CONFIG_BASE_SMALL', '0'],
  ['CONFIG_HZ', '250'],
  ['CONFIG_NR_CPUS', '8'],
  ['CONFIG_PGTABLE_LEVELS', '4'],
  ['CONFIG_ILLEGAL_POINTER_VALUE', '0xdead000000000000'],
]);

/** What a configuration entry is as a macro: `y` is 1, numbers and strings are themselves, off is undefined. */
export function configurationValue(
  name: string,
  overrides: ReadonlyMap<string, string> | undefined,
): string | undefined {
  const value = overrides?.get(name) ?? defaultConfiguration.get(name);
  if (value === undefined || value === 'n' || value === 'm' || value === '') return undefined;
  return value === 'y' ? '1' : value;
}
