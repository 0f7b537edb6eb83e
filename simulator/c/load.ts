import type { Origin } from '../vm/program.js';
import type { Unit } from './ast.js';
import { featuresOf, isDoubtful } from './features.js';
import { isHeaderOfOurs, isOurs, ownNames } from './own-words.js';
import { parse } from './parse.js';
import { type Features, type LeftOut, type Macros, preprocess, type SourceText } from './preprocess.js';
import { textId } from './text-id.js';

/** A C file and what it is to the program. */
export interface Source {
  path: string;
  text: string;
  origin: Origin;
}

export interface LoadedUnit {
  unit: Unit;
  origin: Origin;
}

/** What a program is made of, read. */
export interface Loaded {
  prelude: Unit | undefined;
  units: LoadedUnit[];
  /** Names by which the model tells this kernel from others, and that may be none of the kernel's. */
  doubtful: string[];
}

interface Prelude {
  unit: Unit;
  macros: Macros;
  typedefs: Set<string>;
  /** Tells units read with different preludes apart. */
  id: string;
}

interface Entry<T> {
  /** What was asked about the code under review while it was read, with the answers. */
  answers: Map<string, unknown>;
  value: T;
}

/** Values that depend on a text and on answers, kept for the next program made in this process. */
class AnswerCache<T> {
  private readonly entries = new Map<string, Entry<T>[]>();

  constructor(private readonly limit: number) {}

  get(key: string, features: Features, make: (features: Features) => T): Entry<T> {
    const list = this.entries.get(key) ?? [];
    const hit = list.find(({ answers }) => [...answers].every(([q, answer]) => ask(features, q) === answer));
    if (hit) return hit;
    const answers = new Map<string, unknown>();
    const value = make(recording(features, answers));
    if (this.entries.size >= this.limit) this.entries.delete(this.entries.keys().next().value!);
    const entry = { answers, value };
    this.entries.set(key, [entry, ...list].slice(0, 16));
    return entry;
  }
}

type Question = 'hasFunction' | 'arity' | 'uses' | 'names';

function ask(features: Features, question: string): unknown {
  const [what, name] = question.split(' ') as [Question, string];
  return features[what](name);
}

function recording(features: Features, answers: Map<string, unknown>): Features {
  const record = <T>(what: Question, name: string, answer: T): T => {
    answers.set(`${what} ${name}`, answer);
    return answer;
  };
  return {
    hasFunction: (name) => record('hasFunction', name, features.hasFunction(name)),
    arity: (name) => record('arity', name, features.arity(name)),
    uses: (name) => record('uses', name, features.uses(name)),
    names: (name) => record('names', name, features.names(name)),
  };
}

const preludes = new AnswerCache<Prelude | undefined>(8);
const units = new AnswerCache<Unit>(400);

/** Overrides of the default configuration; undefined for none. */
export type Config = ReadonlyMap<string, string> | undefined;

/** Reads the prelude and every source. Parsing never fails; what could not be read is in each unit. */
export function loadUnits(
  sources: readonly Source[],
  headers: ReadonlyMap<string, string>,
  config: Config,
): Loaded {
  const features = featuresOf(sources, config);
  const key = `${keyOf(headers)}/${config ? keyOf(config) : ''}`;
  const first = preludes.get(key, features, (recorded) => readPrelude(headers, config, recorded, key));
  const prelude = first.value;
  const read = sources.map((source) => {
    const ours = isOurs(source.origin) ? 'ours' : '';
    const unitKey = `${prelude?.id ?? key}/${textId(source.path)}/${textId(source.text)}/${ours}`;
    const entry = units.get(unitKey, features, (recorded) =>
      readUnit(source, headers, config, recorded, prelude),
    );
    return { unit: entry.value, origin: source.origin, answers: entry.answers };
  });
  const doubtful = usesIn([first, ...read]).filter((name) => isDoubtful(name, sources, config));
  return { prelude: prelude?.unit, units: read.map(({ unit, origin }) => ({ unit, origin })), doubtful };
}

/** The lines of a source that the configuration leaves out. */
export function leftOutOf(
  source: Source,
  headers: ReadonlyMap<string, string>,
  config: Config,
): readonly LeftOut[] {
  return loadUnits([source], headers, config).units[0]?.unit.leftOut ?? [];
}

/** The names of which somebody wanted to know whether the code uses them, and it does. */
function usesIn(entries: readonly Pick<Entry<unknown>, 'answers'>[]): string[] {
  const yes = entries.flatMap(({ answers }) => [...answers].filter(([, answer]) => answer === true));
  const names = yes.map(([question]) => question.split(' ')).filter(([what]) => what === 'uses');
  return [...new Set(names.map(([, name]) => name as string))];
}

const keys = new WeakMap<ReadonlyMap<string, string>, string>();

/** Tells headers and configurations apart; they are not changed once they were used. */
function keyOf(texts: ReadonlyMap<string, string>): string {
  const known = keys.get(texts) ?? [...texts].flat().map(textId).join('.');
  keys.set(texts, known);
  return known;
}

let preludesRead = 0;

function readPrelude(
  headers: ReadonlyMap<string, string>,
  config: Config,
  features: Features,
  key: string,
): Prelude | undefined {
  const text = headers.get('prelude.h');
  if (text === undefined) return undefined;
  const include = (name: string) => header(headers, name);
  const source = { file: 'prelude.h', text, own: ownNames(headers) };
  const read = preprocess(source, config ? { config, features, include } : { features, include });
  const typedefs = new Set<string>();
  const unit = parse(read.tokens, { file: 'prelude.h', typedefs });
  unit.problems.push(...read.problems);
  return { unit, macros: read.macros, typedefs, id: `${key}.${preludesRead++}` };
}

function header(headers: ReadonlyMap<string, string>, name: string): SourceText | undefined {
  const text = headers.get(name);
  if (text === undefined) return undefined;
  return isHeaderOfOurs(name) ? { file: name, text, own: ownNames(headers) } : { file: name, text };
}

function readUnit(
  source: Source,
  headers: ReadonlyMap<string, string>,
  config: Config,
  features: Features,
  prelude: Prelude | undefined,
): Unit {
  const { path: file, text, origin } = source;
  const read = preprocess(isOurs(origin) ? { file, text, own: ownNames(headers) } : { file, text }, {
    features,
    ...(config ? { config } : {}),
    ...(prelude ? { macros: prelude.macros.copy() } : {}),
    ...(isOurs(origin) || origin === 'baseline' ? { include: (name: string) => header(headers, name) } : {}),
  });
  const typedefs = new Set(prelude?.typedefs);
  const unit = parse(read.tokens, { file, typedefs });
  unit.problems.push(...read.problems);
  unit.leftOut = read.leftOut;
  return unit;
}
