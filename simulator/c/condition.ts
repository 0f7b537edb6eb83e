import type { Token } from './token.js';

/** A value of `#if`: 64 bits, signed unless something unsigned took part. */
interface Value {
  value: bigint;
  unsigned: boolean;
}

const levels: Record<string, number> = {
  '||': 1,
  '&&': 2,
  '|': 3,
  '^': 4,
  '&': 5,
  '==': 6,
  '!=': 6,
  '<': 7,
  '>': 7,
  '<=': 7,
  '>=': 7,
  '<<': 8,
  '>>': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '%': 10,
};

const maximumDepth = 200;

/**
 * Evaluates the expression of an `#if` whose macros are expanded. Names that are left are 0, as in C.
 * A text that is no expression gives the reason.
 */
export function evaluateCondition(tokens: readonly Token[]): bigint | { reason: string } {
  const reader = new Reader(tokens);
  const result = reader.conditional();
  if (reader.problem === undefined && !reader.atEnd())
    reader.problem = 'unexpected text behind the condition';
  return reader.problem === undefined ? result.value : { reason: reader.problem };
}

/** An integer as C spells it, or undefined: the magnitude, unsigned when suffixed so or too large. */
export function readInteger(text: string): { value: bigint; unsigned: boolean; long: boolean } | undefined {
  const match = /^(0[xX][0-9a-fA-F]+|0[bB][01]+|[0-9]+)([uUlL]*)$/.exec(text);
  if (match === null || text.length > 80) return undefined;
  const digits = match[1]!;
  const suffix = match[2]!.toLowerCase();
  if (!/^(u?l?l?|l?l?u)$/.test(suffix)) return undefined;
  const octal = /^0[0-9]/.test(digits);
  if (octal && /[89]/.test(digits)) return undefined;
  const value = BigInt(octal ? `0o${digits.slice(1)}` : digits);
  return { value: BigInt.asUintN(64, value), unsigned: suffix.includes('u'), long: suffix.includes('l') };
}

class Reader {
  problem: string | undefined;
  private at = 0;
  private depth = 0;
  /** Open operands whose value decides nothing: there, division by zero is no error. */
  private unused = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  atEnd(): boolean {
    return this.at >= this.tokens.length;
  }

  conditional(): Value {
    const test = this.binary(1);
    if (!this.accept('?')) return test;
    const then = this.branch(test.value !== 0n);
    if (!this.accept(':')) this.fail("missing ':' in a condition");
    const otherwise = this.branch(test.value === 0n);
    const unsigned = then.unsigned || otherwise.unsigned;
    return { value: (test.value !== 0n ? then : otherwise).value, unsigned };
  }

  private branch(taken: boolean): Value {
    this.unused += Number(!taken);
    const value = this.nested(() => this.conditional());
    this.unused -= Number(!taken);
    return value;
  }

  private binary(lowest: number): Value {
    let left = this.unary();
    for (;;) {
      const operator = this.tokens[this.at]?.text ?? '';
      const level = Object.hasOwn(levels, operator) ? levels[operator]! : 0;
      if (level < lowest || this.problem !== undefined) return left;
      this.at += 1;
      left = this.apply(
        operator,
        left,
        this.nested(() => this.binary(level + 1)),
      );
    }
  }

  private unary(): Value {
    const token = this.tokens[this.at];
    if (token === undefined) return this.fail('condition without an end');
    this.at += 1;
    if (token.kind === 'name') return this.name(token);
    if (token.kind === 'number') return this.number(token);
    if (token.kind === 'char') return { value: BigInt(token.text.charCodeAt(1)), unsigned: false };
    if (token.text === '(') return this.bracket();
    const a = '!-+~'.includes(token.text) ? this.nested(() => this.unary()) : undefined;
    if (a === undefined) return this.fail(`unexpected ${token.text} in a condition`);
    if (token.text === '!') return truth(a.value === 0n);
    const value = token.text === '-' ? -a.value : token.text === '~' ? ~a.value : a.value;
    return wrap(value, a.unsigned);
  }

  /** An unknown macro with arguments has no value that could be known. */
  private name(token: Token): Value {
    if (this.tokens[this.at]?.text === '(') return this.fail(`unknown macro ${token.text}() in a condition`);
    return { value: token.text === 'true' ? 1n : 0n, unsigned: false };
  }

  private number(token: Token): Value {
    const read = readInteger(token.text);
    return read ? wrap(read.value, read.unsigned) : this.fail(`${token.text} is no integer`);
  }

  private bracket(): Value {
    const value = this.nested(() => this.conditional());
    if (!this.accept(')')) this.fail("missing ')' in a condition");
    return value;
  }

  private apply(operator: string, a: Value, b: Value): Value {
    const unsigned = a.unsigned || b.unsigned;
    const x = unsigned ? BigInt.asUintN(64, a.value) : a.value;
    const y = unsigned ? BigInt.asUintN(64, b.value) : b.value;
    switch (operator) {
      case '||':
        return truth(x !== 0n || y !== 0n);
      case '&&':
        return truth(x !== 0n && y !== 0n);
      case '==':
        return truth(x === y);
      case '!=':
        return truth(x !== y);
      case '<':
        return truth(x < y);
      case '>':
        return truth(x > y);
      case '<=':
        return truth(x <= y);
      case '>=':
        return truth(x >= y);
      case '<<':
        return wrap(a.value << (b.value & 63n), a.unsigned);
      case '>>':
        return wrap(a.value >> (b.value & 63n), a.unsigned);
      default:
        return wrap(this.arithmetic(operator, x, y), unsigned);
    }
  }

  private arithmetic(operator: string, x: bigint, y: bigint): bigint {
    switch (operator) {
      case '|':
        return x | y;
      case '^':
        return x ^ y;
      case '&':
        return x & y;
      case '+':
        return x + y;
      case '-':
        return x - y;
      case '*':
        return x * y;
      default:
        if (y === 0n && this.unused > 0) return 0n;
        if (y === 0n) return this.fail('division by zero in a condition').value;
        return operator === '/' ? x / y : x % y;
    }
  }

  private accept(text: string): boolean {
    if (this.tokens[this.at]?.text !== text) return false;
    this.at += 1;
    return true;
  }

  private nested(read: () => Value): Value {
    if (this.depth >= maximumDepth) return this.fail('condition nested over the limit');
    this.depth += 1;
    const value = read();
    this.depth -= 1;
    return value;
  }

  /** The first failure is kept; reading goes to the end so that every loop stops. */
  private fail(reason: string): Value {
    this.problem ??= reason;
    this.at = this.tokens.length;
    return truth(false);
  }
}

function truth(value: boolean): Value {
  return { value: value ? 1n : 0n, unsigned: false };
}

function wrap(value: bigint, unsigned: boolean): Value {
  return { value: unsigned ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value), unsigned };
}
