import type { TraceStep } from '../../finding/trace.js';
import type { Clash } from '../clash.js';
import { escapeLine } from '../escape.js';
import { type Moment, momentsOf } from '../moment.js';
import { tellingMoments } from '../telling.js';

/** One statement of one thread, and how the world stands behind it. All text is escaped for a reader. */
export interface Scene {
  thread: number;
  function: string;
  file: string;
  line: number;
  source: string;
  notes: string[];
  broken: string[];
  /** Another thread ran before. */
  switched: boolean;
  /** The thread comes into another function than in its last scene. */
  entered: boolean;
  /** Statements of this thread that were left out before this one, because nothing happens in them. */
  skipped: number;
  /** By thread: the locks that it holds now, its caller's left out. */
  held: ReadonlyMap<number, readonly string[]>;
  /** Entries, page tables and sleepers that the trace has told of so far. */
  world: ReadonlyMap<string, string>;
  /** Names of `world` that this statement changed. */
  changed: ReadonlySet<string>;
  /** It is one of the statements that race. */
  clashes: boolean;
}

export interface Story {
  threads: { number: number; role: string }[];
  /** Names of locks in the order in which they are first taken. */
  locks: string[];
  scenes: Scene[];
}

/** A trace as scenes: those in which threads meet or something happens, or all of them; and always `clash`. */
export function storyOf(trace: TraceStep[], full: boolean, clash?: Clash): Story {
  const roles = new Map(trace.map((step) => [step.thread, escapeLine(step.role)]));
  const threads = [...roles].map(([number, role]) => ({ number, role })).sort((a, b) => a.number - b.number);
  const scenes = new Telling(trace, full, clash).scenes();
  const locks = [...new Set(scenes.flatMap(({ held }) => [...held.values()].flat()))];
  return { threads, locks, scenes };
}

/** Its violation says that the thread sleeps, and will for ever. */
function isAsleep({ source, broken }: Scene): boolean {
  return source !== '' && saysAsleep(broken);
}

const saysAsleep = (broken: string[]) => broken.some((said) => said.includes('sleeper'));

/** `entry 0: none -> PMD, empty, locked`: shown as a change of the world, not once more as a note. */
const effect = /^(\w[\w .[\]]*): .* -> (.*)$/;

class Telling {
  private readonly moments: Moment[];
  private readonly told: ReadonlySet<number> | undefined;
  private readonly held = new Map<number, string[]>();
  private readonly world = new Map<string, string>();
  private readonly latest = new Map<number, Scene>();
  private readonly skipped = new Map<number, number>();

  private readonly racing: ReadonlySet<number>;

  constructor(trace: TraceStep[], full: boolean, clash: Clash | undefined) {
    this.moments = momentsOf(trace);
    this.racing = new Set(clash?.statements.map(({ at }) => at));
    this.told = full ? undefined : new Set([...tellingMoments(this.moments), ...this.racing]);
  }

  scenes(): Scene[] {
    const scenes: Scene[] = [];
    for (const [at, moment] of this.moments.entries()) {
      this.held.set(moment.thread, moment.locks);
      const changed = this.change(moment);
      const own = this.latest.get(moment.thread);
      // What the model does below a statement belongs to it.
      if (moment.source === '' && own !== undefined && scenes.at(-1) === own) this.add(own, moment, changed);
      else if (this.told === undefined || this.told.has(at) || changed.size > 0)
        scenes.push(this.scene(moment, changed, scenes.at(-1), this.racing.has(at)));
      else this.skipped.set(moment.thread, (this.skipped.get(moment.thread) ?? 0) + 1);
    }
    return this.conclude(scenes);
  }

  /** What is broken stands at the end: that a sleeper is never woken is known when the others are through. */
  private conclude(scenes: Scene[]): Scene[] {
    const early = scenes.slice(0, -1).filter(({ broken }) => broken.length > 0);
    const last = scenes.at(-1);
    if (early.length === 0 || last === undefined) return scenes;
    const ends = early.map((scene) => ({
      ...scene,
      ...{ held: last.held, world: last.world, changed: new Set<string>(), clashes: false },
      ...{ source: '', entered: false, skipped: 0, switched: scene.thread !== last.thread },
      notes: isAsleep(scene) ? [`still asleep at ${scene.line}`] : [],
    }));
    const kept = scenes.map((scene) => {
      if (!early.includes(scene)) return scene;
      return { ...scene, broken: [], notes: isAsleep(scene) ? [...scene.notes, 'sleeps'] : scene.notes };
    });
    return [...kept, ...ends];
  }

  private scene(moment: Moment, changed: Set<string>, before: Scene | undefined, clashes: boolean): Scene {
    const own = this.latest.get(moment.thread);
    const { thread, file, line, source } = moment;
    const scene: Scene = {
      thread,
      function: moment.function,
      file,
      line,
      source,
      notes: moment.notes.filter((note) => !effect.test(note)),
      broken: [...moment.broken],
      switched: before !== undefined && before.thread !== thread,
      entered: own?.function !== moment.function,
      skipped: this.skipped.get(thread) ?? 0,
      held: new Map(this.held),
      world: new Map(this.world),
      changed,
      clashes,
    };
    this.skipped.delete(thread);
    this.latest.set(thread, scene);
    return scene;
  }

  private add(scene: Scene, moment: Moment, changed: Set<string>): void {
    scene.notes.push(...moment.notes.filter((note) => !effect.test(note)));
    scene.broken.push(...moment.broken);
    scene.held = new Map(this.held);
    scene.world = new Map(this.world);
    scene.changed = new Set([...scene.changed, ...changed]);
  }

  /** Notes are this project's own words (src/race/trace.ts); what they say of the world is kept by its name. */
  private change(moment: Moment): Set<string> {
    const changed = new Set<string>();
    const set = (name: string, value: string | undefined) => {
      if (value === undefined) this.world.delete(name);
      else this.world.set(name, value);
      changed.add(name);
    };
    const own = `thread ${moment.thread}`;
    for (const note of moment.notes) {
      const becomes = effect.exec(note);
      // What is in brackets says how a size is scaled: it belongs where it is mapped.
      const maps = /\bmaps (0x[0-9a-f]+), ([^,(]+?)(?: \([^)]*\))?, pfn (\d+)/.exec(note);
      const unmaps = /\bunmaps (0x[0-9a-f]+)/.exec(note);
      if (becomes) set(becomes[1] as string, becomes[2] === 'none' ? undefined : becomes[2]);
      if (maps && !unmaps) set(`page table at ${maps[1]}`, `${maps[2]}, pfn ${maps[3]}`);
      if (unmaps) set(`page table at ${unmaps[1]}`, undefined);
      if (/\benters the wait queue/.test(note)) set(own, 'in the wait queue');
      if (/\bleaves the wait queue/.test(note)) set(own, undefined);
      if (note.startsWith('waits for')) set(own, note.replace('waits', 'sleeps, waits'));
      for (const woken of /^wakes ([\d, ]+)/.exec(note)?.[1]?.split(', ') ?? [])
        set(`thread ${woken}`, undefined);
    }
    if (saysAsleep(moment.broken)) set(own, 'sleeps in the wait queue');
    return changed;
  }
}
