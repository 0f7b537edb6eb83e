import type { Problem } from '../finding/problem.js';
import type { Race } from './race.js';

/** The races that were asked for, with no more threads than allowed. */
export function chosen(races: Race[], options: { races: string[]; threads?: number }): Race[] | Problem {
  const unknown = options.races.find((id) => !races.some((race) => race.id === id));
  if (unknown !== undefined)
    return { problem: `there is no race "${unknown}"; faultline catalogue lists them`, exit: 2 };
  return races.filter(
    (race) =>
      (options.races.length === 0 || options.races.includes(race.id)) &&
      race.threads.length <= (options.threads ?? 4),
  );
}
