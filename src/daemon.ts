import { join } from 'node:path';
import { atMost } from './at-most.js';
import type { Config } from './config/config.js';
import { readSecret } from './config/secret.js';
import { stateFolder } from './config/state.js';
import { openDashboard } from './daemon/dashboard.js';
import { addEndpoints } from './daemon/endpoints.js';
import { type Log, openLog, quietly } from './daemon/log.js';
import { closeMs, Opened } from './daemon/opened.js';
import { Outside } from './daemon/outside.js';
import type { Problem } from './finding/problem.js';
import type { Signals } from './finding/serve.js';
import type { Status } from './finding/status.js';
import { Followers } from './intake/followers.js';
import { Conveyor } from './job/conveyor.js';
import { readStatus } from './job/read-status.js';
import { ReviewWorkers } from './job/review-workers.js';
import { chooseDriver } from './queue/choose-driver.js';
import type { Queue, QueueDriver } from './queue/queue.js';
import { answerDue } from './reply/answer-due.js';
import { type Correspondence, openCorrespondence } from './reply/correspondence.js';
import { findPatchset } from './reply/find-patchset.js';
import { hear } from './reply/hear.js';
import { Postman } from './reply/postman.js';
import { namesInPart, seriesName } from './reply/series-name.js';
import { watch } from './reply/watch.js';
import { makeStateFolder } from './state/folder.js';
import { takeLock } from './state/lock.js';
import { type Ledger, openLedger } from './store/ledger.js';
import type { Planned } from './store/reviews.js';
import { addBoard } from './web/add-board.js';
import { openWeb } from './web/server.js';

export interface ServeOptions {
  config: Config;
  /** Reads the configuration again; undefined when it is bad, which has been said. */
  reload: () => Promise<Config | undefined>;
  changeQueue: boolean;
  environment: NodeJS.ProcessEnv;
  signals: Signals;
}

const turnMs = 1000;
/** A queue that is away answers when it is back; so long is waited for it before people are. */
const queueMs = 5000;
const weekMs = 7 * 86_400_000;

/**
 * Follows the sources, reviews what comes, and tells how it fares, until it is told to stop. Answers a problem
 * when it cannot begin. It is the only writer of its store; workers elsewhere see nothing but the queue.
 */
export async function serve(options: ServeOptions): Promise<Problem | undefined> {
  const opened = new Opened();
  const log = openLog(options.config.log.level);
  const onTrouble = quietly((trouble) => log.warn({ trouble }, 'trouble'));
  try {
    const daemon = await Daemon.open(options, opened, log, onTrouble);
    await daemon.untilStopped();
    log.info('ended');
    return undefined;
  } catch (error) {
    // A part that cannot be had says in one line why.
    const problem = (error as Error).message.split('\n')[0]!;
    return { problem, exit: /cannot be reached/.test(problem) ? 4 : 2 };
  } finally {
    await opened.close(onTrouble);
  }
}

class Daemon {
  private config: Config;
  private readonly startedMs = Date.now();
  private readonly conveyor: Conveyor;
  private readonly followers: Followers;
  private readonly workers: ReviewWorkers;
  private readonly postman: Postman;
  private readonly outside: Outside;
  private turning: Promise<void> = Promise.resolve();
  private waiting = false;
  private sending: Promise<void> | undefined;
  private moving: Promise<void> | undefined;

  private constructor(
    private readonly options: ServeOptions,
    private readonly log: Log,
    private readonly onTrouble: (line: string) => void,
    private readonly ledger: Ledger,
    private readonly driver: QueueDriver,
    private readonly queue: Queue,
    private readonly letters: Correspondence,
  ) {
    this.config = options.config;
    const { postings, reviews, store } = ledger;
    const config = () => this.config;
    const tell = (event: string, names: object) => log.info(names, event);
    const tellMail = (event: string, names: { review?: string | number }) => {
      // The same patch on a forge is told where it is discussed, too.
      if (event === 'planned') ledger.linkProposals(String(names.review));
      tell(event, names);
    };
    const onNewer = (older: Planned, newer: Planned) => {
      for (const name of [seriesName(older), ...namesInPart(older, reviews)])
        letters.outbox.dropSeries(name, `v${newer.version} came`);
    };
    this.conveyor = new Conveyor({
      postings,
      reviews,
      queue,
      config,
      now: Date.now,
      tell: tellMail,
      onNewer,
    });
    this.postman = new Postman(letters.outbox, config, options.environment, (turn) =>
      log.info({ turn }, 'sending'),
    );
    this.outside = new Outside({
      ...{ config, environment: options.environment, ledger, letters, tell, onTrouble },
      forget: (review) => queue.forget(review),
    });
    this.workers = new ReviewWorkers(queue, config, () => this.turn(), onTrouble);
    this.followers = new Followers({
      store,
      environment: options.environment,
      now: Date.now,
      onRound: (source, { arrivals, fresh }) => {
        log.info({ source, arrivals, fresh }, 'mail');
        this.turn();
      },
      onTrouble,
    });
  }

