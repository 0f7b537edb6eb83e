import type { Config } from '../../../simulator/c/load.js';
import type { NotAnalysed } from '../../finding/review.js';
import type { Code } from '../code.js';
import { reviewedTexts } from '../reaching.js';
import { assignmentsIn, namesIn } from './assignments.js';

/** Calls that write what is in a page, or move it from one to another: to the model that is nothing. */
const writes =
  /\b((?:folio_zero|zero_user|memzero|clear_user|clear_huge|copy_user|copy_mc|memcpy_(?:to|from)|dax_copy_(?:to|from)|dax_zero|dax_iomap_copy|copy_(?:to|from)_iter|copy_cow_page)\w*|clear_page|dax_memzero)\(/g;

/** Functions that write other contents than before, or elsewhere: who reads stale data there, no scenario sees. */
export function changedContents(before: Code, after: Code, config?: Config): NotAnalysed[] {
  return [...before.files].flatMap(([path, was]) => {
    const is = after.files.get(path);
    if (is === undefined || is === was || spelled(writesIn(was)) === spelled(writesIn(is))) return [];
    const now = new Map(reviewedTexts(path, is, config).map(({ name, text }) => [name, writesIn(text)]));
    return reviewedTexts(path, was, config).flatMap(({ name, text }) => {
      const [had, has] = [writesIn(text), now.get(name)];
      if (has === undefined || spelled(had) === spelled(has)) return [];
      return { what: `${name}()`, why: whyNot(had, has), modelled: true };
    });
  });
}

interface Write {
  name: string;
  /** The call with what it is handed, as it is written but for blanks. */
  call: string;
  /** That, and what the function gives the variables that are handed. */
  computed: string;
}

function writesIn(text: string): Write[] {
  const given = assignmentsIn(text);
  return [...text.matchAll(writes)].map(({ index, 0: head, 1: name = '' }) => {
    const end = text.indexOf(';', index);
    const whole = text.slice(index, end < 0 ? index + head.length : end);
    const from = [...namesIn(whole)].flatMap((each) => given.get(each) ?? []);
    const call = whole.replace(/\s+/g, '');
    return { name, call, computed: [call, ...from].join(' ') };
  });
}

const spelled = (all: readonly Write[]): string => all.map(({ computed }) => computed).join('\n');

function whyNot(had: readonly Write[], has: readonly Write[]): string {
  const calls = differing(had, has, ({ call }) => call);
  const isSame = had.map(({ call }) => call).join() === has.map(({ call }) => call).join();
  const names = isSame ? differing(had, has, ({ computed }) => computed) : calls;
  const [are, they, get] = names.length > 1 ? ['are', 'they write', 'get'] : ['is', 'it writes', 'gets'];
  const list = names.join(', ');
  const what = isSame ? `what ${list} ${get} is computed otherwise` : `${list} ${are} changed`;
  return `${what}, and what pages contain is not modelled: what ${they} is not seen`;
}

/** The names of the calls that stand on one side only; of all, where it is their order that differs. */
function differing(had: readonly Write[], has: readonly Write[], keyOf: (write: Write) => string): string[] {
  const [was, is] = [new Set(had.map(keyOf)), new Set(has.map(keyOf))];
  const only = [...had.filter((one) => !is.has(keyOf(one))), ...has.filter((one) => !was.has(keyOf(one)))];
  return [...new Set((only.length > 0 ? only : had).map(({ name }) => `${name}()`))];
}
