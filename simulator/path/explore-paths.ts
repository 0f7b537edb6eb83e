import type { Fn, Program } from '../vm/program.js';
import { doorkeeper } from './admission.js';
import { aliasOf } from './alias.js';
import { defaultPathBudget, mostTaken, type PathBudget } from './budget.js';
import { Calculator } from './calculate.js';
import { Condenser } from './condense.js';
import { ConditionalLocks, isCallers, mayBeConditional } from './conditional-lock.js';
import { Endings } from './endings.js';
import type { Moment } from './event.js';
import { isAbout } from './passed.js';
import type { PathVerdict, SaidBy } from './path-verdict.js';
import { Patience } from './patience.js';
import { Questions } from './questions.js';
import { leavesUnlocks, reachOf } from './reach.js';
import { replayPath } from './replay-path.js';
import { doubtOf, excuseOf, type PathRule, type Paths } from './rule.js';
import { beginning, choicesOf, copyOf, type Frame, type Held, type State, siteOf, topOf } from './state.js';
import { concernsCallers, isEven, isFound, type Summary } from './summary.js';
import { type Term, TooMuch } from './term.js';
import { Walk } from './walk.js';
import { Ways } from './ways.js';

export type { PathVerdict, SaidBy } from './path-verdict.js';

/** What an exploration may be asked beside the rules. */
export interface Quest {
  /** Rules for this function alone: what it calls is not held against them by itself. */
  also: readonly PathRule[];
  /** Functions that are run where they are called, whatever is known of them. */
  enter: ReadonlySet<Fn>;
}

const plain: Quest = { also: [], enter: new Set() };

const known = new WeakMap<Fn, { asked: unknown[]; verdict: PathVerdict }>();

/** Runs all paths of a function and asks the rules about them; once for the same question without a quest. */
export function explorePaths(
  program: Program,
  fn: Fn,
  rules: readonly PathRule[],
  budget: PathBudget = defaultPathBudget,
  quest: Quest = plain,
): PathVerdict {
  const asked = [program, rules, budget.paths, budget.steps, budget.depth];
  const before = quest === plain ? known.get(fn) : undefined;
  if (before?.asked.every((each, n) => each === asked[n])) return before.verdict;
  const verdict = new Exploration(program, fn, rules, budget, quest).run();
  if (quest === plain) known.set(fn, { asked, verdict });
  return verdict;
}

/** How often all paths are run again because something has to be remembered. */
const mostRounds = 6;

class Exploration {
  private readonly calculator = new Calculator();
  /** By condition: the node where it was met. */
  private readonly visited: number[] = [];
  private readonly condenser: Condenser;
  private ways = new Ways();
  private readonly callers = new Set<number>();
  private readonly about = new Set<number>();
  private readonly releasing = new Map<string, Set<number>>();
  private readonly endings = new Endings();
  private readonly patience: Patience;
  private readonly said = new Map<string, SaidBy>();
  private readonly collected: Paths;
  private readonly walk: Walk;
  private readonly retrace: PathVerdict['retrace'];
  private readonly watchers: readonly PathRule[];
  private readonly locks: ConditionalLocks | undefined;
  private moments = 0;
  private readonly questions = new Questions();
  private news = false;
  private sleeps = false;
  private readonly takes = new Set<string>();
  /** Does something that concerns callers: releases what it has not taken, or leaves something open. */
  private speaks = false;
  private watched = false;
  /** Why some path was not followed to its end. */
  private gap: string | undefined;

  constructor(
    private readonly program: Program,
    private readonly fn: Fn,
    private readonly rules: readonly PathRule[],
    private readonly budget: PathBudget,
    { also, enter }: Quest,
  ) {
    this.watchers = [...rules, ...also];
    this.patience = new Patience(reachOf(program, rules).matters);
    this.locks = mayBeConditional(program, fn) ? new ConditionalLocks(fn) : undefined;
    const behind = (site: string) => this.ways.beyond(this.releasing.get(site) ?? []);
    const { callers, about, endings } = this;
    this.collected = { fn, ends: [], released: new Set(), callers, about, endings, behind };
    const passes = (summary: Summary) => {
      this.sleeps ||= summary.sleeps;
      this.watched ||= summary.watched;
      for (const family of summary.takes) this.takes.add(family);
    };
    const run = (callee: Fn) => explorePaths(program, callee, rules, budget);
    const around = {
      program,
      calculator: this.calculator,
      isPatient: (each: Fn) => this.patience.has(each),
      ...doorkeeper(program, rules, budget, run, passes, enter),
    };
    // What is forgotten on the way is forgotten again, but nothing meets.
    const visited = (state: State) => this.condenser.condense(state) < 0;
    this.retrace = (choices) => replayPath({ ...around, visited }, fn, this.watchers, choices);
    this.walk = new Walk({
      ...around,
      tell: (moment) => this.tell(moment),
      visited: (state) => this.wasHere(state),
      asks: (subject, frames) => this.asks(subject, frames),
    });
    this.condenser = new Condenser(
      (each) => this.walk.flowOf(each),
      (bare) => this.questions.again.has(bare),
    );
  }

