import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { stateFolder } from '../config/state.js';
import { jsonDocument } from '../report/json.js';
import { outboxMail, outboxText } from '../report/outbox.js';
import { loadConfig } from './config.js';
import { exitCode } from './exit-code.js';
import type { Host } from './host.js';
import { tellProblem } from './output.js';

export interface OutboxFlags {
  config?: string;
  format?: string;
  why?: string;
}

/** `faultline outbox list|show|approve|drop|release`: answers the exit code. */
export async function outboxCommand(
  what: string,
  id: string | undefined,
  flags: OutboxFlags,
  host: Host,
): Promise<number> {
  const usage = (problem: string) => tellProblem({ problem, exit: exitCode.usage }, host);
  if (id === undefined && ['show', 'approve', 'drop'].includes(what))
    return usage(`outbox ${what} needs the id of a mail`);
  const found = await loadConfig(flags.config, host);
  if (found === undefined) return exitCode.usage;
  const file = join(stateFolder(found.config, host.environment), 'outbox.db');
  if (!existsSync(file)) return usage(`${file} is not there: nothing was reviewed with ${found.path} yet`);
  const { outbox, close } = await openOutbox(file, host);
  try {
    if (what === 'list') {
      const brake = outbox.brake() ?? null;
      const mails = outbox.list();
      await host.write(
        flags.format === 'json'
          ? jsonDocument({ version: 1, brake, mails: mails.map(withoutBytes) })
          : outboxText(mails, brake),
      );
      return exitCode.clean;
    }
    if (what === 'release') {
      outbox.release(Date.now());
      return exitCode.clean;
    }
    const mail = outbox.find((id as string).replace(/^<|>$/g, ''));
    if (mail === undefined) return usage(`the outbox has no mail ${id}; faultline outbox list shows them`);
    if (what === 'show') {
      await host.write(outboxMail(mail));
      return exitCode.clean;
    }
    const problem = outbox.decide(mail.id, what === 'approve' ? 'approve' : 'drop', flags.why ?? null);
    return problem === undefined ? exitCode.clean : usage(problem);
  } finally {
    close();
  }
}

function withoutBytes<Mail extends { bytes: Buffer }>({ bytes: _, ...mail }: Mail): Omit<Mail, 'bytes'> {
  return mail;
}

async function openOutbox(file: string, host: Host) {
  const correspondence = await host.analysis.correspondence(file);
  return { outbox: correspondence.outbox, close: () => correspondence.close() };
}
