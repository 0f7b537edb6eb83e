/** A release, a candidate of one, or a stable release: what can be told apart and put in order. */
export interface KernelVersion {
  /** `[2, 6, 38, 0]`, `[4, 19, 13]`: filled with zeroes when compared. */
  numbers: number[];
  /** Candidate; 0 when the digits are not known, undefined for a release. */
  candidate: number | undefined;
}

/** `v4.19.13`, `v5.4-rc4`, `v4.20-rc` (some candidate), `5.9.1-vendor`; undefined for what is no version. */
export function parseVersion(text: string): KernelVersion | undefined {
  const match = /^v?(\d{1,3}(?:\.\d{1,3}){1,3})(?:-rc(\d{0,3}))?(?![\d.])/.exec(text);
  if (match === null) return undefined;
  const numbers = (match[1] as string).split('.').map(Number);
  return { numbers, candidate: match[2] === undefined ? undefined : Number(match[2]) };
}

/** Negative when `a` came before `b` on the way of the main line: 4.19-rc1, 4.19, 4.19.13, 4.20-rc1. */
export function compareVersions(a: KernelVersion, b: KernelVersion): number {
  for (let at = 0; at < 4; at++) {
    const difference = (a.numbers[at] ?? 0) - (b.numbers[at] ?? 0);
    if (difference !== 0) return difference;
  }
  const rank = ({ candidate }: KernelVersion) => candidate ?? Number.POSITIVE_INFINITY;
  return rank(a) === rank(b) ? 0 : rank(a) - rank(b);
}

const fields = ['VERSION', 'PATCHLEVEL', 'SUBLEVEL', 'EXTRAVERSION'] as const;

/** The version that a kernel's Makefile names, `4.19.13` or `4.19.0-rc3`; undefined when it names none. */
export function versionOfMakefile(text: string): string | undefined {
  const head = text.slice(0, 4000);
  const value = (name: string) =>
    new RegExp(`^${name}[ \\t]*=[ \\t]*([\\w.-]{0,40})[ \\t]*$`, 'm').exec(head)?.[1];
  const [version, patchlevel, sublevel, extra] = fields.map(value);
  if (!/^\d+$/.test(version ?? '') || !/^\d+$/.test(patchlevel ?? '')) return undefined;
  const last = sublevel === undefined || sublevel === '' ? '' : `.${sublevel}`;
  return `${version}.${patchlevel}${last}${extra ?? ''}`;
}
