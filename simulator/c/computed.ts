import { configurationValue } from './configuration.js';
import type { Macro } from './macro.js';
import { numberToken, type Token } from './token.js';

/** What `#if` may ask about the code under review. */
export interface Features {
  /** A reviewed (or baseline) file defines it. */
  hasFunction(name: string): boolean;
  /** Its number of parameters, -1 when absent. */
  arity(name: string): number;
  /** The identifier occurs in a reviewed file, as the kernel's: that it is no name of the file's own is looked at. */
  uses(name: string): boolean;
  /** The same, whoever's name it is. */
  names(name: string): boolean;
}

export interface Surroundings {
  features: Features | undefined;
  config: ReadonlyMap<string, string> | undefined;
  lookup(name: string): Macro | undefined;
  /** `#undef` was said of it. */
  isRemoved(name: string): boolean;
}

type Operator = (argument: Token[], surroundings: Surroundings) => number;

const nothing: Operator = () => 0;

/** Operators with one argument in brackets, which is not expanded. */
const operators = new Map<string, Operator>([
  ['IS_ENABLED', isEnabled],
  ['IS_BUILTIN', isEnabled],
  ['IS_REACHABLE', isEnabled],
  ['IS_MODULE', nothing],
  ['@__has_function', ([name], { features }) => Number(features?.hasFunction(name?.text ?? '') ?? false)],
  ['@__arity', ([name], { features }) => features?.arity(name?.text ?? '') ?? -1],
  ['@__uses', ([name], { features }) => Number(features?.uses(name?.text ?? '') ?? false)],
  ['@__names', ([name], { features }) => Number(features?.names(name?.text ?? '') ?? false)],
  ['__has_attribute', nothing],
  ['__has_builtin', nothing],
  ['__has_include', nothing],
  ['__has_feature', nothing],
]);

/** What a compiler for the kernel defines by itself. */
const predefined = new Map([
  ['__KERNEL__', '1'],
  ['__LITTLE_ENDIAN', '1234'],
  ['__SIZEOF_POINTER__', '8'],
  ['__STDC__', '1'],
  ['__STDC_VERSION__', '201112L'],
  ['__GNUC__', '12'],
  ['__CHAR_BIT__', '8'],
]);

/** Names whose value is computed rather than defined by a macro's text. */
export class Computed {
  private counter = 0;

  constructor(private readonly surroundings: Surroundings) {}

  /** Whether the name can have a value here. A configuration entry that is off has none. */
  has(name: string): boolean {
    if (this.surroundings.isRemoved(name)) return false;
    return this.isDefined(name) || name === '__LINE__' || name === '_Pragma' || operators.has(name);
  }

  /** What `#ifdef` says of the name. */
  isDefined(name: string): boolean {
    if (this.surroundings.isRemoved(name)) return false;
    if (name.startsWith('CONFIG_')) return configurationValue(name, this.surroundings.config) !== undefined;
    return predefined.has(name) || operators.has(name) || name === '__FILE__' || name === '__COUNTER__';
  }

  /** The tokens in the name's place; undefined when it stands for itself (an operator without brackets). */
  value(name: Token, argument: () => Token[] | undefined): Token[] | undefined {
    const operator = operators.get(name.text);
    if (operator !== undefined) {
      const read = argument();
      return read && integer(operator(read, this.surroundings), name);
    }
    if (name.text === '_Pragma') return argument() && [];
    if (name.text === '__LINE__') return [numberToken(name.line, name)];
    if (name.text === '__COUNTER__') return [numberToken(this.counter++, name)];
    if (name.text === '__FILE__') return [{ ...name, kind: 'string', text: JSON.stringify(name.file) }];
    const text = predefined.get(name.text) ?? configurationValue(name.text, this.surroundings.config);
    if (text === undefined) return undefined;
    return [{ ...name, kind: text.startsWith('"') ? 'string' : 'number', text }];
  }
}

/** An argument that a macro has already replaced by its value counts as what it says. */
function isEnabled([name]: Token[], { lookup, isRemoved, config }: Surroundings): number {
  if (name === undefined) return 0;
  if (name.kind === 'number') return Number(name.text === '1');
  const macro = lookup(name.text);
  if (macro) return Number(macro.body[0]?.text === '1');
  if (isRemoved(name.text)) return 0;
  return Number(configurationValue(name.text, config) === '1');
}

/** A negative number is two tokens, as in C. */
function integer(value: number, at: Token): Token[] {
  const number = numberToken(Math.abs(value), at);
  return value < 0 ? [{ ...number, kind: 'punctuator', text: '-' }, number] : [number];
}
