import type { Change } from '../../change/change.js';
import type { NotAnalysed } from '../../finding/review.js';
import { modelledFiles } from '../modelled.js';

const asksForCall = /^[ \t]*(?:\w+_initcall(?:_sync)?|module_init|early_param|__setup)\(.*/gm;

/** What a patch has called at another time of the boot, or no more: scenarios begin when all of it was called. */
export function bootCalls({ before, after }: Pick<Change, 'before' | 'after'>): NotAnalysed[] {
  return modelledFiles.flatMap((path) => {
    const [was, is] = [before.get(path), after.get(path)];
    if (was === undefined || is === undefined || was === is) return [];
    const left = new Set(callsOf(is));
    return callsOf(was)
      .filter((call) => !left.has(call))
      .map((call) => ({
        what: path,
        why: `${call} is gone or another, and scenarios begin after the boot`,
        modelled: true,
      }));
  });
}

function callsOf(text: string): string[] {
  return [...text.matchAll(asksForCall)].map(([call]) => call.trim().replace(/;.*/, ''));
}
