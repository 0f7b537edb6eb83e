import type { Origin } from '../vm/program.js';
import type { FunctionDefinition } from './ast.js';
import { parse } from './parse.js';
import { type Features, preprocess } from './preprocess.js';
import { textId } from './text-id.js';

/** What the model may ask about one file: its functions with their number of parameters, its identifiers. */
interface Answers {
  arities: Map<string, number>;
  identifiers: Set<string>;
}

interface SourceLike {
  path: string;
  text: string;
  origin: Origin;
}

const known = new Map<string, Answers>();

/** The answers to `__has_function`, `__arity` and `__uses`, from the files under review or in their place. */
export function featuresOf(
  sources: readonly SourceLike[],
  config: ReadonlyMap<string, string> | undefined,
): Features {
  const asked = sources.filter(
    ({ origin }) => origin === 'reviewed' || origin === 'tree' || origin === 'baseline',
  );
  const answers = asked.map((source) => answersOf(source, config));
  const arity = (name: string) => answers.find((each) => each.arities.has(name))?.arities.get(name) ?? -1;
  return {
    hasFunction: (name) => arity(name) >= 0,
    arity,
    uses: (name) => answers.some((each) => each.identifiers.has(name)),
  };
}

function answersOf(source: SourceLike, config: ReadonlyMap<string, string> | undefined): Answers {
  const key = `${textId(source.path)} ${textId(source.text)} ${JSON.stringify([...(config ?? [])])}`;
  let answers = known.get(key);
  if (!answers) {
    answers = { arities: aritiesOf(source, config), identifiers: identifiersOf(source.text) };
    if (known.size >= 64) known.clear();
    known.set(key, answers);
  }
  return answers;
}

/** Parsed without the prelude, which cannot be read before these answers are there. */
function aritiesOf(source: SourceLike, config: ReadonlyMap<string, string> | undefined): Map<string, number> {
  const text = { file: source.path, text: source.text };
  const { tokens } = preprocess(text, config ? { config } : {});
  const unit = parse(tokens, {
    file: source.path,
    typedefs: new Set(),
    heads: true,
  });
  return new Map(unit.functions.map((definition) => [definition.name, parameterCount(definition)]));
}

function parameterCount({ type }: FunctionDefinition): number {
  const only = type.parameters.length === 1 ? type.parameters[0]!.type : undefined;
  return only?.kind === 'builtin' && only.name === 'void' ? 0 : type.parameters.length;
}

const lexeme =
  /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|[A-Za-z_]\w*/g;

function identifiersOf(text: string): Set<string> {
  const identifiers = new Set<string>();
  for (const [word] of text.matchAll(lexeme)) if (/^\w/.test(word)) identifiers.add(word);
  return identifiers;
}
