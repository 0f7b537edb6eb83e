import type { Address } from '../finding/message.js';
import { escapeLine } from './escape.js';

/** RFC 5322 allows 998 bytes in a line; mail programs fold at 78. */
const foldAt = 78;

function isPlain(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text) && !text.includes('=?');
}

/** UTF-8 text as RFC 2047 encoded words of at most 75 characters, never splitting a character. */
function encodedWords(text: string): string[] {
  const words: string[] = [];
  let chunk = '';
  for (const character of text) {
    if (Buffer.byteLength(chunk + character) > 42) {
      words.push(chunk);
      chunk = '';
    }
    chunk += character;
  }
  words.push(chunk);
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`);
}

/** Words joined to `Name: value` and folded at blanks; a word that is too long stays whole. */
function fold(name: string, words: string[]): string {
  const lines: string[] = [];
  let line = `${name}:`;
  for (const word of words) {
    if (line.length + 1 + word.length > foldAt && line.trim() !== '' && line !== `${name}:`) {
      lines.push(line);
      line = '';
    }
    line += ` ${word}`;
  }
  return [...lines, line].join('\n');
}

/** A header of free text. Whatever the text holds, it stays one header: controls and newlines are gone. */
export function textHeader(name: string, text: string): string {
  const line = escapeLine(text).slice(0, 900);
  return fold(name, isPlain(line) ? line.split(' ') : encodedWords(line));
}

/** An address that can stand between angle brackets without meaning anything else. */
export function isAddress(address: string): boolean {
  return (
    address.length <= 254 &&
    /^[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(address)
  );
}

function nameOf(name: string): string {
  const line = escapeLine(name).slice(0, 200);
  if (!isPlain(line)) return encodedWords(line).join(' ');
  return /^[\w !#$%&'*+/=?^`{|}~-]*$/.test(line) ? line : `"${line.replace(/[\\"]/g, '\\$&')}"`;
}

/** `A Developer <dev@example.org>`. Only for what `isAddress` accepts. */
function formatAddress({ name, address }: Address): string {
  const shown = nameOf(name);
  return shown === '' ? address : `${shown} <${address}>`;
}

/** A header of addresses, folded between them; those that are none are left out. Empty when none is left. */
export function addressHeader(name: string, addresses: Address[]): string[] {
  const good = addresses.filter((each) => isAddress(each.address)).map(formatAddress);
  if (good.length === 0) return [];
  return [
    fold(
      name,
      good.map((each, at) => (at < good.length - 1 ? `${each},` : each)),
    ),
  ];
}

/** A Message-ID (without brackets) that is safe to repeat in a header. */
export function isMessageId(id: string): boolean {
  return id.length <= 250 && /^[^\s<>\x00-\x1f\x7f-\uffff]+$/.test(id);
}

/** A header of Message-IDs, folded between them; those that cannot be repeated are left out. */
export function messageIdHeader(name: string, ids: string[]): string[] {
  const good = ids.filter(isMessageId).map((id) => `<${id}>`);
  return good.length === 0 ? [] : [fold(name, good)];
}
