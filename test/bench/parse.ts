import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { simpleParser } from 'mailparser';
import parseDiff from 'parse-diff';
import type { Bench } from './bench.js';
import { built } from './built.js';
import { median, timed } from './measure.js';
import { beside } from './row.js';

const runs = 15;
const folder = fileURLToPath(new URL('../../fixtures/edge/', import.meta.url));

/** The mails of the edge cases, read and their diffs scanned, beside the packages that do only that. */
export const parse: Bench = async () => {
  const { readMessages } = await built.mail();
  const { scan } = await built.scan();
  const files = readdirSync(folder).filter((name) => /\.(eml|mbox)$/.test(name));
  const mails: Buffer[] = [];
  const bodies: string[] = [];
  for (const bytes of files.map((name) => readFileSync(`${folder}${name}`))) {
    const read = await readMessages(bytes);
    if (!('messages' in read)) continue;
    bodies.push(...read.messages.map(({ body }) => body));
    // mailparser knows no mbox: only what is one mail can be given to both.
    if (read.messages.length === 1) mails.push(bytes);
  }
  const diffs = bodies.filter((body) => body.includes('\ndiff --git '));
  const ours = await rounds(async () => {
    for (const mail of mails) await readMessages(mail);
  });
  const theirs = await rounds(async () => {
    for (const mail of mails) await simpleParser(mail);
  });
  const scanned = median(
    Array.from({ length: runs }, () => timed(() => diffs.forEach((diff) => void scan(diff)))),
  );
  const parsed = median(
    Array.from({ length: runs }, () => timed(() => diffs.forEach((diff) => void parseDiff(diff)))),
  );
  const perSecond = (count: number, ms: number) => Math.round((1000 * count) / ms);
  return [
    beside(
      `${mails.length} mails, read`,
      perSecond(mails.length, ours),
      perSecond(mails.length, theirs),
      'mails/s',
      'mailparser alone',
    ),
    beside(
      `${diffs.length} diffs, scanned`,
      perSecond(diffs.length, scanned),
      perSecond(diffs.length, parsed),
      'diffs/s',
      'parse-diff alone, which checks nothing',
    ),
  ];
};

/** Processor time of something that waits in between; nothing else runs in this process. */
async function rounds(work: () => Promise<void>): Promise<number> {
  const all: number[] = [];
  for (let n = 0; n < runs; n++) {
    const start = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(start);
    all.push((user + system) / 1000);
  }
  return median(all);
}
