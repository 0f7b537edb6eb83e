import type { FilePatch, Hunk } from '../../change/patch.js';
import { type Edit, edited } from './edit.js';
import { type Heads, noteHeads, otherHead } from './head.js';
import { insertOutside, insertWhole, isWhole } from './insert.js';
import { functionNamed, type Outline, type Part } from './outline.js';
import { graftLimit } from './piece.js';
import { type Placement, place, type Texts } from './place.js';
import { saidElsewhere } from './said-elsewhere.js';
import { type Column, isChange, scriptOf } from './script.js';
import { type Segment, segmentsOf } from './segment.js';
import { followingName, lostIndent, type Manner, sideOf } from './side.js';
import { isClear, type Threshold, thresholds } from './threshold.js';

/** What became of one hunk, or of its part in one function, as one line. */
export interface Step {
  hunk: number;
  outcome: string;
}

/** A file of a baseline with both sides of a patch grafted on. */
export interface Grafted {
  before: string;
  after: string;
  steps: Step[];
  /** Of all placements the mean fit and the least margin; 1 for functions that are in the diff as a whole. */
  fit: number;
  margin: number;
}

export interface Refused {
  hunk: number | undefined;
  why: string;
  /** How much was placed before: of several eras the one that got furthest has the best reason. */
  placed: number;
}

interface Cut {
  hunk: Hunk;
  texts: Texts;
  script: Column[];
  segments: Segment[];
}

function cutHunk(hunk: Hunk, manner: Manner): Cut | string {
  const size = hunk.lines.reduce((sum, { text }) => sum + text.length + 1, 0);
  if (size > graftLimit.hunkText) return `it has ${size} characters, too many to be aligned`;
  const before = sideOf(hunk, 'before', manner);
  const after = sideOf(hunk, 'after', manner);
  const pieces = Math.max(before.pieces.length, after.pieces.length);
  if (pieces > graftLimit.pieces) return `it has ${pieces} statements, too many to be aligned`;
  const script = scriptOf(before, after);
  const segments = segmentsOf(script, hunk.section).filter(isCode);
  return { hunk, texts: { before: before.text, after: after.text }, script, segments };
}

/** The model stands for every header. */
function isCode({ columns }: Segment): boolean {
  return columns.some(
    (column) => isChange(column) && !/^# ?include\b/.test((column.before ?? column.after)!.text),
  );
}

/** Grafts a file's patch onto a baseline, all of it or nothing. */
export function graftFile(file: FilePatch, outline: Outline, own: ReadonlySet<string>): Grafted | Refused {
  if (file.kind !== 'modify')
    return { hunk: undefined, why: 'only changes of a file can be grafted', placed: 0 };
  if (file.hunks.length > graftLimit.hunks)
    return { hunk: undefined, why: `${file.hunks.length} hunks are too many to be aligned`, placed: 0 };
  const cuts: Cut[] = [];
  const manner = { lost: lostIndent(file.hunks), own };
  for (const hunk of file.hunks) {
    const cut = cutHunk(hunk, manner);
    if (typeof cut === 'string') return { hunk: hunk.number, why: cut, placed: 0 };
    cuts.push(cut);
  }
  return new Grafting(outline, cuts).graft();
}

class Grafting {
  private readonly edits: Edit[] = [];
  private readonly steps: Step[] = [];
  private readonly fits: number[] = [];
  private margin = 1;
  /** Of functions that the patch renames, either name by the other. */
  private readonly renamed = new Map<string, string>();
  private readonly heads: Heads = new Map();

  constructor(
    private readonly outline: Outline,
    private readonly cuts: Cut[],
  ) {
    for (const { hunk, script, segments } of cuts) {
      noteHeads(this.heads, script, hunk.section);
      for (const { before, after } of segments) {
        if (before !== undefined && after !== undefined && before !== after)
          this.renamed.set(before, after).set(after, before);
      }
    }
  }

  graft(): Grafted | Refused {
    const other = otherHead(this.heads, this.outline);
    if (other !== undefined)
      return { hunk: undefined, why: `${other}() takes other parameters on the baseline`, placed: 0 };
    for (const { hunk, texts, segments } of this.cuts) {
      if (segments.length === 0) this.steps.push({ hunk: hunk.number, outcome: 'it changes no code' });
      for (const segment of segments) {
        const why = this.take(segment, hunk, texts);
        if (why !== undefined) return { hunk: hunk.number, why, placed: this.fits.length };
      }
    }
    const before = edited(this.outline.text, this.edits, 'before');
    const after = edited(this.outline.text, this.edits, 'after');
    if (before === undefined || after === undefined)
      return { hunk: undefined, why: 'two hunks claim the same place', placed: this.fits.length };
    const fit = this.fits.reduce((sum, one) => sum + one, 0) / (this.fits.length || 1);
    return { before, after, steps: this.steps, fit: this.fits.length === 0 ? 1 : fit, margin: this.margin };
  }

