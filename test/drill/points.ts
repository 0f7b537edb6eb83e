import { existsSync, readFileSync } from 'node:fs';
import type { Dovecot } from '../source/dovecot.js';
import { anyStep, type Clock } from './clock.js';
import type { Disk } from './disk.js';
import { pause, type Troupe } from './troupe.js';

/** What can befall the machines of a drill. */
export const kinds = [
  'killed serve',
  'killed worker-1',
  'killed worker-2',
  'killed redis',
  'disk full',
  'IMAP gone for a while',
  'clock set',
] as const;
export type Kind = (typeof kinds)[number];

export interface Stricken {
  troupe: Troupe;
  disk: Disk;
  mailbox: Dovecot;
  clock: Clock;
  random: () => number;
}

const killed = /^killed (.*)$/;
const fullDisk = /SQLITE_(?:FULL|IOERR)|disk is full|disk I\/O error|No space left|ENOSPC|MISCONF|EFBIG/;
/** For so long a disk stays full that hurts nobody: somebody writes in that time. */
const unhurtMs = 60_000;

/** How often the logs tell of a full disk. */
export function linesOfFullDisk(troupe: Troupe): number {
  const logs = ['serve', 'worker-1', 'worker-2', 'redis']
    .map((name) => troupe.log(name))
    .filter((log) => existsSync(log));
  const lines = logs.flatMap((log) => readFileSync(log, 'utf8').split('\n'));
  return lines.filter((line) => fullDisk.test(line)).length;
}

async function fillDisk(disk: Disk, troupe: Troupe, leastMs: number): Promise<void> {
  const before = linesOfFullDisk(troupe);
  disk.fill();
  await pause(leastMs);
  const end = Date.now() + unhurtMs;
  while (linesOfFullDisk(troupe) === before && Date.now() < end) await pause(200);
  disk.free();
}

/** One stroke of fate; over when everything stands again. The clock stays as it was set. */
async function strikeOnce(kind: Kind, { troupe, disk, mailbox, clock, random }: Stricken): Promise<void> {
  const victim = killed.exec(kind)?.[1];
  if (victim !== undefined) {
    await troupe.kill(victim);
    await pause(random() * 1000);
    troupe.again(victim);
  } else if (kind === 'disk full') {
    await fillDisk(disk, troupe, 1000 + random() * 4000);
  } else if (kind === 'IMAP gone for a while') {
    await mailbox.stop();
    await pause(1000 + random() * 4000);
    await mailbox.again();
  } else clock.step(anyStep(random));
}

function shuffled(random: () => number): Kind[] {
  return kinds
    .map((kind) => ({ kind, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ kind }) => kind);
}

/** Strikes at random moments, every kind once before any comes again, until the signal fires. Answers how often each did. */
export async function strike(
  points: number,
  stricken: Stricken,
  signal: AbortSignal,
): Promise<Map<Kind, number>> {
  const { random, clock } = stricken;
  const times = new Map<Kind, number>(kinds.map((kind) => [kind, 0]));
  for (let point = 0, round: Kind[] = []; point < points && !signal.aborted; point++) {
    if (round.length === 0) round = shuffled(random);
    const kind = round.pop()!;
    await pause(300 + random() * 2400);
    await strikeOnce(kind, stricken);
    times.set(kind, times.get(kind)! + 1);
  }
  // In the end somebody sets it right.
  clock.step(0);
  return times;
}
