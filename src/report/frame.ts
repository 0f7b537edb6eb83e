import type { Palette } from './colour.js';
import type { Scene, Story } from './page/story.js';
import { shortenSource } from './shorten.js';
import { pad, truncate } from './width.js';
import { wrapIntoColumn } from './wrap.js';

/** The place that a frame fills. */
export interface Screen {
  columns: number;
  rows: number;
  colours: Palette;
}

const keysHelp = 'arrows or j k: step   g G: first, last   q: leave   *: what races';

/** A column narrower than this cannot hold a statement: then all threads share one. */
const narrowestLane = 24;

/** Bars of locks that fit beside a statement. */
const mostBars = 3;

interface Lanes {
  shared: boolean;
  cells: number;
}

function lanesOf({ threads }: Story, columns: number): Lanes {
  const cells = Math.floor((columns - 6) / threads.length) - 2;
  return cells < narrowestLane ? { shared: true, cells: columns - 8 } : { shared: false, cells };
}

/** What one statement says, fitted into a lane beside the bars of the locks that its thread holds. */
function wordsOf(scene: Scene, cells: number): string[] {
  const room = cells - mostBars - 1;
  const lines = scene.entered && scene.function !== '' ? [truncate(`${scene.function}()`, room)] : [];
  if (scene.source !== '') {
    const number = `${scene.line}`.padStart(4);
    const source = wrapIntoColumn(shortenSource(scene.source, room - 5), room - 5, '  ', 2);
    lines.push(...source.map((line, at) => `${at === 0 ? number : '    '} ${line}`));
  }
  for (const note of scene.notes)
    lines.push(...wrapIntoColumn(note, room - 7, '', 3).map((l) => `       ${l}`));
  for (const said of scene.broken) lines.push(...wrapIntoColumn(`*** ${said}`, room, '    ', 4));
  return lines.length === 0 ? [''] : lines;
}

function bars(scene: Scene, thread: number): string {
  const held = new Set(scene.held.get(thread) ?? []).size;
  return pad('|'.repeat(Math.min(held, mostBars)), mostBars);
}

/** The lines of one scene, with its number and whether it is the one looked at. */
function linesOf(story: Story, at: number, now: boolean, lanes: Lanes, colours: Palette): string[] {
  const scene = story.scenes[at]!;
  const paint = scene.broken.length > 0 ? colours.bad : now ? colours.strong : (text: string) => text;
  return wordsOf(scene, lanes.cells).map((words, line) => {
    const mark = now && line === 0 ? '>' : ' ';
    const number = line === 0 ? `${at + 1}`.padStart(3) : '   ';
    const cell = (text: string, thread: number) =>
      `${colours.faint(bars(scene, thread))} ${paint(pad(text, lanes.cells - mostBars - 1))}`;
    const cells = lanes.shared
      ? `${scene.thread} ${cell(words, scene.thread)}`
      : story.threads.map(({ number: n }) => cell(n === scene.thread ? words : '', n)).join('  ');
    const races = scene.clashes && line === 0 ? '*' : ' ';
    return `${paint(mark)}${colours.faint(number)}${paint(races)}${cells}`.trimEnd();
  });
}

/** How the world stands behind the scene, what has just changed first. */
function worldOf({ world, changed, held }: Scene, threads: Story['threads'], columns: number): string[] {
  const names = [...changed, ...[...world.keys()].filter((name) => !changed.has(name))];
  const states = names.map(
    (name) => `${changed.has(name) ? '* ' : '  '}${name}: ${world.get(name) ?? 'none'}`,
  );
  const locks = threads.map(({ number }) => {
    const own = [...new Set(held.get(number) ?? [])];
    return `${number} holds ${own.length === 0 ? 'nothing' : own.join(', ')}`;
  });
  return [`  ${locks.join('   ')}`, ...states].map((line) => truncate(line, columns));
}

function headsOf(story: Story, { shared, cells }: Lanes, columns: number): string[] {
  const words = story.threads.map(({ number, role }) => `${number}  ${role}`);
  if (shared) return words.map((line) => truncate(line, columns));
  return [`${' '.repeat(5)}${words.map((word) => pad(truncate(word, cells), cells)).join('  ')}`.trimEnd()];
}

/** One picture of an interleaving at one of its steps: at most as many lines, and as wide, as the screen. */
export function drawFrame(
  story: Story,
  title: string,
  at: number,
  { columns, rows, colours }: Screen,
): string[] {
  const lanes = lanesOf(story, columns);
  const step = `step ${at + 1} of ${story.scenes.length}`;
  const top = [
    pad(colours.strong(truncate(title, columns - step.length - 2)), 0),
    colours.faint(step),
    ...headsOf(story, lanes, columns),
    '-'.repeat(Math.min(columns, 200)),
  ];
  const world = worldOf(story.scenes[at]!, story.threads, columns).slice(
    0,
    Math.max(2, Math.floor(rows / 4)),
  );
  const bottom = ['-'.repeat(Math.min(columns, 200)), ...world, colours.faint(truncate(keysHelp, columns))];
  const room = Math.max(1, rows - top.length - bottom.length - 1);
  const scenes = story.scenes.map((_, n) => linesOf(story, n, n === at, lanes, colours));
  const before = scenes.slice(0, at).flat().length;
  const first = Math.max(0, Math.min(before - Math.floor(room / 2), scenes.flat().length - room));
  return [...top, ...scenes.flat().slice(first, first + room), ...bottom];
}
