import { chmodSync, mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** A folder for one drill: a mailbox, the state of a daemon, a configuration. */
export interface Stage {
  folder: string;
  state: string;
  config: string;
  deliver(name: string, mail: Buffer): void;
}

export const drillCaps = { perThread: 20, perAuthorAndDay: 50, perListAndHour: 100, perDay: 500 };

/** A folder that the servers of a drill may enter, too. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-drill-'));
  chmodSync(folder, 0o755);
  return folder;
}

export function setStage(settings: object, folder = makeFolder()): Stage {
  const box = join(folder, 'mail');
  for (const part of ['new', 'cur', 'tmp']) mkdirSync(join(box, part), { recursive: true });
  const config = join(folder, 'faultline.yaml');
  const state = join(folder, 'state');
  const whole = {
    identity: { address: 'bot@example.org' },
    me: 'me@example.org',
    state,
    sources: [{ name: 'box', url: `maildir:${box}` }],
    otherwise: { embargo: '1s', caps: drillCaps },
    ...settings,
  };
  writeFileSync(config, stringify(whole));
  const deliver = (name: string, mail: Buffer) => {
    writeFileSync(join(box, 'tmp', name), mail);
    renameSync(join(box, 'tmp', name), join(box, 'new', name));
  };
  return { folder, state, config, deliver };
}
