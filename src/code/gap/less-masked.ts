import type { Config } from '../../../simulator/c/load.js';
import type { NotAnalysed } from '../../finding/review.js';
import type { Code } from '../code.js';
import { reviewedTexts } from '../reaching.js';

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
    const now = new Map(reviewedTexts(path, is, config).map(({ name, text }) => [name, count(text)]));
    return reviewedTexts(path, was, config).flatMap(({ name, text }) => {
      const [had, has] = [count(text), now.get(name)];
      if (has === undefined) return [];
      const lost = asWritten(gone.filter((each) => isWeaker(each, had, has)));
      return lost.length === 0 ? [] : { what: `${name}()`, why: whyNot(lost), modelled: true };
    });
  });
}

function whyNot(lost: readonly string[]): string {
  return `${list([...lost])} ${lost.length > 1 ? 'are' : 'is'} gone, and there are no interrupts here: what that does is not seen`;
}

/** What only counts along with a call that saves is not told beside it. */
function asWritten(lost: readonly string[]): string[] {
  const saving = new Set(lost.flatMap((name) => name.match(/^.*_irq(?=(?:save|restore)$)/) ?? []));
  return lost.filter((name) => !saving.has(name));
}

function list(names: string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

type Times = ReadonlyMap<string, number>;

/** Whether another call on the lock stands where this one stood: what is gone without one, the model sees. */
function isWeaker(name: string, had: Times, has: Times): boolean {
  const gained = (each: string) => (has.get(each) ?? 0) - (had.get(each) ?? 0);
  const plain = name.replace(suffix, '');
  const isSaving = /_irq(?:save|restore)$/.test(name);
  // The lock of an XArray has a name of its own in calls, and that of every spinlock in guards.
  const others = alike.map((each) => plain.replace(/^.*?(?=_(?:un)?lock$)/, each));
  const stands = [plain, ...others].some((each) => gained(each) > 0);
  return gained(name) < 0 && (stands || (isSaving && gained(`${plain}_irq`) >= 0));
}

const alike = ['spin', 'raw_spin', 'xa', 'xas'];

/** How often each call stands in a text; who saves what was before does as much as who does not. */
function count(text: string): Map<string, number> {
  const times = new Map<string, number>();
  const add = (name: string) => times.set(name, (times.get(name) ?? 0) + 1);
  const addAll = (name: string) => {
    add(name);
    const plain = name.replace(/_irq(?:save|restore)$/, '_irq');
    if (plain !== name) add(plain);
  };
  for (const [call] of text.matchAll(/\b\w+\(/g)) addAll(call.slice(0, -1));
  for (const [, kind = ''] of text.matchAll(guard)) for (const name of callsOf(kind)) addAll(name);
  return times;
}

/** `guard(spinlock_irq)(&lock)`, and what else takes a lock where it is declared and gives it back at the end. */
const guard = /\b(?:guard|scoped_guard|scoped_cond_guard|CLASS)\(\s*((?:raw_)?(?:spin|read_|write_)lock\w*)/g;

/** The calls that a guard of this kind stands for. */
function callsOf(kind: string): [string, string] {
  const [, plain = '', masks = ''] = /^(.*?)(_irq|_irqsave|_bh)?(?:_try)?$/.exec(kind) ?? [];
  const lock = plain.replace(/spinlock$/, 'spin_lock');
  return [lock + masks, lock.replace('lock', 'unlock') + masks.replace('save', 'restore')];
}
