import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/config.js';
import { stateFolder } from '../config/state.js';
import type { Problem } from '../finding/problem.js';
import type { FullStatus, Notice, Status } from '../finding/status.js';
import { rememberedDriver } from '../queue/choose-driver.js';
import { readStatus } from './read-status.js';

const askMs = 3000;

/** What the daemon that listens there says; undefined when none does, or when it serves another state. */
async function askDaemon({ web }: Config): Promise<Status | undefined> {
  try {
    const response = await fetch(`http://${web.listen}/status`, { signal: AbortSignal.timeout(askMs) });
    const status = (await response.json()) as Status;
    return typeof status.startedMs === 'number' ? status : undefined;
  } catch {
    return undefined;
  }
}

/** What waits in a correspondence for a person. */
export interface Waiting {
  held: number;
  notices: Notice[];
}

/** How the daemon of a configuration fares; from its store when it does not run. */
export async function findStatus(
  config: Config,
  environment: NodeJS.ProcessEnv,
  readWaiting: (outbox: string) => Promise<Waiting>,
): Promise<FullStatus | Problem> {
  const folder = stateFolder(config, environment);
  const outbox = join(folder, 'outbox.db');
  const running = await askDaemon(config);
  const waiting = existsSync(outbox) ? await readWaiting(outbox) : { held: 0, notices: [] };
  if (running !== undefined) return { ...running, notices: waiting.notices };
  const file = join(folder, 'mail.db');
  if (!existsSync(file))
    return { problem: `${file} is not there: no daemon ran with this configuration`, exit: 4 };
  const { openLedger } = await import('../store/ledger.js');
  let ledger: ReturnType<typeof openLedger>;
  try {
    ledger = openLedger(file);
  } catch (error) {
    return { problem: (error as Error).message, exit: 2 };
  }
  try {
    const status = await readStatus({
      ledger,
      queue: undefined,
      driver: rememberedDriver(folder),
      startedMs: null,
      nowMs: Date.now(),
      health: [],
      bounces: null,
      held: waiting.held,
    });
    return { ...status, notices: waiting.notices };
  } finally {
    ledger.close();
  }
}
