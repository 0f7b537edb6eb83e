import { compareVersions, type KernelVersion, parseVersion } from './kernel-version.js';

/**
 * Whether a `Seen:` line says that a version had the race: ranges `v4.10..v4.11-rc5` and single versions,
 * separated by commas, in the order of the main line. A last version without a third number stands for its
 * stable releases too. Undefined where the line does not know: next to a candidate without digits.
 */
export function wasSeen(seen: string | null, version: KernelVersion): boolean | undefined {
  let unsure = false;
  for (const part of (seen ?? '').split(',').filter((each) => each.trim() !== '')) {
    const answer = isWithin(part.trim(), version);
    if (answer === true) return true;
    if (answer === undefined) unsure = true;
  }
  return unsure ? undefined : false;
}

/** Why a `Seen:` line cannot be read; undefined when it can. */
export function whyNoRange(seen: string): string | undefined {
  for (const part of seen.split(',').map((each) => each.trim())) {
    const ends = part.split('..').map(parseVersion);
    if (ends.length > 2 || ends.some((end) => end === undefined)) return `"${part}" is no range of versions`;
    const [first, last = first] = ends as KernelVersion[];
    if (compareVersions(first!, last!) > 0) return `"${part}" ends before it begins`;
  }
  return undefined;
}

function isWithin(range: string, version: KernelVersion): boolean | undefined {
  const [first, last = first] = range.split('..').map(parseVersion);
  if (first === undefined || last === undefined) return undefined;
  if (isOpen(first, version) || isOpen(last, version)) return undefined;
  const inStableOfLast =
    isSameRelease(last, version) &&
    last.candidate === undefined &&
    last.numbers.length <= releaseLength(last);
  return compareVersions(first, version) <= 0 && (compareVersions(version, last) <= 0 || inStableOfLast);
}

/** A candidate of the same release, and the range does not say which candidates it means. */
function isOpen(end: KernelVersion, version: KernelVersion): boolean {
  return end.candidate === 0 && version.candidate !== undefined && isSameRelease(end, version);
}

function isSameRelease(a: KernelVersion, b: KernelVersion): boolean {
  return [...Array(releaseLength(a)).keys()].every((at) => (a.numbers[at] ?? 0) === (b.numbers[at] ?? 0));
}

/** Numbers that name a release, and not one of its stable ones: v5.2, but v2.6.38. */
function releaseLength({ numbers }: KernelVersion): number {
  return numbers[0] === 2 ? 3 : 2;
}
