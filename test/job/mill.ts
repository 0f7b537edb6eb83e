import type { Config } from '../../src/config/config.js';
import { readConfig } from '../../src/config/read.js';
import type { PatchReview } from '../../src/finding/review.js';
import { ingest } from '../../src/intake/ingest.js';
import { Conveyor } from '../../src/job/conveyor.js';
import { type ReviewJob, unpackMbox } from '../../src/job/payload.js';
import { splitMbox } from '../../src/mail/split-mbox.js';
import { answerDue } from '../../src/reply/answer-due.js';
import { openCorrespondence } from '../../src/reply/correspondence.js';
import { openLedger } from '../../src/store/ledger.js';
import { patch, reviewOf } from '../report/sample.js';
import { MemoryQueue } from './memory-queue.js';
import { Box } from './posts.js';

const headerOf = (mail: Buffer, name: string) =>
  new RegExp(`^${name}: (.*)$`, 'm').exec(mail.toString('latin1'))?.[1] ?? '';

/** What a daemon does between a source and a mail server, at the pace of a test. */
export class Mill {
  readonly ledger = openLedger(':memory:');
  readonly letters = openCorrespondence(':memory:');
  readonly queue = new MemoryQueue();
  readonly box = new Box();
  readonly config: Config;
  now = 1_700_000_000_000;
  /** Numbers of the mails of each review that was done, in the order in which it was. */
  readonly reviewed: string[][] = [];

  /** `opens`: what of these mails, by number, a review finds something in. */
  constructor(
    settings: string,
    private readonly opens: (numbers: string[]) => string | undefined = () => undefined,
  ) {
    const read = readConfig(
      `identity: { address: bot@example.org }\nsources: [{ name: box, url: "maildir:/x" }]\n${settings}`,
    );
    if (!('config' in read)) throw new Error(JSON.stringify(read.faults));
    this.config = read.config;
  }

  async come(...mails: Buffer[]): Promise<void> {
    this.box.waiting.push(...mails);
    await ingest(this.box, this.ledger.store);
  }

  /** A daemon begins, does what can be done, and is killed. */
  async turn(): Promise<void> {
    const { ledger, letters, queue, config } = this;
    const conveyor = new Conveyor({
      ...ledger,
      queue,
      config: () => config,
      now: () => this.now,
      tell: () => {},
      onNewer: () => {},
    });
    // Bounded: a daemon does other things between.
    for (let turns = 0; turns < 20 && (await conveyor.turn()); ) turns++;
    this.work();
    await conveyor.turn();
    await answerDue({
      ledger,
      letters,
      config,
      nowMs: this.now,
      onAnswer: () => {},
      onTrouble: console.error,
    });
  }

  private work(): void {
    for (const [id, job] of this.queue.jobs) {
      const { mails } = splitMbox(unpackMbox(job as ReviewJob), 100);
      const numbers = mails.map((mail) => /\[PATCH (\d)\/\d\]/.exec(headerOf(mail, 'Subject'))?.[1] ?? '');
      this.reviewed.push(numbers);
      const at = numbers.indexOf(this.opens(numbers) ?? 'none');
      const found: PatchReview[] =
        at < 0 ? [] : [{ ...patch, messageId: headerOf(mails[at]!, 'Message-ID').slice(1, -1) }];
      this.queue.finish(id, {
        outcome: 'done',
        result: { outcome: 'reviewed', report: { ...reviewOf(patch), patches: found } },
      });
    }
  }

  /** Hands all that is due to a mail server that takes it. */
  send(): void {
    const { outbox } = this.letters;
    for (let mail = outbox.due(this.now); mail !== undefined; mail = outbox.due(this.now)) {
      outbox.begin(mail);
      outbox.move(mail.id, 'sent', { sentAt: this.now });
    }
  }

  close(): void {
    this.ledger.close();
    this.letters.close();
  }
}
