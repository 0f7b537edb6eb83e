import type { Config } from '../config/config.js';
import type { Outcome } from '../finding/outcome.js';
import { strictest } from '../policy/strictest.js';
import type { Ended, Queue } from '../queue/queue.js';
import { isDatabaseFailure } from '../store/database.js';
import type { Posting, Postings } from '../store/postings.js';
import type { Planned, Reviews } from '../store/reviews.js';
import { isOutcome } from './is-outcome.js';
import { packJob } from './payload.js';
import { planPosting } from './plan.js';

/** So many series are in the queue at most; the others wait in the store, where they are in nobody's way. */
const window = 32;
/** Mails of a posting come one by one; after so long without another it is looked at. */
const settleMs = 3000;
/** Postings that are looked at in one turn: reading their mails takes a moment each. */
const mostPlans = 10;
/** A posting that could not be understood because something broke is looked at again after this. */
const putOffMs = 60_000;
/** How often it is asked whether the queue still has what it was given. */
const recountMs = 20_000;

export interface ConveyorParts {
  postings: Postings;
  reviews: Reviews;
  queue: Queue;
  /** What holds now; it may change while the daemon runs. */
  config: () => Config;
  now: () => number;
  /** Told what happens, by a word and the names it happened to. */
  tell: (event: string, names: Record<string, string | number>) => void;
  /** Told when a newer version makes pointless whatever was to be said of an older one. */
  onNewer: (older: Planned, newer: Planned) => void;
}

/**
 * Moves mail to reviews and results back into the store. Each step can be cut off anywhere and begun again:
 * the store knows what is due, ids say what is the same, and a result leaves the queue after it is recorded.
 */
export class Conveyor {
  private recountAt = 0;

  constructor(private readonly parts: ConveyorParts) {}

  /** Does a part of what can be done now; answers whether another part is left. */
  async turn(): Promise<boolean> {
    const { postings, now } = this.parts;
    postings.notice(now(), settleMs);
    const due = postings.due(now(), mostPlans);
    for (const posting of due) await this.plan(posting).catch((error: Error) => this.putOff(posting, error));
    await this.collect();
    if (now() >= this.recountAt || this.recountAt > now() + recountMs) await this.recount();
    await this.feed();
    return due.length === mostPlans;
  }

  /** What nobody foresaw about one posting must not keep the others waiting. */
  private putOff({ series }: Posting, error: Error): void {
    const { postings, now, tell } = this.parts;
    tell('put off', { series, trouble: error.message.split('\n')[0]! });
    postings.postpone(series, now() + putOffMs, now());
  }

  private async plan(posting: Posting): Promise<void> {
    const { postings, reviews, config, now, tell } = this.parts;
    const { lists, sources } = config();
    const plan = await planPosting(posting, postings, new Set(Object.keys(lists)));
    if (plan.kind === 'nothing') return postings.settle(posting.series, null);
    const named = sources.filter(({ name }) => postings.sourcesOf(posting.series).includes(name));
    const from = named.flatMap(({ list }) => list ?? []);
    const series = { ...plan.series, lists: [...new Set([...plan.series.lists, ...from])] };
    const { embargo } = strictest(config(), series.lists);
    const end = Math.min(posting.arrivedMs, now()) + embargo;
    if (!plan.whole && now() < end) return postings.postpone(posting.series, end, now());
    if (reviews.stateOf(series.id) === undefined) {
      reviews.plan(series, plan.digests, plan.older);
      tell('planned', { review: series.id, messageId: series.messageId, patches: plan.digests.length });
    } else reviews.grow(series.id, series.lists, plan.digests);
    for (const { id, is } of reviews.overlaps(series.id)) if (is === 'part') await this.giveUp(id);
    for (const id of plan.older) await this.outdate(id, series);
    if (plan.superseded) await this.outdate(series.id, series);
    postings.settle(posting.series, series.id);
  }

  /** An older version is not reviewed any more; where it was, what was to be said of it is not. */
  private async outdate(id: string, newer: Planned): Promise<void> {
    const older = this.parts.reviews.get(id);
    if (older?.state === 'done') this.parts.onNewer(older, newer);
    await this.giveUp(id);
  }

  /** Nobody needs this review any more, unless it is there already. */
  private async giveUp(id: string): Promise<void> {
    const { reviews, queue, tell } = this.parts;
    const state = reviews.stateOf(id);
    if (state !== 'due' && state !== 'queued') return;
    reviews.supersede(id);
    tell('superseded', { review: id });
    // One that is in work cannot be taken back; its result will not be wanted.
    if (state === 'queued') await queue.forget(id).catch(() => {});
  }

  private async feed(): Promise<void> {
    const { reviews } = this.parts;
    const free = window - reviews.backlog().queued;
    if (free <= 0) return;
    for (const series of reviews.inState('due', free)) if (await this.send(series)) reviews.queued(series.id);
  }

  /** Puts a series into the queue. Answers false when that makes no sense, which is recorded. */
  private async send(series: Planned): Promise<boolean> {
    const mails = this.parts.reviews.mailsOf(series.id);
    if (mails === undefined) {
      this.record(series.id, { outcome: 'refused', why: 'its archive withdrew a mail of it' });
      return false;
    }
    const job = packJob(series, mails);
    if (job === undefined) {
      this.record(series.id, { outcome: 'not-analysed', limit: 'size', why: 'its mails are too large' });
      return false;
    }
    await this.parts.queue.add(series.id, job);
    return true;
  }

  /** A queue that was lost, emptied or changed for another gets again what the store says it should have. */
  private async recount(): Promise<void> {
    const { reviews, queue, now, tell } = this.parts;
    this.recountAt = now() + recountMs;
    const lost: Planned[] = [];
    for (const series of reviews.inState('queued', 10 * window))
      if (!(await queue.has(series.id))) lost.push(series);
    if (lost.length === 0) return;
    tell('rebuilt', { jobs: lost.length });
    for (const series of lost) await this.send(series);
  }

  private async collect(): Promise<void> {
    for (const job of await this.parts.queue.ended(window)) {
      try {
        this.record(job.id, outcomeOf(job));
      } catch (error) {
        if (isDatabaseFailure(error)) throw error;
        // A worker of another version: its report must not keep those behind it waiting.
        this.record(job.id, noResult);
      }
      await this.parts.queue.forget(job.id);
    }
  }

  private record(id: string, outcome: Outcome): void {
    const { reviews, now, tell } = this.parts;
    const why = outcome.outcome === 'reviewed' ? {} : { why: outcome.why };
    if (reviews.finish(id, outcome, now()))
      tell('recorded', { review: id, outcome: outcome.outcome, ...why });
    else tell('unwanted', { review: id });
  }
}

const noResult = {
  outcome: 'not-analysed',
  limit: 'crash',
  why: 'a worker sent what is no result',
} as const satisfies Outcome;

function outcomeOf(job: Ended): Outcome {
  if (job.outcome === 'failed') return { ...noResult, why: job.why };
  return isOutcome(job.result) ? job.result : noResult;
}
