import type { Config } from '../config/config.js';
import type { CatalogueEntry } from '../finding/catalogue.js';
import type { CheckReport } from '../finding/check.js';
import type { CoversReport } from '../finding/covers.js';
import type { Input, LookUpOptions } from '../finding/input.js';
import type { IntakeOptions, IntakeReport } from '../finding/intake.js';
import type { MatchReport } from '../finding/match.js';
import type { MatrixReport } from '../finding/matrix.js';
import type { ReviewedMessage } from '../finding/message.js';
import type { OutboxMail } from '../finding/outgoing.js';
import type { Problem } from '../finding/problem.js';
import type { ReplayReport } from '../finding/replay-report.js';
import type { AnalysisOptions, ReplayOptions, ReviewOptions } from '../finding/request.js';
import type { Review } from '../finding/review.js';
import type { SelfTestReport } from '../finding/self-test.js';
import type { Signals } from '../finding/serve.js';
import type { FullStatus } from '../finding/status.js';
import type { TruthTable } from '../finding/truth.js';
import type { ReportContext } from '../report/context.js';

/** A pull request, by name or address, and how one is let in. */
export interface AskedPull {
  pull: string;
  token: string;
  publish: boolean;
  api?: string;
}

export interface PullAnswer {
  review: Review;
  published: { comment: string; noCheck: string | null } | null;
}

/** What a person can do with the mails that wait. */
export interface OutboxPort {
  list(): OutboxMail[];
  find(id: string): OutboxMail | undefined;
  /** Answers why nothing was decided; undefined when it was. */
  decide(id: string, what: 'approve' | 'drop', why: string | null): string | undefined;
  brake(): { why: string; at: number } | undefined;
  release(now: number): void;
}

/** What a worker needs, and a daemon too. */
export interface WorkRequest {
  config: Config;
  environment: Record<string, string | undefined>;
  signals: Signals;
}

export interface ServeRequest extends WorkRequest {
  /** Reads the configuration again; undefined when it is bad, which has been said. */
  reload: () => Promise<Config | undefined>;
  /** Another kind of queue than before is meant. */
  changeQueue: boolean;
}

/** Everything that commands ask the stages for: one function a command, so that tests can answer instead. */
export interface Analysis {
  review(input: Buffer, options: ReviewOptions): Promise<Review | Problem>;
  check(tree: string, options: AnalysisOptions): Promise<CheckReport | Problem>;
  selfTest(ids: string[], options: AnalysisOptions): Promise<SelfTestReport | Problem>;
  catalogue(): Promise<CatalogueEntry[]>;
  replayWitness(witness: string, options: ReplayOptions): Promise<ReplayReport | Problem>;
  covers(target: string, options: AnalysisOptions): Promise<CoversReport | Problem>;
  match(text: string): Promise<MatchReport>;
  matrix(options: AnalysisOptions): Promise<MatrixReport | Problem>;
  evaluate(folder: string, options: AnalysisOptions): Promise<TruthTable | Problem>;
  /** What a name means that is no file. */
  lookUp(name: string, options: LookUpOptions): Promise<Input | Problem>;
  /** Reads sources into a store. */
  takeIn(options: IntakeOptions): Promise<IntakeReport | Problem>;
  /** Reviews a pull request, and says in it what was found if that is asked for. */
  reviewPull(asked: AskedPull, options: ReviewOptions): Promise<PullAnswer | Problem>;
  /** Writes or takes away the git hooks of the repository around a folder. */
  changeHooks(
    what: 'install' | 'remove',
    folder: string,
    command: string[],
  ): Promise<{ path: string; outcome: string }[] | Problem>;
  /** How a daemon with this configuration would see a report. */
  asDaemon(context: ReportContext, config: Config): Promise<ReportContext>;
  /** What a daemon with this configuration would review these mails with. */
  daemonOptions(
    input: Buffer,
    config: Config,
    wanted?: string,
  ): Promise<Pick<ReviewOptions, 'trees' | 'budget'>>;
  /** Opens the outbox of a daemon. */
  correspondence(file: string): Promise<{ outbox: OutboxPort; close(): void }>;
  /** Runs until it is told to end; a problem when it cannot begin. */
  serve(request: ServeRequest): Promise<Problem | undefined>;
  work(request: WorkRequest): Promise<Problem | undefined>;
  status(config: Config, environment: Record<string, string | undefined>): Promise<FullStatus | Problem>;
  /** The mails within the input by Message-ID, for answering them. */
  messages(input: Buffer): Promise<ReadonlyMap<string, ReviewedMessage>>;
}
