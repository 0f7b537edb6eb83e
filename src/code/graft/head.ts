import { cut } from './cut.js';
import { functionNamed, type Outline, type Part } from './outline.js';
import { declaredName, type Piece } from './piece.js';
import type { Column } from './script.js';

/** Parameters as they are written, without blanks; of a head that is cut off its beginning. */
interface Shown {
  parameters: string;
  whole: boolean;
}

/** The heads of functions that a file's patch shows, by name: in its hunks and behind their `@@`. */
export type Heads = Map<string, Shown[]>;

function parametersOf(tokens: readonly string[]): string {
  return tokens.slice(tokens.indexOf('(')).join('');
}

function note(heads: Heads, tokens: readonly string[], whole: boolean): void {
  const name = declaredName(tokens);
  if (name === undefined) return;
  // git cuts the line behind `@@` after 80 bytes, in the middle of a word if need be.
  const shown = whole || tokens.at(-1) === ')' || tokens.at(-1) === ',' ? tokens : tokens.slice(0, -1);
  heads.set(name, [...(heads.get(name) ?? []), { parameters: parametersOf(shown), whole }]);
}

/** A head at the end of a hunk is a statement without an end, in the first column. */
function isCutHead({ kind, margin, tokens }: Piece): boolean {
  return kind === 'statement' && margin && tokens.includes('(') && tokens.at(-1) !== ';';
}

export function noteHeads(heads: Heads, script: readonly Column[], section: string): void {
  const [first] = cut(section);
  if (first !== undefined && first.kind !== 'label') note(heads, first.tokens, false);
  for (const { before, after } of script) {
    for (const piece of new Set([before, after])) {
      if (piece?.kind === 'function') note(heads, piece.tokens, true);
      else if (piece !== undefined && isCutHead(piece)) note(heads, piece.tokens, false);
    }
  }
}

/** A function that the era has with other parameters than the patch shows it with: it is another era. */
export function otherHead(heads: Heads, outline: Outline): string | undefined {
  for (const [name, shown] of heads) {
    const part = functionNamed(outline, name);
    if (part === undefined) continue;
    const own = parametersOf(part.pieces[0]!.tokens);
    const fits = ({ parameters, whole }: Shown) => (whole ? own === parameters : own.startsWith(parameters));
    if (!shown.some(fits)) return name;
  }
  return undefined;
}

/**
 * A caller that the patch leaves alone although it changes what the function takes: the kernel's caller was
 * changed where the baseline has one of its own.
 */
export function forgottenCaller(before: Outline, after: Outline): string | undefined {
  const calling = (part: Part, name: string) =>
    part.pieces
      .filter(({ kind, tokens }) => kind !== 'function' && tokens.includes(name))
      .map(({ text }) => text);
  for (const { name, pieces } of before.functions) {
    const other = functionNamed(after, name);
    if (name === undefined || other === undefined) continue;
    if (parametersOf(pieces[0]!.tokens) === parametersOf(other.pieces[0]!.tokens)) continue;
    for (const caller of after.functions) {
      const was = functionNamed(before, caller.name);
      const same =
        was === undefined ? [] : calling(was, name).filter((text) => calling(caller, name).includes(text));
      if (same.length > 0)
        return `${caller.name}() calls ${name}() as before, which takes something else now`;
    }
  }
  return undefined;
}
