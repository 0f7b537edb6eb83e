import { globalAt, type Program } from '../../simulator/index.js';

/** Kinds of locks as simulator/kernel/lock.h counts them. */
const pageLock = 4;
const rcuSection = 5;
const entryLock = 6;

/** Parts of the model's world by the name of the global that they lie in. */
const things: Record<string, string> = {
  world_inode: 'the inode',
  vma: 'the VMA',
  world_threads: 'a task',
  world_super_block: 'the super block',
  world_block_device: 'the block device',
  world_dax_device: 'the DAX device',
};

/** What lies at an address, in the words of a kernel developer; undefined for what has no name. */
export function thingAt(program: Program, address: number): string | undefined {
  const name = globalAt(program, address)?.name;
  if (name === undefined) return undefined;
  if (name === 'page_frames') return `page (pfn ${frameAt(program, address)})`;
  if (name === 'mm') return pageTablePart(program, address);
  return things[name] ?? name;
}

/** A lock as the reader knows it: the model has page locks and lock bits of entries in arrays of its own. */
export function lockText(program: Program, name: string, [address = 0, kind]: readonly number[]): string {
  if (kind === pageLock) return `page lock, pfn ${frameAt(program, address)}`;
  if (kind === entryLock) return `lock bit of entry ${/\d+/.exec(name)?.[0] ?? '?'}`;
  if (kind === rcuSection) return 'RCU read section';
  return name.includes('preload_section') ? 'preload (preemption off)' : name;
}

/** The number of a page: what lies at an address, in units of the array's elements. */
function frameAt(program: Program, address: number): number {
  const start = globalAt(program, address)?.address ?? address;
  const second = program.fields.get('page_frames')?.find(({ path }) => path.startsWith('page_frames[1]'));
  return second === undefined ? 0 : Math.floor((address - start) / second.offset);
}

function pageTablePart(program: Program, address: number): string {
  const start = globalAt(program, address)?.address ?? address;
  const path = program.fields.get('mm')?.findLast(({ offset }) => offset <= address - start)?.path ?? '';
  if (path.includes('.pte[')) return 'a PTE';
  return path.includes('.pmd[') ? 'a PMD' : 'the mm';
}
