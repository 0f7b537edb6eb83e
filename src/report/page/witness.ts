import { type ComponentChild, h } from 'preact';
import type { Finding } from '../../finding/finding.js';
import { clashOf } from '../clash.js';
import { sentence } from '../phrase.js';
import { shortenSource } from '../shorten.js';
import { clashNode } from './clash.js';
import { type Scene, type Story, storyOf } from './story.js';

/** Fewer statements than this are left out without a word: the line numbers show the gap. */
const worthSaying = 3;

/** A statement longer than a lane hides what it does behind its arguments; by the number of lanes. */
const widest = [76, 76, 38, 28, 24];

/** More locks than this share colours. */
const colours = 6;

function lockClass(story: Story, lock: string): string {
  return `lock${story.locks.indexOf(lock) % colours}`;
}

function bars(story: Story, scene: Scene, thread: number): ComponentChild {
  const held = [...new Set(scene.held.get(thread) ?? [])];
  const words = held.length === 0 ? {} : { title: `holds ${held.join(', ')}` };
  return h(
    'span',
    { class: 'bars', ...words },
    held.map((lock) => h('i', { class: lockClass(story, lock) })),
  );
}

/** A statement as it fits into its lane; whole for who points at it. */
function source({ line, source }: Scene, lanes: number): ComponentChild {
  const short = shortenSource(source, widest[lanes] ?? 24);
  return h('span', short === source ? {} : { title: source }, [h('span', { class: 'ln' }, line), short]);
}

/** `news`: the file is not the one that was named last. */
function statement(scene: Scene, lanes: number, news: boolean): ComponentChild {
  return h('div', { class: 'what code' }, [
    scene.entered && scene.function !== ''
      ? h('span', { class: 'fn' }, [`${scene.function}()`, news ? [' ', h('small', {}, scene.file)] : null])
      : null,
    scene.skipped >= worthSaying && !scene.entered
      ? h('span', { class: 'note', title: `${scene.skipped} statements` }, '...')
      : null,
    scene.source === '' ? null : source(scene, lanes),
    ...scene.notes.map((note) => h('span', { class: 'note' }, note)),
    ...scene.broken.map((sentence) => h('strong', { class: 'broken' }, `\u2717 ${sentence}`)),
  ]);
}

function isNews({ scenes }: Story, at: number): boolean {
  const before = scenes.slice(0, at).findLast(({ entered }) => entered);
  return before?.file !== scenes[at]!.file;
}

function sceneRow(story: Story, scene: Scene, at: number): ComponentChild {
  const breaks = scene.broken.length > 0;
  // Who is told to be stuck at the end did not run again.
  const runs = scene.source !== '' || !breaks;
  const kinds = { turn: scene.switched, switch: scene.switched && runs, breaks, clashes: scene.clashes };
  const classes = Object.entries(kinds).flatMap(([name, is]) => (is ? [name] : []));
  const lanes = story.threads.map(({ number }) =>
    h(
      'td',
      number === scene.thread ? { class: 'own', 'data-thread': number } : { class: 'idle' },
      h('div', { class: 'lane' }, [
        bars(story, scene, number),
        number === scene.thread ? statement(scene, story.threads.length, isNews(story, at)) : null,
      ]),
    ),
  );
  const changes = [...scene.changed].map((name) =>
    h('li', {}, [h('small', {}, `${name} `), scene.world.get(name) ?? 'none']),
  );
  const world = JSON.stringify([...scene.world]);
  return h('tr', { 'data-world': world, ...(classes.length > 0 ? { class: classes.join(' ') } : {}) }, [
    h('td', { class: 'number' }, at + 1),
    ...lanes,
    h('td', { class: 'delta' }, changes.length === 0 ? null : h('ul', {}, changes)),
  ]);
}

function legend(story: Story): ComponentChild {
  if (story.locks.length === 0) return null;
  const names = story.locks.map((lock) => h('span', {}, [h('i', { class: lockClass(story, lock) }), lock]));
  return h('p', { class: 'legend' }, ['Held: ', ...names]);
}

function controls(): ComponentChild {
  const button = (value: string, text: string) => h('button', { type: 'button', value }, text);
  return h('div', { class: 'controls', hidden: true }, [
    button('first', 'First'),
    button('back', 'Back'),
    button('forward', 'Forward'),
    button('last', 'Last'),
    h('output', { 'aria-live': 'polite' }),
  ]);
}

/** What races, in two or three statements, and below it the whole interleaving. */
export function witnessNode(finding: Finding, full: boolean): ComponentChild {
  const { trace, rule, assumptions } = finding;
  const clash = clashOf(trace, rule);
  const story = storyOf(trace, full, clash);
  const roles = new Map(story.threads.map(({ number, role }) => [number, role]));
  const scale = assumptions.find((each) => each.startsWith('sizes are scaled'));
  return [
    clash === undefined ? null : clashNode(clash, roles, finding),
    interleavingNode(story, scale === undefined ? '' : ` ${sentence(scale)}`),
  ];
}

/** The interleaving as a table: a column a thread, time downwards, locks as bars, what changed at the side. */
function interleavingNode(story: Story, scale: string): ComponentChild {
  const heads = story.threads.map(({ number, role }) => h('th', { scope: 'col' }, `${number}  ${role}`));
  const table = h('table', {}, [
    h(
      'caption',
      { class: 'quiet' },
      `Time runs downwards; a dashed line is a switch to another thread; what races is marked.${scale}`,
    ),
    h(
      'thead',
      {},
      h('tr', {}, [h('th', { scope: 'col' }, '#'), ...heads, h('th', { scope: 'col' }, 'What changed')]),
    ),
    h(
      'tbody',
      {},
      story.scenes.map((scene, at) => sceneRow(story, scene, at)),
    ),
  ]);
  const last = story.scenes.at(-1)?.world ?? new Map<string, string>();
  const facts = [...last].flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]);
  return h(
    'div',
    {
      class: 'witness',
      tabIndex: 0,
      role: 'group',
      'aria-label': 'interleaving; arrow keys step through it',
    },
    [
      h('div', { class: 'steps' }, [legend(story), table]),
      h('aside', { class: 'world' }, [
        controls(),
        h('h3', {}, 'Entries, page tables, sleepers'),
        h('dl', {}, facts),
      ]),
    ],
  );
}
