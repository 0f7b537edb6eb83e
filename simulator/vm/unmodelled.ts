import type { Runner } from './runner.js';
import { Thread } from './thread.js';
import { Endless, NotAnalysed } from './violation.js';

/** More than any path of kernel code between two scheduling points; what runs longer runs for ever. */
export const instructionLimit = 400_000;

/** An instruction that the front end could not make sense of: executing it ends every claim to know. */
export function unmodelled(r: Runner): void {
  const i = r.instruction();
  r.R[Thread.Pc] = r.pc;
  r.R[Thread.Frame] = r.fp;
  if (i.op === 'guess') throw new NotAnalysed(i.reason);
  if (i.op !== 'unknown') return;
  r.m.unknown.add(i.name);
  if (i.used) throw new NotAnalysed(`${i.name}() is not modelled and its result is used`);
}

/** Why a thread was stopped that met no scheduling point. */
export function endless(r: Runner): Endless {
  const fn = r.m.program.functions[r.m.code.functionAt[r.pc] as number];
  return new Endless(
    `${fn?.name}() runs more than ${instructionLimit} instructions without a scheduling point`,
  );
}
