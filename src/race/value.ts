import type { Act } from '../../simulator/index.js';
import { entryWords } from './entry.js';
import { thingAt } from './thing.js';
import type { Violation } from './violation.js';

const errorNames: Record<number, string> = {
  2: 'ENOENT',
  4: 'EINTR',
  5: 'EIO',
  11: 'EAGAIN',
  12: 'ENOMEM',
  14: 'EFAULT',
  16: 'EBUSY',
  17: 'EEXIST',
  22: 'EINVAL',
  28: 'ENOSPC',
  34: 'ERANGE',
};

const faultNames: [bit: number, name: string][] = [
  [0x1, 'OOM'],
  [0x2, 'SIGBUS'],
  [0x100, 'NOPAGE'],
  [0x200, 'LOCKED'],
  [0x400, 'RETRY'],
  [0x800, 'FALLBACK'],
  [0x1000, 'DONE_COW'],
  [0x2000, 'NEEDDSYNC'],
];

/** Returned values of one trace as kernel people write them. */
export class Values {
  private readonly entries: ReadonlyMap<number, string>;

  constructor(private readonly violation: Pick<Violation, 'acts' | 'program'>) {
    this.entries = entryWords(violation.acts);
  }

  text(value: number, callee: Act['callee']): string {
    if (value < 0 && errorNames[-value] !== undefined) return `-${errorNames[-value]}`;
    if (callee?.result === 'pointer') return value === 0 ? 'NULL' : this.pointer(value);
    if (value > 0 && /fault|^vmf_insert|^vm_insert/.test(callee?.name ?? '')) {
      const names = faultNames.filter(([bit]) => (value & bit) !== 0).map(([, name]) => `VM_FAULT_${name}`);
      if (names.length > 0) return names.join('|');
    }
    return `${value}`;
  }

  /** An entry is not a pointer, but functions that hand one out say so. */
  private pointer(value: number): string {
    const entry = this.entries.get(value);
    return entry === undefined
      ? (thingAt(this.violation.program, value) ?? hex(value))
      : `${hex(value)} (${entry})`;
  }
}

/** An address or a word of bits. */
export function hex(value: number | undefined): string {
  return `0x${((value ?? 0) >>> 0).toString(16)}`;
}
