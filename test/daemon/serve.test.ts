import { type ChildProcess, execFile, spawn } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../src/queue/redis-process.js';
import { withDate } from '../../src/reply/date.js';
import { command, root } from '../faultline.js';
import { freePort } from '../free-port.js';

const fixture = join(root, 'fixtures/no-second-lookup.mbox');

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

describe('faultline serve', () => {
  let folder: string;
  let config: string;
  let port: number;
  let environment: Record<string, string>;
  const running: ChildProcess[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'faultline-serve-'));
    for (const part of ['new', 'cur', 'tmp']) mkdirSync(join(folder, 'mail', part), { recursive: true });
    mkdirSync(join(folder, 'bin'));
    // A machine with nothing but Node and git.
    for (const name of ['git', 'setpriv']) {
      const program = findProgram([name]);
      if (program !== undefined) symlinkSync(program, join(folder, 'bin', name));
    }
    environment = { PATH: join(folder, 'bin'), HOME: folder, NO_COLOR: '1' };
    port = await freePort();
    config = join(folder, 'faultline.yaml');
    writeConfig('');
  });

  afterEach(() => {
    for (const child of running.splice(0)) child.kill('SIGKILL');
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function writeConfig(more: string): void {
    writeFileSync(
      config,
      `identity: { address: bot@example.org }\nme: me@example.org\nstate: ${folder}/state\n` +
        `sources: [{ name: box, url: "maildir:${folder}/mail" }]\nweb: { listen: "127.0.0.1:${port}" }\n${more}`,
    );
  }

  const faultline = (...args: string[]): Promise<Ended> =>
    new Promise((resolve) => {
      execFile(
        process.execPath,
        [...command, ...args],
        { cwd: root, env: environment },
        (error, stdout, stderr) =>
          resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
      );
    });

  function serve(): {
    child: ChildProcess;
    log: () => string;
    until: (word: RegExp, ms?: number) => Promise<void>;
    ended: Promise<number | null>;
  } {
    const child = spawn(process.execPath, [...command, 'serve', '-c', config], {
      cwd: root,
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    running.push(child);
    let log = '';
    child.stderr!.on('data', (chunk) => {
      log += String(chunk);
    });
    const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
    const until = async (word: RegExp, ms = 90_000) => {
      for (
        const end = Date.now() + ms;
        !word.test(log);
        await new Promise((resolve) => setTimeout(resolve, 50))
      )
        if (Date.now() > end || child.exitCode !== null) throw new Error(`no ${word} in:\n${log}`);
    };
    return { child, log: () => log, until, ended };
  }

  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    return { code: response.status, text: await response.text() };
  };

  it('reviews a mail that is dropped into a Maildir, with nothing installed, and holds the answer', async () => {
    copyFileSync(fixture, join(folder, 'mail/new/1.first'));
    const daemon = serve();
    await daemon.until(/"msg":"answered"/);
    expect(daemon.log()).toContain('"driver":"embedded"');
    const list = await faultline('outbox', 'list', '-c', config, '--format', 'json');
    const { mails } = JSON.parse(list.stdout) as { mails: object[] };
    expect(mails).toMatchObject([{ state: 'held', why: 'dry run', to: ['me@example.org'] }]);
    const [{ id, createdAt }] = mails as [{ id: string; createdAt: number }];
    const shown = await faultline('outbox', 'show', id, '-c', config);
    const written = await faultline('review', fixture, '--format', 'email', '-c', config);
    expect(shown.stdout).toBe(withDate(written.stdout, createdAt));

    expect(await get('/livez')).toEqual({ code: 200, text: 'ok\n' });
    expect(await get('/readyz')).toEqual({ code: 200, text: 'ok\n' });
    const metrics = (await get('/metrics')).text;
    expect(metrics).toContain('faultline_series{state="done"} 1');
    expect(metrics).toContain('faultline_held_mails 1');
    const status = await faultline('status', '-c', config, '--ready');
    expect(status).toMatchObject({ code: 0, stderr: '' });
    expect(status.stdout).toMatch(/^outcome: {4}1 reviewed$/m);
    expect(status.stdout).toMatch(/^source: {5}box, last new mail \d+ \w+ ago$/m);

    const second = await faultline('serve', '-c', config);
    expect(second).toMatchObject({ code: 2, stderr: expect.stringMatching(/another process holds it\n$/) });
    // No subject, no person, no line of the mail.
    expect(daemon.log()).not.toMatch(/drop the second lookup|dev@example\.org|The insertion below/);

    daemon.child.kill('SIGTERM');
    expect(await daemon.ended).toBe(0);
    expect((await faultline('status', '-c', config)).stdout).toMatch(/^the daemon does not run/);
    expect((await faultline('status', '-c', config, '--ready')).code).toBe(4);
  }, 240_000);

  it('goes on where it was killed, and says nothing twice', async () => {
    const killed = serve();
    copyFileSync(join(root, 'fixtures/no-wake-at-unlock.mbox'), join(folder, 'mail/new/2.second'));
    await killed.until(/"msg":"planned"/);
    killed.child.kill('SIGKILL');
    await killed.ended;
    const daemon = serve();
    await daemon.until(/"msg":"answered"/);
    const { stdout } = await faultline('status', '-c', config, '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ series: { due: 0, queued: 0, done: 2 }, held: 2 });
    daemon.child.kill('SIGTERM');
    expect(await daemon.ended).toBe(0);
  }, 240_000);

  it('reads its configuration again when asked, and keeps what holds when the new one is bad', async () => {
    const daemon = serve();
    await daemon.until(/"msg":"started"/);
    // A list asks whether we meant it: a person is shown what, and nobody else.
    writeFileSync(
      join(folder, 'mail/new/3.confirm'),
      'From: a-list@x.org\nTo: bot@example.org\nSubject: confirm 0123456789abcdef01\nMessage-ID: <c@x.org>\n\nAnswer.\n',
    );
    await daemon.until(/"what":"confirmation"/);
    const { stdout } = await faultline('status', '-c', config);
    expect(stdout).toMatch(/^look at: {4}confirmation, \d+ \w+ ago: confirm 0123456789abcdef01 <c@x.org>$/m);
    expect(stdout).toMatch(/^ {12}a list wants the subscription confirmed: /m);
    expect((await get('/status')).text).not.toContain('0123456789abcdef01');
    writeConfig('lists: 7\n');
    daemon.child.kill('SIGHUP');
    await daemon.until(/the configuration is bad; what held before holds on/);
    expect(daemon.log()).toMatch(/faultline\.yaml:6:\d+: lists: /);
    expect((await get('/livez')).code).toBe(200);
    writeConfig(`log: { level: debug }\nqueue: redis://127.0.0.1:1\n`);
    daemon.child.kill('SIGHUP');
    await daemon.until(/"msg":"reloaded"/);
    expect(daemon.log()).toContain('"settings":["queue"]');
    daemon.child.kill('SIGTERM');
    expect(await daemon.ended).toBe(0);
    expect((await faultline('serve', '-c', config)).stderr).toMatch(/--change-queue/);
    writeConfig('');
  });

  it('ends at once when it is told to twice', async () => {
    const daemon = serve();
    copyFileSync(join(root, 'fixtures/recheck-pmd.mbox'), join(folder, 'mail/new/3.third'));
    await daemon.until(/"msg":"planned"/);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const begin = Date.now();
    daemon.child.kill('SIGTERM');
    await daemon.until(/"msg":"ending"/);
    daemon.child.kill('SIGTERM');
    await daemon.ended;
    expect(Date.now() - begin).toBeLessThan(10_000);
  });

  it('waits for a source that is not there, and says so', async () => {
    rmSync(join(folder, 'mail'), { recursive: true });
    const daemon = serve();
    await daemon.until(/there is no such file or folder; trying again/);
    const ready = await get('/readyz');
    expect(ready).toMatchObject({
      code: 503,
      text: expect.stringMatching(/^source box: .*there is no such/),
    });
    for (const part of ['new', 'cur', 'tmp']) mkdirSync(join(folder, 'mail', part), { recursive: true });
    for (const end = Date.now() + 30_000; (await get('/readyz')).code !== 200; ) {
      if (Date.now() > end) throw new Error('it does not see the folder');
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  });
});

describe('faultline worker', () => {
  it('needs a Redis that it shares with a daemon', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'faultline-worker-'));
    const config = join(folder, 'faultline.yaml');
    writeFileSync(config, 'identity: { address: a@example.org }\nsources: [{ name: a, url: "mbox:/a" }]\n');
    const said = await new Promise<string>((resolve) =>
      execFile(process.execPath, [...command, 'worker', '-c', config], (_, __, stderr) => resolve(stderr)),
    );
    expect(said).toMatch(/^faultline: a worker needs "queue: redis:/);
    expect(readFileSync(config, 'utf8')).not.toBe('');
    rmSync(folder, { recursive: true });
  });
});
