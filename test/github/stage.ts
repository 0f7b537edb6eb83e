import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../src/config/config.js';
import { readConfig } from '../../src/config/read.js';
import type { Outcome } from '../../src/finding/outcome.js';
import { ForgeFollower } from '../../src/forge/follow.js';
import { type Taken, takeHook } from '../../src/forge/take-hook.js';
import { openForge } from '../../src/github/forge.js';
import { Conveyor } from '../../src/job/conveyor.js';
import { type Correspondence, openCorrespondence } from '../../src/reply/correspondence.js';
import { type Ledger, openLedger } from '../../src/store/ledger.js';
import { MemoryQueue } from '../job/memory-queue.js';
import { review } from '../report/sample.js';
import { fakeGithub } from './fake-github.js';

export const secret = 'planted-webhook-secret';
export const head = (letter: string) => letter.repeat(40);
export const hunk = (line: number) => `@@ -${line},3 +${line},3 @@ f\n a\n-b\n+c\n d`;

/** A review that found something. */
export const found: Outcome = { outcome: 'reviewed', report: review };

/** What follows a forge in a daemon, without workers: a test says what becomes of each review, and when time passes. */
export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), 'faultline-forge-'));
  readonly queue = new MemoryQueue();
  readonly told: string[] = [];
  readonly trouble: string[] = [];
  /** Why the forge cannot be opened. */
  shut: string | undefined;
  now = Date.parse('2026-01-01T00:00:00Z');
  config: Config;
  ledger!: Ledger;
  letters!: Correspondence;
  private follower!: ForgeFollower;
  private conveyor!: Conveyor;

  private constructor(readonly github: Awaited<ReturnType<typeof fakeGithub>>) {
    this.config = this.configured('publish: true, pushes: [next], list: nvdimm@lists.linux.dev');
    this.open();
  }

  static async open(patch: string): Promise<Stage> {
    return new Stage(await fakeGithub(patch, [{ filename: 'fs/dax.c', patch: hunk(90) }]));
  }

  /** A pull request was opened, reviewed, and has its comment. */
  async comes(): Promise<void> {
    await this.pushed('first', 'opened');
    await this.turn(found);
  }

  configured(repository: string, more = ''): Config {
    const read = readConfig(
      `identity: { address: bot@example.org }\nme: me@example.org\nsources: [{ name: box, url: "maildir:/x" }]\ngithub:\n  api: ${this.github.url}\n` +
        `  token: { env: PLANTED }\n  webhookSecret: { env: PLANTED_SECRET }\n  moderators: [boss]\n` +
        `  repositories: [{ name: o/r, ${repository} }]\n${more}`,
    );
    if (!('config' in read)) throw new Error(JSON.stringify(read.faults));
    return read.config;
  }

  private open(): void {
    const { folder, queue } = this;
    this.ledger = openLedger(join(folder, 'mail.db'));
    this.letters = openCorrespondence(join(folder, 'outbox.db'));
    const tell = (event: string, names: Record<string, string | number>) => {
      if (event === 'planned') this.ledger.linkProposals(String(names.review));
      this.told.push(`${event} ${names.answer ?? names.what ?? ''}`.trim());
    };
    const config = () => this.config;
    const now = () => this.now;
    const { postings, reviews } = this.ledger;
    this.conveyor = new Conveyor({ postings, reviews, queue, config, now, tell, onNewer: () => {} });
    this.follower = new ForgeFollower({
      ...{ config, now, tell, ledger: this.ledger, objections: this.letters.objections },
      open: async () => {
        if (this.shut !== undefined) throw new Error(this.shut);
        return openForge({ token: 'gh-planted-token' }, { baseUrl: this.github.url, paced: false });
      },
      isBraked: () => this.letters.outbox.brake() !== undefined,
      forget: (review) => queue.forget(review),
      onTrouble: (line) => this.trouble.push(line),
    });
  }

  /** The process ends and another one begins. */
  restart(): void {
    this.close();
    this.open();
  }

  close(): void {
    this.ledger.close();
    this.letters.close();
  }

  async end(): Promise<void> {
    this.close();
    await this.github.close();
    rmSync(this.folder, { recursive: true });
  }

  /** A turn of everything; what is in the queue ends as `outcome` says. */
  async turn(outcome?: Outcome): Promise<void> {
    this.now += 1000;
    await this.follower.round();
    while (await this.conveyor.turn());
    if (outcome === undefined) return;
    for (const id of this.queue.jobs.keys()) this.queue.finish(id, { outcome: 'done', result: outcome });
    this.now += 1000;
    while (await this.conveyor.turn());
    await this.follower.round();
  }

  health() {
    return this.follower.health();
  }

  /** Delivers a webhook as GitHub does. */
  deliver(event: string, payload: object, id: string, signedWith = secret): Promise<Taken> {
    const whole = { repository: { name: 'r', owner: { login: 'o' } }, ...payload };
    const body = Buffer.from(JSON.stringify(whole));
    const signature = `sha256=${createHmac('sha256', signedWith).update(body).digest('hex')}`;
    const headers = {
      'x-github-event': event,
      'x-github-delivery': id,
      'x-hub-signature-256': signature,
    };
    return takeHook({ headers, body }, secret, this.config.github!, this.ledger.proposals, this.now);
  }

  pushed(id: string, action = 'synchronize'): Promise<Taken> {
    const pull_request = { number: 7, head: { sha: this.github.state.headSha } };
    return this.deliver('pull_request', { action, pull_request }, id);
  }

  /** Somebody comments; the comment stands on the forge, too. */
  comment(body: string, login: string, standing = 'NONE'): Promise<Taken> {
    const { comments } = this.github.state;
    const comment = {
      ...{ id: 9000 + comments.length, body, author_association: standing },
      user: { login, type: 'User' },
    };
    comments.push(comment);
    const issue = { number: 7, pull_request: {} };
    return this.deliver('issue_comment', { action: 'created', issue, comment }, `comment-${comment.id}`);
  }

  /** Our own comments. */
  said(): string[] {
    const { comments, login } = this.github.state;
    return comments.filter(({ user }) => user.login === login).map(({ body }) => body);
  }
}
