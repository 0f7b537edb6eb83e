import { bare } from './place-hunk.js';
import type { Counts } from './settle-hunk.js';

/** Readings that are looked at before the hunk is given up as undecidable. */
const mostSteps = 50_000;
/** Lines of a hunk beyond which nobody tries: each may be read in two ways. */
const mostLines = 2000;

/** Reads the lines of a hunk against a file, in every way in which they can be read; two are enough to stop. */
class Readings {
  readonly found: string[][] = [];
  private readonly bareRegion: string[];
  private steps = 0;

  constructor(
    private readonly region: string[],
    private readonly counts: Counts,
    private readonly file: string[],
  ) {
    this.bareRegion = region.map(bare);
  }

  /** All readings of a hunk that begins at the 0-based `place` of the file. */
  from(place: number): void {
    this.read(0, place, { old: 0, new: 0 }, []);
  }

  get isClear(): boolean {
    return this.found.length === 1 && this.steps < mostSteps;
  }

  private read(at: number, place: number, { old, new: made }: Counts, taken: string[]): void {
    if (this.found.length > 1 || this.steps++ > mostSteps) return;
    if (old > this.counts.old || made > this.counts.new) return;
    if (old === this.counts.old && made === this.counts.new) {
      // Behind a hunk there is nothing, unless it is the last before prose.
      if (this.region.slice(at).every((line) => line === '')) this.found.push(taken);
      return;
    }
    const line = this.region[at];
    if (line === undefined) return;
    const next = this.file[place];
    if (this.bareRegion[at] === next)
      this.read(at + 1, place + 1, { old: old + 1, new: made + 1 }, [...taken, ` ${line}`]);
    if (line.startsWith('-') && bare(line.slice(1)) === next)
      this.read(at + 1, place + 1, { old: old + 1, new: made }, [...taken, line]);
    if (line.startsWith('+')) this.read(at + 1, place, { old, new: made + 1 }, [...taken, line]);
  }
}

/**
 * The lines of a hunk with their first column given back, where the counts alone do not tell: a line that
 * begins with a sign may be context. `file` is the file before the patch without white space. undefined when
 * the hunk can be read in no way or in more than one, at whatever place.
 */
export function alignHunk(region: string[], counts: Counts, file: string[]): string[] | undefined {
  if (region.length > mostLines) return undefined;
  const readings = new Readings(region, counts, file);
  for (let place = 0; place <= file.length - counts.old && readings.found.length < 2; place++)
    readings.from(place);
  return readings.isClear ? readings.found[0] : undefined;
}
