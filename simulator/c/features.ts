import type { Origin } from '../vm/program.js';
import type { FunctionDefinition } from './ast.js';
import { type NamesIn, namesIn } from './names-in.js';
import { parse } from './parse.js';
import { type Features, type InForce, preprocess } from './preprocess.js';
import { textId } from './text-id.js';

/** What the model may ask about one file. */
interface Answers {
  /** Its functions with their number of parameters. */
  arities: Map<string, number>;
  /** What stands in it, be it a directive or a string of its own making. */
  identifiers: ReadonlySet<string>;
  names: NamesIn;
  macros: ReadonlySet<string>;
}

interface SourceLike {
  path: string;
  text: string;
  origin: Origin;
}

type Config = ReadonlyMap<string, string> | undefined;

const known = new Map<string, Answers>();

/** The answers to `__has_function`, `__arity`, `__uses` and `__names`, from the files under review or in their place. */
export function featuresOf(sources: readonly SourceLike[], config: Config): Features {
  const answers = sources.filter(isAsked).map((source) => answersOf(source, config));
  const arity = (name: string) => answers.find((each) => each.arities.has(name))?.arities.get(name) ?? -1;
  return {
    hasFunction: (name) => arity(name) >= 0,
    arity,
    uses: (name) => answers.some(({ names }) => names.used.plain.has(name) || names.used.members.has(name)),
    names: (name) => answers.some(({ identifiers }) => identifiers.has(name)),
  };
}

/**
 * Whether a name that files use may be none of the kernel's: each of them has something of its own that is called so.
 * Who tells kernels apart by it must not believe it.
 */
export function isDoubtful(name: string, sources: readonly SourceLike[], config: Config): boolean {
  return sources.filter(isAsked).every((source) => {
    const { names, macros } = answersOf(source, config);
    const { used, own } = names;
    const isKernels = (names: 'plain' | 'members') => used[names].has(name) && !own[names].has(name);
    return macros.has(name) || !(isKernels('plain') || isKernels('members'));
  });
}

/** Others wrote it, or may have changed it. */
function isAsked({ origin }: Pick<SourceLike, 'origin'>): boolean {
  return origin === 'reviewed' || origin === 'tree' || origin === 'baseline';
}

function answersOf(source: SourceLike, config: Config): Answers {
  const key = `${textId(source.path)} ${textId(source.text)} ${JSON.stringify([...(config ?? [])])}`;
  let answers = known.get(key);
  if (!answers) {
    answers = read(source, config);
    if (known.size >= 64) known.clear();
    known.set(key, answers);
  }
  return answers;
}

/** Read without the prelude, which cannot be read before these answers are there. */
function read({ path: file, text }: SourceLike, config: Config): Answers {
  const seen: InForce = { text: new Set(), directives: [] };
  const { tokens } = preprocess({ file, text }, config ? { config, seen } : { seen });
  const all = [...seen.text, ...seen.directives.flat(), ...tokens].filter(({ kind }) => kind === 'name');
  const defined = seen.directives.filter(([word]) => word?.text === 'define');
  const unit = parse(tokens, { file, typedefs: new Set() });
  return {
    arities: new Map(unit.functions.map((each) => [each.name, parameterCount(each)])),
    identifiers: new Set(all.map((token) => token.text)),
    names: namesIn(unit),
    macros: new Set(defined.map(([, name]) => name?.text ?? '')),
  };
}

function parameterCount({ type }: FunctionDefinition): number {
  const only = type.parameters.length === 1 ? type.parameters[0]!.type : undefined;
  return only?.kind === 'builtin' && only.name === 'void' ? 0 : type.parameters.length;
}
