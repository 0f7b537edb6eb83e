import { survey } from '../../../simulator/c/survey.js';
import type { Headers } from '../header.js';
import { readModel } from '../model.js';
import { patchedHeaders } from '../patched-headers.js';
import { forgottenCaller } from './head.js';
import { type Outline, outlineOf, type Part } from './outline.js';

/**
 * Why what came out of a graft is no program of one era: it says something that does not compile there, calls
 * what is not there any more, or calls it otherwise than it is defined. Undefined when nothing is wrong.
 */
export function unsound(
  path: string,
  baseline: string,
  grafted: { before: string; after: string },
  added?: Headers,
): string | undefined {
  const known = complaints(path, baseline);
  const outlines = {
    before: outlineOf(grafted.before),
    after: outlineOf(grafted.after),
    own: outlineOf(baseline),
  };
  const names = new Set(
    Object.values(outlines).flatMap(({ functions }) => functions.map(({ name }) => name)),
  );
  for (const side of ['before', 'after'] as const) {
    const news = [...complaints(path, grafted[side], side === 'after' ? added : undefined)].find(
      (complaint) => !known.has(complaint),
    );
    const why = news ?? danglingCall(outlines[side], names);
    if (why !== undefined) return `${side} the patch ${why}`;
  }
  return forgottenCaller(outlines.before, outlines.after);
}

function complaints(path: string, text: string, added?: Headers): Set<string> {
  const headers = patchedHeaders(readModel().headers, added);
  const more = new Set(added?.added.flatMap((header) => wordsOf(header.text)));
  const { failures, guesses, calls } = survey({ path, text, origin: 'baseline' }, headers);
  const words = wordsOfModel();
  const told = [...failures, ...guesses].map((note) => `${note.function}() cannot be read: ${note.reason}`);
  const own = new Set(calls.keys());
  for (const [caller, callees] of calls) {
    for (const callee of callees)
      if (!own.has(callee) && !words.has(callee) && !more.has(callee) && !/^trace_/.test(callee))
        told.push(`${caller}() calls ${callee}(), which no era of the model has`);
  }
  return new Set(told);
}

const wordsOf = (text: string): string[] => text.match(/\b[A-Za-z_]\w*\b/g) ?? [];

let modelWords: Set<string> | undefined;

/** Every name that the model's C says. */
function wordsOfModel(): Set<string> {
  if (modelWords !== undefined) return modelWords;
  const { headers, files, roles } = readModel();
  const texts = [...headers.values(), ...files.map(({ text }) => text), ...roles.map(({ text }) => text)];
  modelWords = new Set(texts.flatMap(wordsOf));
  return modelWords;
}

function danglingCall(outline: Outline, names: ReadonlySet<string | undefined>): string | undefined {
  const own = new Map(outline.functions.map((part) => [part.name, parameterCount(part.pieces[0]!.tokens)]));
  for (const part of outline.functions) {
    for (const { callee, count } of callsIn(part)) {
      if (!names.has(callee)) continue;
      const expected = own.get(callee);
      if (expected === undefined) return `${part.name}() calls ${callee}(), which is not there`;
      if (expected !== count)
        return `${part.name}() calls ${callee}() with ${count} arguments, not ${expected}`;
    }
  }
  return undefined;
}

function callsIn({ pieces }: Part): { callee: string; count: number }[] {
  return pieces
    .filter(({ kind }) => kind !== 'function')
    .flatMap(({ tokens }) =>
      tokens.flatMap((token, at) =>
        tokens[at + 1] === '(' && /^[A-Za-z_]\w*$/.test(token)
          ? { callee: token, count: parameterCount(tokens.slice(at)) }
          : [],
      ),
    );
}

/** Counts what stands between the first parenthesis and its partner. */
function parameterCount(tokens: readonly string[]): number {
  const start = tokens.indexOf('(');
  let depth = 0;
  let commas = 0;
  for (let at = start; at < tokens.length; at++) {
    if (/^[([{]$/.test(tokens[at]!)) depth++;
    else if (/^[)\]}]$/.test(tokens[at]!) && --depth === 0) {
      const inner = tokens.slice(start + 1, at);
      return inner.length === 0 || inner.join('') === 'void' ? 0 : commas + 1;
    } else if (tokens[at] === ',' && depth === 1) commas++;
  }
  return -1;
}
