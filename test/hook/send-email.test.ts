import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeHooks } from '../../src/hook/install.js';
import { command, root } from '../faultline.js';

/** What keeps git from sending mail here: it is a package of its own, and asks for Perl's Mail::Address. */
function whyUnable(): string | undefined {
  const patch = join(root, 'fixtures', 'rename-a-local.mbox');
  const addresses = ['--from=dev@example.org', '--to=list@example.org', '--suppress-cc=all'];
  const tried = spawnSync('git', ['send-email', '--dry-run', '--confirm=never', ...addresses, patch], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return tried.status === 0 ? undefined : `${tried.stderr ?? tried.error}`.trim().split('\n')[0];
}

const unable = whyUnable();
if (unable !== undefined)
  console.warn(
    `SKIPPED: git send-email does not run here (${unable}); apt-get install git-email libmailtools-perl`,
  );

/** A real git, a real mail server on loopback, and kernel trees: the baselines that the fixtures were made for. */
describe.skipIf(unable !== undefined)('git send-email', () => {
  let folder: string;
  let server: SMTPServer;
  let environment: Record<string, string>;
  const mails: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'faultline-send-'));
    environment = { PATH: process.env.PATH ?? '', HOME: folder, GIT_CONFIG_NOSYSTEM: '1', NO_COLOR: '1' };
    writeFileSync(
      join(folder, 'faultline'),
      `#!/bin/sh\nexec '${process.execPath}' ${command.map((word) => `'${word}'`).join(' ')} "$@"\n`,
    );
    chmodSync(join(folder, 'faultline'), 0o755);
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onData(stream, _session, done) {
        let text = '';
        stream.on('data', (chunk) => {
          text += String(chunk);
        });
        stream.on('end', () => {
          mails.push(text);
          done();
        });
      },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    await new Promise<void>((resolve) => server.close(() => resolve()));
    rmSync(folder, { recursive: true, force: true });
  });

  /** A kernel tree in git, with the hook. */
  async function treeOf(era: string) {
    const tree = join(folder, era);
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', tree, ...args], { env: environment, encoding: 'utf8' });
    cpSync(join(root, 'simulator/baseline', era), tree, { recursive: true });
    git('init', '-q', '-b', 'main');
    git('config', 'user.name', 'A Developer');
    git('config', 'user.email', 'dev@example.org');
    git('add', '-A');
    git('commit', '-q', '-m', 'base');
    expect(await changeHooks('install', tree, [join(folder, 'faultline')])).toHaveLength(2);
    return { tree, git };
  }

  /** Makes the commit that a fixture holds, and sends it as people do. */
  async function send(fixture: string, era: string): Promise<{ code: number | null; said: string }> {
    const { tree, git } = await treeOf(era);
    git('am', '-q', join(root, 'fixtures', fixture));
    const { port } = server.server.address() as AddressInfo;
    const child = spawn(
      'git',
      [
        ...['-C', tree, 'send-email', '--to=list@example.org', '--suppress-cc=all', '--confirm=never'],
        ...['--smtp-server=127.0.0.1', `--smtp-server-port=${port}`, '-1'],
      ],
      { env: environment, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        said += String(chunk);
      });
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, said };
  }

  it('is stopped by the hook before a patch that opens a race is sent', async () => {
    const { code, said } = await send('no-second-lookup.mbox', 'radix');
    expect(said).toContain('unlocked-entry-path in grab_mapping_entry()');
    expect(code).not.toBe(0);
    expect(mails).toEqual([]);
  }, 240_000);

  it('sends a patch that opens none', async () => {
    const { code, said } = await send('rename-a-local.mbox', 'xarray');
    expect([code, code === 0 ? '' : said]).toEqual([0, '']);
    expect(mails).toHaveLength(1);
    const subject = /^Subject: (.*)$/m.exec(
      readFileSync(join(root, 'fixtures/rename-a-local.mbox'), 'utf8'),
    )?.[1];
    expect(mails[0]).toContain(`Subject: ${subject}`);
  }, 240_000);
});
