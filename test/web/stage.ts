import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../src/config/config.js';
import { readConfig } from '../../src/config/read.js';
import { openDashboard } from '../../src/daemon/dashboard.js';
import type { Outcome } from '../../src/finding/outcome.js';
import type { Review } from '../../src/finding/review.js';
import { ingest } from '../../src/intake/ingest.js';
import { readStatus } from '../../src/job/read-status.js';
import { splitMbox } from '../../src/mail/split-mbox.js';
import { answerDue } from '../../src/reply/answer-due.js';
import { type Correspondence, openCorrespondence } from '../../src/reply/correspondence.js';
import { review } from '../../src/review.js';
import { packageRoot } from '../../src/root.js';
import type { Arrival, Inbox } from '../../src/source/inbox.js';
import { type Ledger, openLedger } from '../../src/store/ledger.js';
import { digestOf } from '../../src/store/store.js';
import { addBoard } from '../../src/web/add-board.js';
import { openWeb, type Web } from '../../src/web/server.js';

export const token = 'a token that nobody guesses';

/** A daemon's store, and its pages on a port of their own, without the rest of the daemon. */
export interface Stage {
  url: string;
  folder: string;
  ledger: Ledger;
  letters: Correspondence;
  config: Config;
  /** Takes a series in as the daemon does: its mails, its review, and the mail that answers it. */
  post(series: Posted): Promise<void>;
  close(): Promise<void>;
}

export interface Posted {
  id: string;
  mails: Buffer[];
  subject: string;
  sender: string;
  outcome: Outcome | undefined;
}

/** `onTime` hears how long each answer took at the server, in ms. */
export async function openStage(
  folder = mkdtempSync(join(tmpdir(), 'faultline-board-')),
  onTime: (ms: number) => void = () => {},
): Promise<Stage> {
  const ledger = openLedger(join(folder, 'mail.db'));
  const letters = openCorrespondence(join(folder, 'outbox.db'));
  const read = readConfig(
    `identity: { address: bot@example.org }\nme: me@example.org\notherwise: { embargo: 0s }\nsources: [{ name: box, url: "mbox:/a" }]\n` +
      'web: { listen: "127.0.0.1:0", token: { env: BOARD_TOKEN } }\n',
  );
  if (!('config' in read)) throw new Error('bad configuration');
  const { config } = read;
  const startedMs = Date.now();
  const health = [{ name: 'box', readMs: startedMs, trouble: undefined }];
  const status = () =>
    readStatus({
      ...{ ledger, queue: undefined, driver: 'embedded', startedMs, nowMs: Date.now(), health },
      ...{ held: letters.outbox.count('held'), bounces: 0 },
    });
  const environment = { BOARD_TOKEN: token };
  const board = openDashboard({ ...{ ledger, letters, environment, folder, status }, config: () => config });
  const web: Web = await openWeb({
    listen: config.web.listen,
    status,
    patchset: async () => undefined,
    pages: async (server) => {
      server.addHook('onResponse', async (_, reply) => onTime(reply.elapsedTime));
      await addBoard(server, board);
    },
  });
  const stage: Stage = {
    url: `http://127.0.0.1:${web.port}`,
    ...{ folder, ledger, letters, config },
    post: (series) => post(stage, series),
    close: async () => {
      await web.close();
      ledger.close();
      letters.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return stage;
}

async function post({ ledger, letters, config }: Stage, posted: Posted): Promise<void> {
  const { id, mails, outcome, subject, sender } = posted;
  const inbox: Inbox = {
    name: 'box',
    async *read(): AsyncGenerator<Arrival> {
      for (const [at, raw] of mails.entries())
        yield { kind: 'mail', place: `${id}${at}`, raw, cursor: `${id}${at}` };
    },
    wait: async () => {},
    close: async () => {},
  };
  await ingest(inbox, ledger.store);
  ledger.postings.notice(Date.now(), 0);
  const series = { id, messageId: `${id}@example.org`, version: 1, subject, sender, words: [] };
  const lists = ['nvdimm@lists.linux.dev'];
  ledger.reviews.plan({ ...series, lists, arrivedMs: Date.now() }, mails.map(digestOf), []);
  if (outcome !== undefined) ledger.reviews.finish(id, outcome, Date.now());
  await answerDue({
    ledger,
    letters,
    config,
    nowMs: Date.now(),
    onAnswer: () => {},
    onTrouble: console.error,
  });
}

/** A fixture with its review, as executed now; only of some races where that is enough to look at. */
export async function reviewFixture(name: string, races: string[]): Promise<Posted> {
  const bytes = readFileSync(join(packageRoot, 'fixtures', `${name}.mbox`));
  const { mails } = splitMbox(bytes, 50);
  const answer = await review(bytes, { trees: [], races, full: false, config: new Map() });
  if ('problem' in answer) throw new Error(answer.problem);
  return postedOf(name, mails, answer);
}

function postedOf(id: string, mails: Buffer[], report: Review): Posted {
  const { subject, from } = report.series;
  return { id, mails, subject, sender: from ?? '', outcome: { outcome: 'reviewed', report } };
}

/** The matrix of four kernels that nobody had to execute for a picture of one. */
export function writeMatrix(
  { folder, ledger: _ }: Stage,
  races: { id: string; rule: string; title: string; seen: string | null }[],
): void {
  const verdicts = ['holds', 'violated', 'absent', 'not-analysed'] as const;
  const trees = ['v4.11', 'v4.20', 'v5.10', 'v6.1', 'v6.12'].map((version) => ({
    tree: version,
    version,
    problem: null,
  }));
  const rows = races.map(({ id, rule, title, seen }, at) => ({
    ...{ race: id, rule, title, seen },
    cells: trees.map((_, column) => {
      const verdict = verdicts[((at * 7 + column * 3) % 11) % 4]!;
      return { verdict, rules: verdict === 'violated' ? [rule] : [], bound: 'complete', why: [] };
    }),
  }));
  writeFileSync(join(folder, 'matrix.json'), JSON.stringify({ version: 1, trees, rows, disagreements: [] }));
}
