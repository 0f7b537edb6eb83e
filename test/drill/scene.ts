import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../free-port.js';
import { type Dovecot, startDovecot } from '../source/dovecot.js';
import { type Clock, makeClock } from './clock.js';
import { type Disk, makeDisk } from './disk.js';
import { type Archive, startMailServer } from './mail-server.js';
import { randomFrom } from './random.js';
import { drillCaps, makeFolder, setStage } from './stage.js';
import { Troupe } from './troupe.js';

/** Everything that a drill needs of a machine, and that is gone when it is over. */
export interface Scene {
  folder: string;
  /** The state of the daemon, on the disk that can be full. */
  state: string;
  config: string;
  redisPort: number;
  archive: Archive;
  mailbox: Dovecot;
  clock: Clock;
  troupe: Troupe;
  disk: Disk;
  /** Ends all processes and servers; gives the disk back. Kept: logs, configuration, and the state beside them. */
  strike(keep: boolean): Promise<void>;
}

async function configure(scene: Omit<Scene, 'config' | 'strike'>): Promise<string> {
  const { folder, redisPort, state, mailbox, archive } = scene;
  const password = join(folder, 'password');
  writeFileSync(password, 'secret\n', { mode: 0o600 });
  const box = `imap://bot@127.0.0.1:${mailbox.port}/INBOX`;
  const settings = {
    queue: `redis://127.0.0.1:${redisPort}`,
    state,
    sources: [{ name: 'box', url: box, password: { file: password } }],
    web: { listen: `127.0.0.1:${await freePort()}` },
    mail: { dryRun: false, smtp: { url: `smtp://127.0.0.1:${archive.port}` } },
    limits: { jobs: 1, reviewTime: '5m', states: 5000, drain: '20s' },
    // Longer than a mailbox is away.
    otherwise: { embargo: '15s', caps: drillCaps },
  };
  return setStage(settings, folder).config;
}

/** Opens it; what was opened when something fails is closed again. */
export async function openScene(seed: number): Promise<Scene> {
  const folder = makeFolder();
  const closing: (() => unknown)[] = [];
  const opened = <Part>(part: Part, close: (part: Part) => unknown): Part => {
    closing.unshift(() => close(part));
    return part;
  };
  const strike = async (keep: boolean) => {
    for (const close of closing.splice(0))
      await Promise.resolve()
        .then(close)
        .catch((error: Error) => process.stderr.write(`${error.message}\n`));
    if (!keep) rmSync(folder, { recursive: true, force: true });
  };
  try {
    const archive = opened(await startMailServer(randomFrom(seed + 1)), (each) => each.close());
    mkdirSync(join(folder, 'mailbox'));
    const mailbox = opened(await startDovecot(join(folder, 'mailbox')), (each) => each.stop());
    const clock = makeClock(folder);
    const troupe = new Troupe(folder, clock.environment);
    const disk = opened(
      makeDisk(join(folder, 'disk'), () => [troupe.pid('serve')]),
      (each) => each.remove(),
    );
    const state = join(disk.folder, 'state');
    // A tmpfs forgets everything; what it held is looked at afterwards.
    closing.unshift(() => existsSync(state) && cpSync(state, join(folder, 'state'), { recursive: true }));
    opened(troupe, (each) => each.stopAll());
    const parts = { folder, state, redisPort: await freePort(), archive, mailbox, clock, troupe, disk };
    return { ...parts, config: await configure(parts), strike };
  } catch (error) {
    await strike(false);
    throw error;
  }
}