  run(): PathVerdict {
    let over: string | undefined;
    try {
      over = this.search();
    } catch (thrown) {
      if (!(thrown instanceof TooMuch)) throw thrown;
      over = thrown.message;
      if (this.news) this.forgetAll();
    }
    for (const rule of this.watchers)
      for (const said of rule.judge?.(this.collected) ?? []) this.add({ ...said, rule });
    const { steps } = this.walk;
    const all = [...this.said.values()].map((one) => ({
      ...one,
      excuse: one.excuse ?? (one.relies && doubtOf(one.relies, this.collected)),
    }));
    const said = all.filter(({ excuse }) => excuse === undefined);
    const excused = all.filter(({ excuse }) => excuse !== undefined);
    const neutral = !this.speaks && this.collected.ends.every(isEven);
    const { fn, sleeps, takes, watched, retrace } = this;
    const partial = leavesUnlocks(this.program, fn, this.walk.flowOf(fn).run);
    const conditionals = this.locks?.conditionals ?? { found: [], isCut: false };
    const paths = this.collected.ends.length;
    this.forgetPaths();
    return {
      fn,
      neutral,
      partial,
      watched,
      sleeps,
      takes,
      released: this.collected.released,
      conditionals,
      retrace,
      said,
      excused,
      paths,
      over,
      steps,
    };
  }

  /**
   * Again, when something was forgotten that is asked about a second time: paths found until then may be none.
   */
  private search(): string | undefined {
    for (let round = 1; ; round++) {
      this.news = false;
      const over = this.searchOnce();
      if (!this.news) return over;
      this.forgetAll();
      // What is remembered from now on makes no fewer paths of them.
      if (over !== undefined) return over;
      if (round === mostRounds) return 'too many questions are asked again';
    }
  }

  private forgetAll(): void {
    this.forgetPaths();
    this.said.clear();
    this.collected.released.clear();
    this.gap = undefined;
    this.locks?.forget();
    for (const { forget } of this.watchers) forget?.();
  }

  /** What a verdict, that may be kept for long, does not need. */
  private forgetPaths(): void {
    this.visited.length = 0;
    this.condenser.forgetAll();
    this.releasing.clear();
    this.endings.forget();
    this.ways = new Ways();
    this.collected.ends.length = 0;
  }

  /** What a function asks that is called from two places is asked in two. */
  private asks(subject: Term, frames: readonly Frame[]): void {
    const place = frames.map(({ fn, at }) => `${fn.id} ${at}`).join();
    if (this.questions.ask(subject, place)) this.news = true;
  }

  private searchOnce(): string | undefined {
    const limit = this.walk.steps + this.budget.steps;
    const open: State[] = [beginning(this.fn, this.calculator)];
    let ended = 0;
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      const standing = this.walk.advance(state);
      if (this.walk.steps > limit) return 'more steps than are looked at';
      if (standing.kind === 'cut' && standing.why === undefined) this.patience.cut(topOf(state));
      else if (standing.kind === 'cut') this.gap ??= standing.why;
      if (standing.kind !== 'fork') {
        if (++ended > this.budget.paths) return 'more paths than are looked at';
        continue;
      }
      // Each path that is open keeps what it has learnt: of one that never ends there would be too many.
      if (state.taken > mostTaken) return 'a path decides more often than is looked at';
      const from = state.node;
      for (let way = standing.ways - 1; way >= 0; way--) {
        const next = way === 0 ? state : copyOf(state);
        next.node = this.ways.part(from);
        this.walk.take(next, way);
        open.push(next);
      }
    }
    if (this.news || this.gap !== undefined) return this.gap;
    const { more, why } = this.patience.judge((fn) => this.walk.flowOf(fn));
    if (more) this.news = true;
    return why;
  }

  private wasHere(state: State): boolean {
    const condition = this.condenser.condense(state);
    const known = this.visited[condition];
    if (known !== undefined) {
      this.ways.meet(state.node, known);
      return true;
    }
    state.node = this.ways.part(state.node);
    this.visited[condition] = state.node;
    return false;
  }

  private tell(moment: Moment): void {
    this.moments++;
    const { event, state } = moment;
    if (event.kind === 'ask' && isCallers(event.subject)) this.callers.add(event.bare);
    else if (event.kind === 'ask' && state.held.some((held) => isAbout(event.subject, held)))
      this.about.add(event.bare);
    if (event.kind === 'release' && event.held) this.released(event.held, event.lock, state);
    if (event.kind === 'sleep') this.sleeps = true;
    if (event.kind === 'acquire') this.takes.add(event.lock.family);
    const gives = event.kind === 'release' || event.kind === 'downgrade';
    if (gives && !event.held && !isFound(event.lock)) this.speaks = true;
    if (event.kind === 'call' && concernsCallers(this.rules, event.name, state)) this.watched = true;
    if (event.kind === 'end') {
      if (this.rules.some(({ leaves }) => leaves?.(state))) this.speaks = true;
      const { file, line } = moment;
      const choices = choicesOf(state);
      this.collected.ends.push({ state, value: event.value, choices, file, line, moment: this.moments });
    }
    this.locks?.watch(moment);
    for (const rule of this.watchers) {
      const alarm = rule.watch?.(moment);
      if (!alarm) continue;
      const { file, line, fn } = moment;
      const excuse = excuseOf(state) ?? alarm.excuse;
      this.add({ ...alarm, excuse, file, line, fn, choices: choicesOf(state), moment: this.moments, rule });
    }
  }

  private released(lock: Held, as: Held, { node, frames }: State): void {
    const site = siteOf(lock);
    this.endings.add(lock, frames);
    const nodes = this.releasing.get(site) ?? new Set();
    this.releasing.set(site, nodes.add(node));
    this.collected.released.add(site).add(aliasOf(lock, as.lock));
    for (const place of lock.through ?? []) this.collected.released.add(`${site} > ${place}`);
  }

  private add(said: SaidBy): void {
    const { object, begins = '', fn, line, excuse = '' } = said;
    const key = `${said.rule.rule} ${object} ${begins} ${fn} ${line} ${excuse}`;
    const known = this.said.get(key);
    if (!known || known.choices.length > said.choices.length) this.said.set(key, said);
  }
}
