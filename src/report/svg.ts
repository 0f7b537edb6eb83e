import type { Finding } from '../finding/finding.js';
import type { Review } from '../finding/review.js';
import { clashOf } from './clash.js';
import type { Report } from './context.js';
import { escapeLine } from './escape.js';
import { type Scene, type Story, storyOf } from './page/story.js';
import { shortenSource } from './shorten.js';
import { truncate } from './width.js';
import { wrapIntoColumn } from './wrap.js';

/** Pixels. A character of the font at this size is 7.2 wide everywhere it matters. */
const character = 7.2;
const lineHeight = 16;
const laneWidth = 372;
const left = 12;
const barWidth = 4;
const columns = Math.floor((laneWidth - 40) / character);

const style = `text { font: 12px ui-monospace, "DejaVu Sans Mono", monospace; fill: #1b1f24 } .b { font-weight: 700 } .q { fill: #5d6772 }
.x { fill: #b3261e; font-weight: 700 } .bg { fill: #fff } .bad { fill: #fde7e5 } .ra { fill: #fbf0d9 } .sw { stroke: #0b57d0; stroke-dasharray: 5 4 } .rule { stroke: #d5dae0 }
.l0 { fill: #0b7a75 } .l1 { fill: #a23b72 } .l2 { fill: #3f5fbf } .l3 { fill: #a15c00 } .l4 { fill: #4f7a28 } .l5 { fill: #6b4ba1 }
@media (prefers-color-scheme: dark) { text { fill: #e4e7eb } .q { fill: #a3adb8 } .x { fill: #ff9c94 } .bg { fill: #14171a } .bad { fill: #4a1714 } .ra { fill: #3b2f14 }
.sw { stroke: #8ab4ff } .rule { stroke: #343a41 } .l0 { fill: #4fd1c5 } .l1 { fill: #f28bbf } .l2 { fill: #9db4ff } .l3 { fill: #f0b35b } .l4 { fill: #a9d67a } .l5 { fill: #c9b0ff } }`;

