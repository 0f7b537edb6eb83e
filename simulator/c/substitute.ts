import { lex } from './lex.js';
import type { Macro } from './macro.js';
import type { Token } from './token.js';

/** An argument as written, and (made when first asked for) with its macros expanded. */
export interface Argument {
  raw: Token[];
  expanded(): Token[];
}

/** Characters of a token that `#` or `##` may make. */
const longestToken = 50_000;

/** Characters that cost as much as a token. */
const charactersPerToken = 16;

/**
 * The body of `macro` with its arguments in place. Tokens of the body take the place of `use`; those of
 * arguments keep theirs. `args` has one entry a parameter, the variadic one's with its commas. Undefined:
 * it would cost more than `room` tokens.
 */
export function substitute(macro: Macro, args: Argument[], use: Token, room: number): Token[] | undefined {
  if (macro.body.length > room) return undefined;
  const substitution = new Substitution(macro, args, use, room);
  const out = substitution.run();
  if (out === undefined || out.length === 0) return out;
  out[0] = { ...out[0]!, space: use.space, start: use.start };
  return out;
}

interface Item {
  token: Token;
  slot: number;
}

class Substitution {
  private out: Token[] = [];
  private cost = 0;

  constructor(
    private readonly macro: Macro,
    private readonly args: Argument[],
    private readonly use: Token,
    private readonly room: number,
  ) {}

  run(): Token[] | undefined {
    const { body, parameters } = this.macro;
    if (parameters === undefined && !body.some((token) => token.text === '##')) {
      return body.map((token) => this.placed(token));
    }
    const items = this.chooseOptional();
    for (let i = 0; i < items.length; i += 1) {
      i = this.item(items, i);
      if (this.cost > this.room) return undefined;
    }
    return this.out.filter((token) => token.text !== '');
  }

  /** Substitutes the item at `i` and returns the index of the last item that it used up. */
  private item(items: Item[], i: number): number {
    const { token, slot } = items[i]!;
    const next = items[i + 1];
    if (token.text === '#' && this.macro.parameters && next && next.slot >= 0) {
      this.append([this.stringify(this.args[next.slot]!.raw, token)]);
      return i + 1;
    }
    if (token.text === '##' && next && i > 0) {
      const comma = items[i - 1]!.token.text === ',' && this.isVariadic(next.slot);
      if (comma) this.swallowComma(this.args[next.slot]!);
      else this.paste(this.operand(next));
      return i + 1;
    }
    if (slot < 0) this.append([this.placed(token)]);
    else if (next?.token.text === '##') this.append(this.operand(items[i]!));
    else this.append(spaced(this.args[slot]!.expanded(), token));
    return i;
  }

  /** Keeps or drops what stands inside `__VA_OPT__( )`. */
  private chooseOptional(): Item[] {
    const { body, slots, variadic } = this.macro;
    const items = body.map((token, i): Item => ({ token, slot: slots[i]! }));
    if (!variadic || !items.some((item) => item.token.text === '__VA_OPT__')) return items;
    const present = this.args[this.args.length - 1]!.expanded().length > 0;
    const chosen: Item[] = [];
    let depth = 0;
    for (let i = 0; i < items.length; i += 1) {
      const { text } = items[i]!.token;
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

  private isVariadic(slot: number): boolean {
    return slot >= 0 && this.macro.variadic && slot === this.macro.parameters!.length - 1;
  }

  /** GNU: `, ## rest` drops the comma when there is no rest. */
  private swallowComma(rest: Argument): void {
    if (rest.raw.length === 0) this.out.pop();
    else this.append(rest.expanded());
  }

  /** An operand of `##`: an argument unexpanded, or an empty token where it has nothing. */
  private operand({ token, slot }: Item): Token[] {
    if (slot < 0) return [this.placed(token)];
    const { raw } = this.args[slot]!;
    return raw.length > 0 ? raw : [{ ...this.use, kind: 'punctuator', text: '' }];
  }

  /** Joins the last token with the first of `right`; where that makes no token, both stay. */
  private paste(right: Token[]): void {
    const left = this.out.pop();
    const first = right[0]!;
    const text = (left?.text ?? '') + first.text;
    const joined = text.length > longestToken ? [] : lex(this.use.file, text, []);
    if (left === undefined || text === '') this.append([first]);
    else if (joined.length === 1) {
      this.append([{ ...joined[0]!, line: this.use.line, space: left.space, start: false }]);
    } else this.append([left, first]);
    this.append(right.slice(1));
  }

  /** `#x`: the argument's spelling, single blanks between tokens that had any. What is too long is left out. */
  private stringify(raw: Token[], at: Token): Token {
    let text = '';
    for (let i = 0; i < raw.length && text.length <= longestToken; i += 1) {
      const token = raw[i]!;
      if (i > 0 && (token.space || token.start)) text += ' ';
      const literal = token.kind === 'string' || token.kind === 'char';
      text += literal ? token.text.replace(/[\\"]/g, '\\$&') : token.text;
    }
    return { ...this.placed(at), kind: 'string', text: text.length > longestToken ? '""' : `"${text}"` };
  }

  private placed(token: Token): Token {
    const { kind, text, space, hide } = token;
    return { kind, text, file: this.use.file, line: this.use.line, space, start: false, hide };
  }

  /** Counts before it copies: an argument may be large and used often. */
  private append(tokens: readonly Token[]): void {
    this.cost += tokens.length;
    if (this.cost > this.room) return;
    for (const token of tokens) {
      if (token.text.length > charactersPerToken) this.cost += token.text.length / charactersPerToken;
      this.out.push(token);
    }
  }
}

/** The first token of an argument takes the space in front of its parameter. */
function spaced(tokens: Token[], parameter: Token): Token[] {
  if (tokens.length === 0 || tokens[0]!.space === parameter.space) return tokens;
  return [{ ...tokens[0]!, space: parameter.space }, ...tokens.slice(1)];
}
