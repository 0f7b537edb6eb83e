import { availableParallelism } from 'node:os';
import { InvalidArgumentError } from 'commander';
import type { AnalysisOptions, Progress } from '../finding/request.js';

/** Options that every analysing command has, as commander hands them over. */
export interface CommonFlags {
  tree: string[];
  race: string[];
  threads?: number;
  budget?: number;
  full: boolean;
  config: Map<string, string>;
  jobs?: number;
  explain: boolean;
  format?: string;
  output?: string;
}

/** What holds when an option was not given; the help shows no list of empty defaults this way. */
export function withDefaults(flags: object): CommonFlags {
  return { tree: [], race: [], full: false, config: new Map(), explain: false, ...flags };
}

/** A whole number between two bounds; `10k` and `2M` are accepted. */
export function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const match = /^(\d{1,12})([kM]?)$/.exec(text);
    const value =
      match === null ? Number.NaN : Number(match[1]) * { '': 1, k: 1000, M: 1e6 }[match[2] as '' | 'k' | 'M'];
    if (!(value >= low && value <= high))
      throw new InvalidArgumentError(`Give a whole number from ${low} to ${high}.`);
    return value;
  };
}

/** Repeated options are collected. */
export function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}

/** `CONFIG_FS_DAX=y`; without a value `y` is meant, and the prefix may be left out. */
export function collectConfig(text: string, before: Map<string, string> | undefined): Map<string, string> {
  const match = /^(?:CONFIG_)?([A-Z0-9_]{1,80})(?:=([\w.-]{1,40}))?$/.exec(text);
  if (match === null) throw new InvalidArgumentError('Give CONFIG_NAME=y, =n, =m or =a value.');
  return new Map([...(before ?? []), [`CONFIG_${match[1]}`, match[2] ?? 'y']]);
}

/** The stages' options from a command's flags. Trees keep the names that the user gave them. */
export function analysisOptions(
  flags: CommonFlags,
  onProgress: (progress: Progress) => void,
): AnalysisOptions {
  return {
    trees: flags.tree,
    races: flags.race,
    ...(flags.threads === undefined ? {} : { threads: flags.threads }),
    ...(flags.budget === undefined ? {} : { budget: flags.budget }),
    full: flags.full,
    config: flags.config,
    jobs: flags.jobs ?? Math.min(availableParallelism(), 8),
    onProgress,
  };
}
