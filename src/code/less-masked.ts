import type { Config } from '../../simulator/c/load.js';
import type { NotAnalysed } from '../finding/review.js';
import type { Code } from './code.js';
import { functionTexts } from './reaching.js';

/** What is behind the name of a lock's call that keeps interrupts away, or lets them in again. */
const suffix = /_(?:irq|irqsave|irqrestore|bh)$/;

/** Functions that take or release a lock and keep interrupts away less than before: to the model all ways are one. */
export function lessMasked(before: Code, after: Code, config?: Config): NotAnalysed[] {
  return [...before.files].flatMap(([path, was]) => {
    const is = after.files.get(path);
    if (is === undefined || is === was) return [];
    const left = count(is);
    const gone = [...count(was)].flatMap(([name, times]) =>
      suffix.test(name) && times > (left.get(name) ?? 0) ? [name] : [],
    );
    if (gone.length === 0) return [];
    const now = new Map(textsOf(path, is, config).map(({ name, text }) => [name, count(text)]));
    return textsOf(path, was, config).flatMap(({ name, text }) => {
      const [had, has] = [count(text), now.get(name)];
      if (has === undefined) return [];
      const lost = gone.filter((each) => isWeaker(each, had, has));
      return lost.length === 0 ? [] : { what: `${name}()`, why: whyNot(lost), modelled: true };
    });
  });
}

function textsOf(path: string, text: string, config: Config) {
  return functionTexts({ path, text, origin: 'reviewed' }, config);
}

function whyNot(lost: readonly string[]): string {
  return `${lost.join(', ')} is gone, and there are no interrupts here: what that does is not seen`;
}

type Times = ReadonlyMap<string, number>;

/** Whether another call on the lock stands where this one stood: what is gone without one, the model sees. */
function isWeaker(name: string, had: Times, has: Times): boolean {
  const gained = (each: string) => (has.get(each) ?? 0) - (had.get(each) ?? 0);
  const plain = name.replace(suffix, '');
  const isSaving = /_irq(?:save|restore)$/.test(name);
  return gained(name) < 0 && (gained(plain) > 0 || (isSaving && gained(`${plain}_irq`) >= 0));
}

/** How often each call stands in a text; who saves what was before does as much as who does not. */
function count(text: string): Map<string, number> {
  const times = new Map<string, number>();
  const add = (name: string) => times.set(name, (times.get(name) ?? 0) + 1);
  for (const [call] of text.matchAll(/\b\w+\(/g)) {
    const name = call.slice(0, -1);
    add(name);
    const plain = name.replace(/_irq(?:save|restore)$/, '_irq');
    if (plain !== name) add(plain);
  }
  return times;
}