  static async open(
    options: ServeOptions,
    opened: Opened,
    log: Log,
    onTrouble: (line: string) => void,
  ): Promise<Daemon> {
    const { config, environment, changeQueue } = options;
    const folder = stateFolder(config, environment);
    makeStateFolder(folder);
    opened.add(takeLock(join(folder, 'lock')), (lock) => lock.release());
    const ledger = opened.add(openLedger(join(folder, 'mail.db')), (each) => each.close());
    const letters = opened.add(openCorrespondence(join(folder, 'outbox.db')), (each) => each.close());
    const password = config.queuePassword && readSecret(config.queuePassword, environment);
    const wish = { queue: config.queue, folder, change: changeQueue, ...(password ? { password } : {}) };
    const driver = opened.add(chooseDriver(wish, { onTrouble }), (each) => each.close());
    const queue = opened.add(await driver.open('review'), (each) => each.close());
    const daemon = new Daemon(options, log, onTrouble, ledger, driver, queue, letters);
    const status = () => daemon.status();
    const board = openDashboard({
      ...{ ledger, letters, environment, folder, status },
      config: () => daemon.config,
    });
    const web = await openWeb({
      listen: config.web.listen,
      status,
      patchset: (messageId) => findPatchset(ledger, messageId, daemon.config, Date.now(), onTrouble),
      pages: async (server) => {
        await addBoard(server, board);
        await addEndpoints(server, {
          ledger,
          config: () => daemon.config,
          environment,
          onHook: () => daemon.outside.turn(),
        });
      },
    });
    opened.add(web, (each) => each.close());
    await daemon.begin();
    log.info({ driver: driver.kind, state: folder, port: web.port, pid: process.pid }, 'started');
    return daemon;
  }

  private async begin(): Promise<void> {
    await this.workers.begin();
    await this.followers.follow(this.config.sources);
    this.turn();
  }

  /** Asks for a turn of the conveyor, soon; while one waits, asking again changes nothing. */
  private turn(): void {
    if (this.waiting) return;
    this.waiting = true;
    this.turning = this.turning.then(async () => {
      this.waiting = false;
      await this.work().catch((error: Error) => this.onTrouble(error.message));
    });
  }

  private async work(): Promise<void> {
    this.moving ??= this.move();
    await atMost(queueMs, this.moving);
    const onAnswer = (review: string, answer: string) => this.log.info({ review, answer }, 'answered');
    await this.listen();
    const { ledger, letters, config, onTrouble } = this;
    await answerDue({ ledger, letters, config, nowMs: Date.now(), onAnswer, onTrouble });
    this.send();
    this.outside.turn();
  }

  private async move(): Promise<void> {
    try {
      if (await this.conveyor.turn()) this.turn();
    } catch (error) {
      this.onTrouble((error as Error).message);
    } finally {
      this.moving = undefined;
    }
  }

  /** What people answer, and whether the course of things is as it should be. */
  private async listen(): Promise<void> {
    const { ledger, letters, config, onTrouble } = this;
    const onHeard = (messageId: string, what: string) => this.log.info({ messageId, what }, 'heard');
    await hear({ ...ledger, correspondence: letters, config, now: Date.now(), onHeard, onTrouble });
    const why = watch(letters, (ms) => ledger.reviews.endedSince(ms), Date.now());
    if (why !== undefined) this.log.error({ why }, 'nothing is sent until a person has looked');
  }

  /** Mail servers take their time: nothing else waits for them. */
  private send(): void {
    this.sending ??= this.postman
      .round(Date.now)
      .catch((error: Error) => this.onTrouble(error.message))
      .finally(() => {
        this.sending = undefined;
      });
  }

  async untilStopped(): Promise<void> {
    const { signals } = this.options;
    const timer = setInterval(() => this.turn(), turnMs);
    await new Promise<void>((resolve) => {
      signals.onReload(() => void this.reload().catch((error: Error) => this.onTrouble(error.message)));
      signals.onStop(resolve);
    });
    clearInterval(timer);
    this.log.info({ limitMs: this.config.limits.drain }, 'ending');
    await this.followers.stop();
    await this.outside.stop();
    const { drain } = this.config.limits;
    await atMost(drain + closeMs, this.workers.end(drain));
    // What the last reviews said is recorded before the queue is closed.
    this.turn();
    await this.turning;
    await this.sending;
    this.postman.close();
  }

  private async reload(): Promise<void> {
    const next = await this.options.reload();
    if (next === undefined) {
      this.log.error('the configuration is bad; what held before holds on');
      return;
    }
    const fixed = (['state', 'queue', 'queuePassword', 'web', 'github'] as const).filter(
      (name) => JSON.stringify(next[name]) !== JSON.stringify(this.config[name]),
    );
    if (fixed.length > 0) this.log.warn({ settings: fixed }, 'changed, and read at the next start only');
    this.config = { ...next, github: this.config.github };
    this.log.level = next.log.level;
    await this.followers.follow(next.sources);
    await this.workers.begin();
    this.log.info('reloaded');
  }

  private status(): Promise<Status> {
    return readStatus({
      ledger: this.ledger,
      queue: this.queue,
      driver: this.driver.kind,
      startedMs: this.startedMs,
      nowMs: Date.now(),
      health: [...this.followers.health(), ...this.outside.forges.health()],
      held: this.letters.outbox.count('held'),
      bounces: this.letters.objections.countBounces(Date.now() - weekMs),
    });
  }
}
