import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { command, root } from '../faultline.js';
import { freePort } from '../free-port.js';
import { fakePatchwork } from '../patchwork/fake-patchwork.js';
import { fakeGithub } from './fake-github.js';
import { hunk } from './stage.js';

const mbox = readFileSync(join(root, 'fixtures/no-second-lookup.mbox'), 'utf8');

const planted = {
  token: 'ghp_planted0token0000000000000000000001',
  hook: 'planted-webhook-secret-0002',
  patchwork: 'planted-patchwork-token-0003',
};
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
/** One line of the key says as much as the whole of it. */
const needles = [...Object.values(planted), ...key.split('\n').slice(1, -2)];

/** What a process and all that it started show to anybody who asks for their arguments. */
function argumentsBelow(pid: number): string {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        const status = read(`/proc/${name}/status`);
        return [[Number(name), Number(/^PPid:\s+(\d+)/m.exec(status)?.[1])] as const];
      }),
  );
  const below = (each: number): number[] => [
    each,
    ...[...parents].filter(([, parent]) => parent === each).flatMap(([child]) => below(child)),
  ];
  return below(pid)
    .map((each) => read(`/proc/${each}/cmdline`))
    .join('\n');
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

describe('a daemon that follows a forge, as a process', () => {
  let folder: string;
  let config: string;
  let port: number;
  let github: Awaited<ReturnType<typeof fakeGithub>>;
  let patchwork: Awaited<ReturnType<typeof fakePatchwork>>;
  const running: ChildProcess[] = [];
  /** All that the daemons said, on whatever way, and what their processes showed. */
  let said = '';
  let shown = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'faultline-forge-daemon-'));
    for (const part of ['new', 'cur', 'tmp']) mkdirSync(join(folder, 'mail', part), { recursive: true });
    github = await fakeGithub(mbox, [{ filename: 'fs/dax.c', patch: hunk(90) }]);
    github.state.updatedAt = new Date().toISOString();
    patchwork = await fakePatchwork(planted.patchwork);
    port = await freePort();
    config = join(folder, 'faultline.yaml');
    writeConfig('token: { env: PLANTED_TOKEN }');
  });
  afterEach(() => {
    for (const child of running.splice(0)) child.kill('SIGKILL');
  });
  afterAll(async () => {
    await github.close();
    await patchwork.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function writeConfig(credentials: string): void {
    writeFileSync(
      config,
      `identity: { address: bot@example.org }\nme: me@example.org\nstate: ${folder}/state\nlog: { level: debug }\n` +
        `sources: [{ name: box, url: "maildir:${folder}/mail" }]\nweb: { listen: "127.0.0.1:${port}" }\n` +
        `github: { api: "${github.url}", ${credentials}, webhookSecret: { env: PLANTED_HOOK }, poll: 1s, repositories: [{ name: o/r, publish: true, list: a@lists.example.org }] }\n` +
        `patchwork: [{ url: "${patchwork.url}", project: linux-nvdimm, lists: [a@lists.example.org], token: { env: PLANTED_PATCHWORK }, publish: true }]\n`,
    );
  }

  function serve() {
    const child = spawn(process.execPath, [...command, 'serve', '-c', config], {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        NO_COLOR: '1',
        FAULTLINE_DEBUG: '1',
        PLANTED_TOKEN: planted.token,
        PLANTED_HOOK: planted.hook,
        PLANTED_PATCHWORK: planted.patchwork,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.push(child);
    let log = '';
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (chunk) => {
        log += String(chunk);
        said += String(chunk);
      });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const until = async (done: () => boolean, ms = 150_000) => {
      for (const end = Date.now() + ms; !done(); await new Promise((resolve) => setTimeout(resolve, 100))) {
        shown += argumentsBelow(child.pid!);
        if (Date.now() > end || child.exitCode !== null) throw new Error(`waited in vain:\n${log}`);
      }
    };
    return { child, until, ended, log: () => log };
  }

  async function deliver(id: string, signedWith: string) {
    const pull = { number: 7, head: { sha: github.state.headSha } };
    const repository = { name: 'r', owner: { login: 'o' } };
    const body = JSON.stringify({ action: 'synchronize', repository, pull_request: pull });
    const signature = createHmac('sha256', signedWith).update(body).digest('hex');
    const response = await fetch(`http://127.0.0.1:${port}/hooks/github`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'pull_request',
        'x-github-delivery': id,
        'x-hub-signature-256': `sha256=${signature}`,
      },
    });
    const text = await response.text();
    said += text;
    return { status: response.status, text };
  }
  /** Says how long a delivery will be, and waits for the answer before any of it is sent. */
  const announce = (length: number): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': length };
      const asked = request({ port, host: '127.0.0.1', method: 'POST', path: '/hooks/github', headers });
      asked.once('error', reject);
      asked.once('response', (response) => {
        resolve(response.statusCode);
        asked.destroy();
      });
      asked.flushHeaders();
    });
  const ours = () => github.state.comments.filter(({ user }) => user.login === github.state.login);

  it('goes on where it was killed, and fifty redeliveries leave one comment', async () => {
    const killed = serve();
    await killed.until(() => /"msg":"started"/.test(killed.log()));
    expect((await deliver('d-1', 'another secret')).status).toBe(401);
    expect(await announce(6_000_000)).toBe(413);
    expect(await deliver('d-1', planted.hook)).toEqual({ status: 202, text: 'taken\n' });
    await killed.until(() => /"msg":"planned"/.test(killed.log()));
    killed.child.kill('SIGKILL');
    await killed.ended;

    const daemon = serve();
    await daemon.until(() => /"msg":"started"/.test(daemon.log()));
    for (let n = 0; n < 50; n++)
      expect((await deliver(n % 2 === 0 ? 'd-1' : `d-${n}`, planted.hook)).status).toBe(202);
    await daemon.until(() => /"msg":"told"/.test(daemon.log()));
    for (let n = 50; n < 60; n++) await deliver(`d-${n}`, planted.hook);
    const asked = github.state.requests.length;
    await daemon.until(() => github.state.requests.length > asked + 5);
    expect(ours()).toHaveLength(1);
    expect(ours()[0]!.body).toContain('unlocked-entry-path in grab\\_mapping\\_entry()');
    expect(github.state.checks).toMatchObject([{ conclusion: 'failure' }]);
    daemon.child.kill('SIGTERM');
    expect(await daemon.ended).toBe(0);
  }, 400_000);

  it('tells of a forge that refuses it, and of a key that is none, without a word of them', async () => {
    github.state.down = { status: 401 };
    const refused = serve();
    await refused.until(() => /it does not accept the token or the key/.test(refused.log()));
    refused.child.kill('SIGTERM');
    await refused.ended;
    github.state.down = undefined;
    // A key that lost its end: libraries like to show what they cannot read.
    writeFileSync(join(folder, 'app.pem'), key.slice(0, -200));
    writeConfig(`app: { id: 1, installation: 2, key: { file: "${folder}/app.pem" } }`);
    const broken = serve();
    await broken.until(() => /"trouble":"(?:the forge|o\/r)[^"]*"/.test(broken.log()));
    broken.child.kill('SIGTERM');
    await broken.ended;
  }, 300_000);

  it('shows no token, no key and no secret in logs, comments, answers, arguments or what it keeps', async () => {
    writeConfig('token: { env: PLANTED_TOKEN }');
    // The same patch is mailed to a list, too: its Patchwork first refuses to be told, and then is.
    const id = 'planted@example.org';
    const head = `Message-ID: <${id}>\nTo: a@lists.example.org\nList-Id: <a.lists.example.org>\n`;
    writeFileSync(
      join(folder, 'mail/new/planted'),
      mbox.replace(/^From .*\n/, '').replace(/^Message-I[dD]: .*\n/m, head),
    );
    patchwork.state.patches.push(id);
    patchwork.state.down = { status: 401 };
    const refused = serve();
    await refused.until(() => /patchwork linux-nvdimm: it answered 401/.test(refused.log()));
    refused.child.kill('SIGTERM');
    await refused.ended;
    patchwork.state.down = undefined;
    const daemon = serve();
    await daemon.until(() => patchwork.state.posts > 0 && ours().length > 0);
    expect((await deliver('d-last', planted.hook)).status).toBe(202);
    daemon.child.kill('SIGTERM');
    expect(await daemon.ended).toBe(0);

    const kept = readdirSync(join(folder, 'state'), { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map((each) => readFileSync(join(each.parentPath, each.name), 'latin1'));
    const { comments, lineComments, checks } = github.state;
    const public_ = JSON.stringify([comments, lineComments, checks, [...patchwork.state.checks]]);
    const places = { said, shown, public_, kept: kept.join('\n') };
    // What is searched is there to be searched, and the search finds what is there.
    expect(said.length).toBeGreaterThan(1000);
    expect(shown).toContain('serve');
    expect(kept.join('')).toContain('grab_mapping_entry');
    expect([...github.state.tokens].join()).toContain(planted.token);
    expect(patchwork.shown(id)).toBeDefined();
    for (const [place, text] of Object.entries(places))
      for (const needle of needles) expect([place, text.includes(needle)]).toEqual([place, false]);
  }, 400_000);
});
