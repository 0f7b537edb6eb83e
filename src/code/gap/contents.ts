import type { Config } from '../../../simulator/c/load.js';
import type { NotAnalysed } from '../../finding/review.js';
import type { Code } from '../code.js';
import { reviewedTexts } from '../reaching.js';

/** Calls that write what is in a page, or move it from one to another: to the model that is nothing. */
const writes =
  /\b((?:folio_zero|zero_user|memzero|clear_user|clear_huge|copy_user|copy_mc|memcpy_(?:to|from)|dax_copy_(?:to|from)|dax_zero|dax_iomap_copy|copy_(?:to|from)_iter|copy_cow_page)\w*|clear_page|dax_memzero)\(/g;

/** Functions that write other contents than before, or elsewhere: who reads stale data there, no scenario sees. */
export function changedContents(before: Code, after: Code, config?: Config): NotAnalysed[] {
  return [...before.files].flatMap(([path, was]) => {
    const is = after.files.get(path);
    if (is === undefined || is === was || callsIn(was).join() === callsIn(is).join()) return [];
    const now = new Map(reviewedTexts(path, is, config).map(({ name, text }) => [name, callsIn(text)]));
    return reviewedTexts(path, was, config).flatMap(({ name, text }) => {
      const [had, has] = [callsIn(text), now.get(name)];
      if (has === undefined || had.join() === has.join()) return [];
      return { what: `${name}()`, why: whyNot(differing(had, has)), modelled: true };
    });
  });
}

/** Each such call, with what it is handed, as it is written but for blanks. */
function callsIn(text: string): string[] {
  return [...text.matchAll(writes)].map((call) => {
    const end = text.indexOf(';', call.index);
    return text.slice(call.index, end < 0 ? call.index + call[0].length : end).replace(/\s+/g, '');
  });
}

/** The names of the calls that stand on one side only. */
function differing(had: readonly string[], has: readonly string[]): string[] {
  const [was, is] = [new Set(had), new Set(has)];
  const calls = [...had.filter((call) => !is.has(call)), ...has.filter((call) => !was.has(call))];
  const names = new Set((calls.length > 0 ? calls : had).map((call) => call.slice(0, call.indexOf('('))));
  return [...names].map((name) => `${name}()`);
}

function whyNot(names: readonly string[]): string {
  const [are, they] = names.length > 1 ? ['are', 'they write'] : ['is', 'it writes'];
  return `${names.join(', ')} ${are} changed, and what pages contain is not modelled: what ${they} is not seen`;
}
