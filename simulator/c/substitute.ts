import { lex } from './lex.js';
import type { Macro } from './macro.js';
import type { Token } from './token.js';

/** An argument as written, and (made when first asked for) with its macros expanded. */
export interface Argument {
  raw: Token[];
  expanded(): Token[];
}

/**
 * The body of `macro` with its arguments in place. Tokens of the body take the place of `use`; those of
 * arguments keep theirs. `args` has one entry a parameter, the variadic one's with its commas.
 */
export function substitute(macro: Macro, args: Argument[], use: Token): Token[] {
  if (macro.parameters === undefined && !macro.body.some((token) => token.text === '##')) {
    return firstTakesSpace(
      macro.body.map((token) => placed(token, use)),
      use,
    );
  }
  const out: Token[] = [];
  const items = chooseOptional(macro, args);
  for (let i = 0; i < items.length; i += 1) i = substituteItem(macro, items, i, args, use, out);
  return firstTakesSpace(
    out.filter((token) => token.text !== ''),
    use,
  );
}

interface Item {
  token: Token;
  slot: number;
}

/** Substitutes the item at `i` and returns the index of the last item that it used up. */
function substituteItem(
  macro: Macro,
  items: Item[],
  i: number,
  args: Argument[],
  use: Token,
  out: Token[],
): number {
  const { token, slot } = items[i]!;
  const next = items[i + 1];
  if (token.text === '#' && macro.parameters && next && next.slot >= 0) {
    out.push(stringify(args[next.slot]!.raw, placed(token, use)));
    return i + 1;
  }
  if (token.text === '##' && next && i > 0) {
    if (next.slot >= 0 && items[i - 1]!.token.text === ',' && isVariadic(macro, next.slot)) {
      swallowComma(args[next.slot]!, out);
    } else paste(out, operand(next, args, use), use);
    return i + 1;
  }
  if (slot < 0) out.push(placed(token, use));
  else if (next?.token.text === '##') append(out, operand(items[i]!, args, use));
  else append(out, spaced(args[slot]!.expanded(), token));
  return i;
}

/** Keeps or drops what stands inside `__VA_OPT__( )`. */
function chooseOptional(macro: Macro, args: Argument[]): Item[] {
  const items = macro.body.map((token, i): Item => ({ token, slot: macro.slots[i]! }));
  if (!macro.variadic || !items.some((item) => item.token.text === '__VA_OPT__')) return items;
  const present = args[args.length - 1]!.expanded().length > 0;
  const chosen: Item[] = [];
  let depth = 0;
  for (let i = 0; i < items.length; i += 1) {
    const text = items[i]!.token.text;
    if (depth === 0 && text === '__VA_OPT__' && items[i + 1]?.token.text === '(') {
      depth = 1;
      i += 1;
      continue;
    }
    if (depth > 0 && text === '(') depth += 1;
    if (depth > 0 && text === ')' && --depth === 0) continue;
    if (depth === 0 || present) chosen.push(items[i]!);
  }
  return chosen;
}

function isVariadic(macro: Macro, slot: number): boolean {
  return macro.variadic && slot === macro.parameters!.length - 1;
}

/** GNU: `, ## rest` drops the comma when there is no rest. */
function swallowComma(rest: Argument, out: Token[]): void {
  if (rest.raw.length === 0) out.pop();
  else append(out, rest.expanded());
}

/** An operand of `##`: an argument unexpanded, or an empty token where it has nothing. */
function operand(item: Item, args: Argument[], use: Token): Token[] {
  if (item.slot < 0) return [placed(item.token, use)];
  const { raw } = args[item.slot]!;
  return raw.length > 0 ? raw : [{ ...use, kind: 'punctuator', text: '' }];
}

/** Joins the last token of `out` with the first of `right`; where that is no token, both stay. */
function paste(out: Token[], right: Token[], use: Token): void {
  const left = out.pop();
  const first = right[0]!;
  if (left === undefined) append(out, right);
  else {
    const joined = lex(use.file, left.text + first.text, []);
    if (joined.length <= 1)
      out.push({ ...(joined[0] ?? first), line: use.line, space: left.space, start: false });
    else out.push(left, first);
    append(out, right.slice(1));
  }
}

/** `#x`: the argument's spelling, single blanks between tokens that had any. */
function stringify(raw: Token[], at: Token): Token {
  let text = '';
  raw.forEach((token, i) => {
    if (i > 0 && (token.space || token.start)) text += ' ';
    const literal = token.kind === 'string' || token.kind === 'char';
    text += literal ? token.text.replace(/[\\"]/g, '\\$&') : token.text;
  });
  return { ...at, kind: 'string', text: `"${text}"` };
}

function placed(token: Token, use: Token): Token {
  const { kind, text, space, hide } = token;
  return { kind, text, file: use.file, line: use.line, space, start: false, hide };
}

/** The first token of an expansion stands where the macro's name stood. */
function firstTakesSpace(tokens: Token[], use: Token): Token[] {
  if (tokens.length > 0) tokens[0] = { ...tokens[0]!, space: use.space, start: use.start };
  return tokens;
}

function spaced(tokens: Token[], parameter: Token): Token[] {
  if (tokens.length === 0 || tokens[0]!.space === parameter.space) return tokens;
  return [{ ...tokens[0]!, space: parameter.space }, ...tokens.slice(1)];
}

function append(out: Token[], tokens: readonly Token[]): void {
  for (const token of tokens) out.push(token);
}
