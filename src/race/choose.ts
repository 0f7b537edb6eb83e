import type { Problem } from '../finding/problem.js';
import type { Race } from './race.js';

/** The races that were asked for. */
export function chosen(races: Race[], options: { races: string[] }): Race[] | Problem {
  const unknown = options.races.find((id) => !races.some((race) => race.id === id));
  if (unknown !== undefined)
    return { problem: `there is no race "${unknown}"; faultline catalogue lists them`, exit: 2 };
  return races.filter((race) => options.races.length === 0 || options.races.includes(race.id));
}

/** Why a race is not run where fewer threads are allowed than it has; undefined where it is. */
export function whyTooWide(race: Race, threads: number | undefined): string | undefined {
  const { length } = race.threads;
  return length <= (threads ?? length)
    ? undefined
    : `it has ${length} threads, and --threads ${threads} leaves it out`;
}
