import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { command } from '../faultline.js';
import { freePort } from '../free-port.js';
import { hasRedis, startRedis } from '../queue/places.js';

describe.skipIf(!hasRedis)('a Redis that goes away', () => {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-away-'));
  const running: ChildProcess[] = [];
  afterEach(() => {
    for (const child of running.splice(0)) child.kill('SIGKILL');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function stage(name: string) {
    const own = join(folder, name);
    for (const part of ['new', 'cur', 'tmp']) mkdirSync(join(own, 'mail', part), { recursive: true });
    const port = await freePort();
    const redis = await startRedis(own, port);
    running.push(redis);
    const config = join(own, 'faultline.yaml');
    writeFileSync(
      config,
      `identity: { address: bot@example.org }\nme: me@example.org\nstate: ${own}/state\nqueue: redis://127.0.0.1:${port}\n` +
        `sources: [{ name: box, url: "maildir:${own}/mail" }]\nweb: { listen: "127.0.0.1:${await freePort()}" }\nlimits: { drain: 1s }\n`,
    );
    return { own, redis, config };
  }

  function begin(what: 'serve' | 'worker', config: string) {
    const child = spawn(process.execPath, [...command, what, '-c', config], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    running.push(child);
    let log = '';
    child.stderr.on('data', (chunk) => {
      log += String(chunk);
    });
    const until = async (word: RegExp) => {
      for (
        const end = Date.now() + 60_000;
        !word.test(log);
        await new Promise((again) => setTimeout(again, 50))
      )
        if (Date.now() > end || child.exitCode !== null) throw new Error(`no ${word} in:\n${log}`);
    };
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    return { child, until, ended };
  }

  it('keeps nobody from being heard, and a daemon not from ending', async () => {
    const { own, redis, config } = await stage('serve');
    const daemon = begin('serve', config);
    await daemon.until(/"msg":"started"/);
    redis.kill('SIGKILL');
    await daemon.until(/ECONNREFUSED/);
    writeFileSync(
      join(own, 'mail/new/1'),
      'From: dev@example.org\nTo: bot@example.org\nSubject: x\nMessage-ID: <a@example.org>\n\n#faultline unsubscribe\n',
    );
    await daemon.until(/"msg":"heard"/);
    daemon.child.kill('SIGTERM');
    expect(await daemon.ended).toBe(0);
  });

  it('keeps a worker not from ending', async () => {
    const { redis, config } = await stage('worker');
    const worker = begin('worker', config);
    await worker.until(/"msg":"started"/);
    redis.kill('SIGKILL');
    await worker.until(/ECONNREFUSED/);
    worker.child.kill('SIGTERM');
    expect(await worker.ended).toBe(0);
  });
});