/** Text of XML 1.0; what it cannot hold at all was named by `escapeLine` before. */
function xml(text: string): string {
  return escapeLine(text).replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

interface Line {
  text: string;
  /** It is one of the statements that race. */
  races?: boolean;
  look: '' | 'b' | 'q' | 'x';
}

function linesOf(scene: Scene): Line[] {
  const lines: Line[] = [];
  const say = (text: string) => {
    for (const line of wrapIntoColumn(text, columns - 7, '', 3))
      lines.push({ text: `       ${line}`, look: 'q' });
  };
  if (scene.entered && scene.function !== '') lines.push({ text: `${scene.function}()`, look: 'b' });
  const source = `${`${scene.line}`.padStart(4)} ${shortenSource(scene.source, columns - 5)}`;
  const [first = '', ...rest] = scene.notes;
  const beside = first.startsWith('=') && source.length + 2 + first.length <= columns;
  if (scene.source !== '')
    lines.push({ text: beside ? `${source}  ${first}` : source, look: '', races: scene.clashes });
  for (const note of beside ? rest : scene.notes) say(note);
  // That something was mapped or unmapped is said already.
  for (const name of scene.changed)
    if (!name.startsWith('page table')) say(`${name}: ${scene.world.get(name) ?? 'none'}`);
  for (const sentence of scene.broken) lines.push(...broken(sentence));
  return lines;
}

/** What breaks is never cut. */
function broken(sentence: string): Line[] {
  const lines: Line[] = [];
  let line = '  \u2717';
  for (const word of sentence.split(' ')) {
    if (line.length + 1 + word.length > columns) {
      lines.push({ text: line, look: 'x' });
      line = '   ';
    }
    line += ` ${word}`;
  }
  return [...lines, { text: line, look: 'x' }];
}

class Drawing {
  private readonly parts: string[] = [];
  private y = 74;

  constructor(private readonly story: Story) {}

  private laneOf(thread: number): number {
    return left + this.story.threads.findIndex(({ number }) => number === thread) * laneWidth;
  }

  private text(x: number, y: number, text: string, look: string): void {
    const kept = truncate(text, columns);
    this.parts.push(
      `<text x="${x}" y="${y}" xml:space="preserve"${look === '' ? '' : ` class="${look}"`}>${indented(kept)}</text>`,
    );
  }

  /** A mark behind a line, as wide as its text. */
  private racing(x: number, y: number, text: string): void {
    const width = Math.ceil(Math.min(text.length, columns) * character) + 8;
    this.parts.push(
      `<rect class="ra" x="${x - 4}" y="${y + 1}" width="${width}" height="${lineHeight - 1}" rx="2"/>`,
    );
  }

  scene(scene: Scene): void {
    const lines = linesOf(scene);
    const height = lines.length * lineHeight + 4;
    if (scene.broken.length > 0)
      this.parts.push(`<rect class="bad" x="0" y="${this.y}" width="${this.width}" height="${height}"/>`);
    if (scene.switched)
      this.parts.push(`<line class="sw" x1="0" x2="${this.width}" y1="${this.y}" y2="${this.y}"/>`);
    for (const { number } of this.story.threads) this.bars(scene, number, height);
    const x = this.laneOf(scene.thread) + 26;
    for (const [at, { text, look, races }] of lines.entries()) {
      const y = this.y + at * lineHeight;
      if (races) this.racing(x, y, text);
      this.text(x, y + lineHeight - 3, text, look);
    }
    this.y += height;
  }

  private bars(scene: Scene, thread: number, height: number): void {
    for (const [at, lock] of [...new Set(scene.held.get(thread) ?? [])].entries()) {
      const x = this.laneOf(thread) + at * (barWidth + 2);
      this.parts.push(
        `<rect class="l${this.story.locks.indexOf(lock) % 6}" x="${x}" y="${this.y}" width="${barWidth}" height="${height}"/>`,
      );
    }
  }

  private get width(): number {
    return left * 2 + this.story.threads.length * laneWidth;
  }

  private heads(title: string): void {
    this.parts.push(
      `<text x="${left}" y="20" class="b">${xml(truncate(title, Math.floor(this.width / character) - 4))}</text>`,
    );
    let x = left;
    for (const [at, lock] of this.story.locks.entries()) {
      this.parts.push(`<rect class="l${at % 6}" x="${x}" y="31" width="9" height="9"/>`);
      this.parts.push(`<text x="${x + 14}" y="40" class="q">${xml(lock)}</text>`);
      x += 30 + lock.length * character;
    }
    for (const { number, role } of this.story.threads)
      this.text(this.laneOf(number) + 26, 62, `${number}  ${role}`, 'b');
    this.parts.push(`<line class="rule" x1="0" x2="${this.width}" y1="70" y2="70"/>`);
  }

  finish(title: string): string {
    this.heads(title);
    const height = this.y + 10;
    const box = `width="${this.width}" height="${height}" viewBox="0 0 ${this.width} ${height}"`;
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" ${box} role="img" aria-label="${xml(title)}">`,
      `<style>${style}</style>`,
      `<rect class="bg" width="${this.width}" height="${height}"/>`,
      ...this.parts,
      '</svg>',
      '',
    ].join('\n');
  }
}

/** Blanks in front of a line are kept: they are its indentation. */
function indented(text: string): string {
  const indentation = /^ */.exec(text)?.[0] ?? '';
  return indentation + xml(text);
}

/** The interleaving of one finding as a picture for an archive or a README. */
function witnessPicture({ rule, location, trace }: Finding, full: boolean): string {
  const story = storyOf(trace, full, clashOf(trace, rule));
  const drawing = new Drawing(story);
  for (const scene of story.scenes) drawing.scene(scene);
  return drawing.finish(`${rule} in ${location.function}(), ${location.file}:${location.line}`);
}

/** The finding that a reader would look at first; nothing when there is none. */
export function svgReport(review: Review, { explain }: { explain: boolean }): Report {
  const all = review.patches.flatMap(({ findings }) => findings);
  const first = all.find(({ status }) => status === 'introduced') ?? all[0];
  if (first === undefined) return { output: '', note: 'nothing was found; there is no picture' };
  return { output: witnessPicture(first, explain), note: null };
}
