import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config/read.js';
import { ingest } from '../../src/intake/ingest.js';
import { openCorrespondence } from '../../src/reply/correspondence.js';
import type { Resolver } from '../../src/reply/dkim.js';
import { hear } from '../../src/reply/hear.js';
import { sendNext } from '../../src/reply/send.js';
import { openTransport } from '../../src/reply/transport.js';
import { openLedger } from '../../src/store/ledger.js';
import { Box } from '../job/posts.js';
import { mailServer } from './mail-server.js';

/** Nobody has published a key. */
export const noKeys: Resolver = () => Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }));

/** What a daemon has between a source and a mail server, for one that answers lists without asking anybody. */
export function openOffice() {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-office-'));
  const ledger = openLedger(join(folder, 'mail.db'));
  const letters = openCorrespondence(join(folder, 'outbox.db'));
  const read = readConfig(
    'identity: { address: bot@example.org }\nsources: [{ name: box, url: "maildir:/x" }]\n' +
      'otherwise: { deliver: list, embargo: 0s }\nmail: { dryRun: false, moderated: false, moderators: [boss@example.org] }\n',
  );
  if (!('config' in read)) throw new Error('bad configuration');
  const { config } = read;
  const clock = { now: 1_700_000_000_000 };
  return {
    folder,
    ledger,
    letters,
    config,
    clock,
    async come(...mails: Buffer[]): Promise<void> {
      const box = new Box();
      box.waiting = mails;
      await ingest(box, ledger.store);
    },
    /** Listens to what came; answers what was heard, by Message-ID. */
    async listen(resolver = noKeys): Promise<Map<string, string>> {
      const heard = new Map<string, string>();
      const onHeard = (id: string, what: string) => void heard.set(id, what);
      await hear({
        ...ledger,
        correspondence: letters,
        config,
        now: clock.now,
        resolver,
        onHeard,
        onTrouble: console.error,
      });
      return heard;
    },
    /** Sends all that is due to a real mail server; answers what arrived there. */
    async send() {
      const server = await mailServer();
      const transport = await openTransport({ url: server.url });
      const capsOf = () => config.otherwise.caps;
      const sending = { outbox: letters.outbox, transport, capsOf, now: () => clock.now };
      while ((await sendNext(sending)) === 'sent');
      transport.close();
      await server.close();
      return server.taken;
    },
    close(): void {
      ledger.close();
      letters.close();
      rmSync(folder, { recursive: true });
    },
  };
}