  /** Why a segment cannot be taken over. */
  private take(segment: Segment, hunk: Hunk, texts: Texts): string | undefined {
    if (segment.outside) return this.takeOutside(segment, hunk, texts);
    const named = [segment.before, segment.after].flatMap((name) =>
      name === undefined ? [] : [name, this.renamed.get(name) ?? name],
    );
    const part = named.map((name) => functionNamed(this.outline, name)).find((found) => found !== undefined);
    if (isWhole(segment)) {
      this.edits.push(insertWhole(segment, this.outline, texts));
      const name = segment.after ?? segment.before;
      return this.took(hunk, 1, 1, `${name}() is in the diff as a whole and runs as it stands`);
    }
    if (part !== undefined) return this.settle(hunk, place(segment, part, texts), thresholds.named);
    if (named.length > 0) return `the baseline has no ${named[0]}()`;
    return this.search(segment, hunk, texts);
  }

  /** Neither the hunk nor its header names the function: what it does has to tell. */
  private search(segment: Segment, hunk: Hunk, texts: Texts): string | undefined {
    const label = /^(\w+):/.exec(hunk.section)?.[1];
    const labelled = this.outline.functions.filter(({ pieces }) =>
      pieces.some(({ text }) => text === `${label} :`),
    );
    const neighbour = this.before(followingName(hunk));
    const known = neighbour === undefined ? labelled : [neighbour];
    const candidates = known.length > 0 ? known : this.outline.functions;
    const all = candidates.map((part) => place(segment, part, texts));
    const [best, second] = all.sort((a, b) => b.fit - a.fit);
    if (best === undefined) return 'there are no functions';
    if (second !== undefined) best.margin = Math.min(best.margin, best.fit - second.fit);
    const least = isClear(best, thresholds.alone) ? thresholds.alone : thresholds.unnamed;
    return this.settle(hunk, best, known.length > 0 ? thresholds.labelled : least);
  }

  /** The function that stands in front of another one; undefined when there is none, or no such other. */
  private before(name: string | undefined): Part | undefined {
    const at = this.outline.functions.findIndex((part) => name !== undefined && part.name === name);
    return at > 0 ? this.outline.functions[at - 1] : undefined;
  }

  private takeOutside(segment: Segment, hunk: Hunk, texts: Texts): string | undefined {
    const placement = place(segment, this.outline.outside, texts);
    if (placement.why === undefined && isClear(placement, thresholds.labelled))
      return this.settle(hunk, placement, thresholds.labelled);
    const edit = insertOutside(segment, this.outline, texts);
    if (edit === undefined) return 'it changes declarations that the baseline does not have';
    this.edits.push(edit);
    return this.took(hunk, 1, 1, 'declarations of the diff, as they stand');
  }

  private settle(hunk: Hunk, placement: Placement, least: Threshold): string | undefined {
    const { part, fit, margin, edits, why } = placement;
    const where = part.name === undefined ? 'outside of functions' : `${part.name}()`;
    if (why !== undefined) return `${where}: ${why}`;
    if (!isClear(placement, least)) return `${where}: no clear place for it (${measured(fit, margin)})`;
    const elsewhere = saidElsewhere(placement, this.outline, this.edits);
    if (elsewhere !== undefined) return `${where}: ${elsewhere}`;
    this.edits.push(...edits);
    const line = this.outline.text.slice(0, edits[0]?.start ?? part.start).split('\n').length;
    return this.took(hunk, fit, margin, `grafted into ${where} at line ${line} (${measured(fit, margin)})`);
  }

  private took(hunk: Hunk, fit: number, margin: number, outcome: string): undefined {
    this.steps.push({ hunk: hunk.number, outcome });
    this.fits.push(fit);
    this.margin = Math.min(this.margin, margin);
    return undefined;
  }
}

function measured(fit: number, margin: number): string {
  return `fit ${fit.toFixed(2)}, margin ${margin.toFixed(2)}`;
}
