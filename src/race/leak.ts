import type { Act } from '../../simulator/index.js';
import type { Cause } from './cause.js';

/**
 * Finds a section that a function opened and did not close before it returned, by calls of a pair that only
 * the code under review knows: `x_lock(a)` without `x_unlock(a)`. Told only where others wait for ever, so
 * that a pair that is none does no harm. Locks that the model knows are watched by the machine itself.
 */
export function leakOf(acts: readonly Act[], functions: ReadonlySet<string>): Cause | undefined {
  const opened = new Map<string, Act>();
  for (const [at, act] of acts.entries()) {
    if (act.kind === 'call' || act.kind === 'enter') {
      const key = (name: string) => `${act.thread} ${name} ${act.args[0]}`;
      const closing = closingOf(act.name);
      if (/unlock/.test(act.name)) opened.delete(key(openingOf(act.name)));
      else if (closing !== undefined && functions.has(closing) && !isKnownLock(acts, at))
        opened.set(key(act.name), act);
    }
    if (act.kind !== 'return' || !isOutermost(acts, at)) continue;
    for (const open of opened.values()) if (open.thread === act.thread) return describe(open, act);
  }
  return undefined;
}

/** `unlock` where the name has its last `lock`; undefined for names that open nothing for certain. */
function closingOf(name: string): string | undefined {
  if (/unlock|trylock/.test(name) || !/lock/.test(name)) return undefined;
  return name.replace(/lock(?!.*lock)/, 'unlock');
}

const openingOf = (name: string) => name.replace('unlock', 'lock');

/** The machine saw a lock being taken during the call. */
function isKnownLock(acts: readonly Act[], call: number): boolean {
  const { thread, name } = acts[call] as Act;
  for (let at = call + 1; at < acts.length; at++) {
    const act = acts[at] as Act;
    if (act.thread !== thread) continue;
    if (act.kind === 'acquire') return true;
    if (act.kind === 'return' && act.name === name) return false;
  }
  return false;
}

/** What the race itself called returns: nobody is left who could close what it opened. */
function isOutermost(acts: readonly Act[], at: number): boolean {
  const { thread, name } = acts[at] as Act;
  return acts.slice(0, at).some((act) => {
    return act.thread === thread && act.kind === 'enter' && act.name === name && isOutside(act);
  });
}

const isOutside = ({ fn }: Act) => fn.origin === 'race' || fn.origin === 'role';

/** In the names that the code has for it: what a section of one's own making opens or shuts is its own matter. */
function describe(open: Act, by: Act): Cause {
  const closing = closingOf(open.name);
  return {
    rule: 'lock-leak',
    message: `${by.name}() returns after ${open.name}() without ${closing}()`,
    mark: `no ${closing}() follows`,
    function: open.fn.name,
    file: open.fn.file,
    line: open.line,
    thread: open.thread,
  };
}
