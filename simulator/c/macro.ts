import type { Problem, Token } from './token.js';

export interface Macro {
  name: string;
  /** None: an object macro. The variadic one, if any, is the last. */
  parameters: string[] | undefined;
  variadic: boolean;
  body: Token[];
  /** Per token of the body: the parameter it names, or -1. */
  slots: number[];
}

/**
 * A table of macros in layers: a copy costs nothing and shares what was there, so that every unit starts
 * from the same prelude. The table that was copied must not be changed any more.
 */
export class Macros {
  private readonly own = new Map<string, Macro | undefined>();

  constructor(private readonly below?: Macros) {}

  get(name: string): Macro | undefined {
    for (let layer: Macros | undefined = this; layer; layer = layer.below) {
      const macro = layer.own.get(name);
      if (macro !== undefined) return macro;
      if (layer.own.has(name)) return undefined;
    }
    return undefined;
  }

  /** Whether the table says something about the name; `#undef` says that it is none. */
  knows(name: string): boolean {
    for (let layer: Macros | undefined = this; layer; layer = layer.below) {
      if (layer.own.has(name)) return true;
    }
    return false;
  }

  define(macro: Macro): void {
    this.own.set(macro.name, macro);
  }

  remove(name: string): void {
    this.own.set(name, undefined);
  }

  copy(): Macros {
    return new Macros(this);
  }
}

/** Reads what stands behind `#define`. Undefined with a problem when it is no definition. */
export function readMacro(line: readonly Token[], problems: Problem[]): Macro | undefined {
  const name = line[0];
  if (name?.kind !== 'name') {
    problems.push({ reason: '#define without a name', line: name?.line ?? 0 });
    return undefined;
  }
  const open = line[1];
  const functional = open !== undefined && open.text === '(' && !open.space;
  if (!functional) return finish(name.text, undefined, false, line.slice(1));
  const head = readParameters(line);
  if (head) return finish(name.text, head.parameters, head.variadic, line.slice(head.end));
  problems.push({ reason: `macro ${name.text}: unreadable parameters`, line: name.line });
  return undefined;
}

/** `(a, b)`, `(a, ...)`, and GNU's `(a, rest...)`. */
function readParameters(
  line: readonly Token[],
): { parameters: string[]; variadic: boolean; end: number } | undefined {
  const parameters: string[] = [];
  if (line[2]?.text === ')') return { parameters, variadic: false, end: 3 };
  for (let at = 2; at < line.length; at += 2) {
    const dots = line[at]!.text === '...';
    const named = !dots && line[at + 1]?.text === '...';
    if (dots) parameters.push('__VA_ARGS__');
    else if (line[at]!.kind === 'name') parameters.push(line[at]!.text);
    else return undefined;
    const after = line[named ? at + 2 : at + 1]?.text;
    if (after === ')') return { parameters, variadic: dots || named, end: named ? at + 3 : at + 2 };
    if (after !== ',' || dots || named) return undefined;
  }
  return undefined;
}

function finish(name: string, parameters: string[] | undefined, variadic: boolean, body: Token[]): Macro {
  const places = new Map((parameters ?? []).map((parameter, place) => [parameter, place]));
  const slots = body.map((token) => (token.kind === 'name' ? (places.get(token.text) ?? -1) : -1));
  return { name, parameters, variadic, body, slots };
}
