import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../free-port.js';
import { deliver } from './deliver.js';
import { handOver, identity, type Server, serverUser, startServer } from './server.js';

export interface Dovecot extends Server {
  /** The Maildir behind the folder INBOX. */
  folder: string;
  add(raws: Buffer[]): void;
  /** Starts it again on the same port after it was stopped. */
  again(): Promise<void>;
  /** Makes the server number the folder anew. */
  renumber(): void;
  /** Deletes the mail with a UID behind everybody's back. */
  expunge(uid: number): void;
}

function configuration(folder: string, port: number): string {
  const { user, group } = serverUser();
  const services = ['anvil', 'imap-login'].map((name) =>
    name === 'anvil'
      ? 'service anvil {\n  chroot =\n}'
      : `service imap-login {\n  chroot =\n  inet_listener imap {\n    address = 127.0.0.1\n    port = ${port}\n  }\n  inet_listener imaps {\n    port = 0\n  }\n}`,
  );
  return `base_dir = ${folder}/run
state_dir = ${folder}/state
instance_name = faultline-test-${port}
protocols = imap
listen = 127.0.0.1
log_path = ${folder}/log
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
first_valid_uid = 1
auth_failure_delay = 0
mail_location = maildir:${folder}/mail
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${user} gid=${group} home=${folder}
}
${services.join('\n')}
namespace inbox {
  inbox = yes
  separator = /
}
`;
}

/** A real Dovecot with one user, `bot` with the password `secret`. */
export async function startDovecot(folder: string): Promise<Dovecot> {
  const port = await freePort();
  const mail = join(folder, 'mail');
  for (const part of ['run', 'state', 'mail', 'mail/cur', 'mail/new', 'mail/tmp'])
    mkdirSync(join(folder, part), { recursive: true });
  const file = join(folder, 'dovecot.conf');
  writeFileSync(file, configuration(folder, port));
  handOver(folder);
  const begin = () => startServer('dovecot', ['-F', '-c', file], [port]);
  let end = await begin();
  // What the server takes by itself is the second in which it made the folder.
  let validity = Math.floor(Date.now() / 1000) + 1000;
  const doveadm = (...args: string[]) =>
    execFileSync('doveadm', ['-c', file, ...args], { stdio: 'pipe', ...identity });
  return {
    port,
    stop: () => end(),
    async again() {
      end = await begin();
    },
    folder: mail,
    add(raws) {
      for (const raw of raws) deliver(mail, raw);
      handOver(mail);
    },
    renumber() {
      // By its own command: a session that is just ending would write files that we removed once more.
      validity++;
      doveadm('mailbox', 'update', '-u', 'bot', '--uid-validity', String(validity), 'INBOX');
    },
    expunge(uid) {
      doveadm('expunge', '-u', 'bot', 'mailbox', 'INBOX', 'uid', String(uid));
    },
  };
}
