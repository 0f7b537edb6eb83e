import { readInteger } from './condition.js';

type NumberType = 'i32' | 'u32' | 'i64' | 'u64';

/** The value and type of an integer constant, by C's rules for LP64; else the reason. */
export function readNumber(text: string): { value: bigint; type: NumberType } | { reason: string } {
  const read = readInteger(text);
  if (read === undefined) {
    return { reason: /[.eEpP]/.test(text) ? 'floating-point constant' : `${text.slice(0, 40)} is no number` };
  }
  return { value: read.value, type: numberType(read, /^0/.test(text)) };
}

/** Octal and hexadecimal constants may become unsigned where decimal ones become longer. */
function numberType(
  { value, unsigned, long }: { value: bigint; unsigned: boolean; long: boolean },
  octal: boolean,
): NumberType {
  const fits = (bits: bigint) => value < 1n << bits;
  if (unsigned) return !long && fits(32n) ? 'u32' : 'u64';
  if (!long && fits(31n)) return 'i32';
  if (!long && octal && fits(32n)) return 'u32';
  return fits(63n) ? 'i64' : 'u64';
}

/** A character constant is an int. Several characters in one are refused. */
export function readCharacter(text: string): { value: bigint; type: NumberType } | { reason: string } {
  const value = readString(text);
  if (value === undefined || value.length !== 1)
    return { reason: `character ${text.slice(0, 20)} is not understood` };
  return { value: BigInt.asIntN(8, BigInt(value.charCodeAt(0))), type: 'i32' };
}

const escapes: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
  e: '\x1b',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

/** What stands between the quotes, with escapes resolved; undefined when one is unknown. */
export function readString(text: string): string | undefined {
  const inner = text.slice(1, -1);
  if (!inner.includes('\\')) return inner;
  let known = true;
  const value = inner.replace(
    /\\(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3})|([\s\S]))/g,
    (_all, hex, octal, letter) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 255);
      if (!Object.hasOwn(escapes, letter)) known = false;
      return escapes[letter] ?? '';
    },
  );
  return known ? value : undefined;
}
