import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { threadAddress } from '../../src/source/archive.js';
import { askBytes } from '../../src/source/http.js';
import { runAlone } from '../faultline.js';

const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
const most = 1024 * 1024;
const askAlone = new URL('./ask-alone.ts', import.meta.url);

const answers: Record<string, RequestListener> = {
  '/plain': (_, to) => void to.end('plain'),
  '/gzip': (_, to) => void to.end(gzipSync('packed')),
  '/bomb': (_, to) => void to.end(bomb),
  '/encoded-bomb': (_, to) => void to.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
  '/broken': (_, to) => void to.end(gzipSync('packed'.repeat(1000)).subarray(0, 30)),
  '/short': (_, to) => {
    to.writeHead(200, { 'content-length': '1000' });
    to.write('short');
    setTimeout(() => to.destroy(), 20);
  },
  '/endless': (_, to) => {
    const more = () => {
      while (!to.destroyed && to.write(Buffer.alloc(65_536))) {}
    };
    to.on('drain', more);
    more();
  },
  '/loop': (_, to) => void to.writeHead(302, { location: '/loop' }).end(),
  '/once': (_, to) => void to.writeHead(302, { location: '/plain' }).end(),
  '/nowhere': (_, to) => void to.writeHead(302).end(),
  '/file': (_, to) => void to.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/gone': (_, to) => void to.writeHead(404).end(),
  '/ill': (_, to) => void to.writeHead(503).end(),
};

describe('an address', () => {
  let server: Server;
  let base: string;

  beforeAll(async () => {
    server = createServer((from, to) => (answers[from.url ?? ''] ?? answers['/gone']!)(from, to));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('is asked, unpacked and followed', async () => {
    expect((await askBytes(`${base}/plain`, most)).toString()).toBe('plain');
    expect((await askBytes(`${base}/gzip`, most)).toString()).toBe('packed');
    expect((await askBytes(`${base}/once`, most)).toString()).toBe('plain');
  });

  it.each([
    ['/loop', 'damaged', /more than 5 redirects/],
    ['/nowhere', 'damaged', /leads nowhere/],
    ['/file', 'refused', /only http and https/],
    ['/gone', 'refused', /answers 404/],
    ['/ill', 'lost', /answers 503/],
    ['/broken', 'damaged', /cannot be unpacked/],
    ['/short', 'lost', /./],
  ])('%s is %s and says why', async (path, kind, message) => {
    await expect(askBytes(base + path, most)).rejects.toMatchObject({
      name: 'SourceFailure',
      kind,
      message: expect.stringMatching(message),
    });
  });

  it.each(['/bomb', '/encoded-bomb', '/endless'])(
    '%s is damaged and says why, before it takes much memory',
    async (path) => {
      const alone = (await runAlone(askAlone, base + path, String(most))) as { grownMb: number };
      expect(alone).toMatchObject({
        name: 'SourceFailure',
        kind: 'damaged',
        message: expect.stringMatching(/grows beyond 1 MB/),
      });
      expect(alone.grownMb).toBeLessThan(150);
    },
    60_000,
  );

  it.each(['ftp://example.org/', 'file:///etc/passwd', 'javascript:x', 'no address'])(
    'is not %s',
    async (name) => {
      await expect(askBytes(name, most)).rejects.toMatchObject({ kind: 'refused' });
    },
  );

  it('nobody answers at is lost', async () => {
    await expect(askBytes('http://127.0.0.1:1/', most)).rejects.toMatchObject({ kind: 'lost' });
  });
});

describe('the address of a mail', () => {
  it.each([
    ['https://lore.example/all/a@b/', 'https://lore.example/all/', 'a@b'],
    ['https://lore.example/all/a@b/T/#u', 'https://lore.example/all/', 'a@b'],
    ['https://lore.example/r/a%2Fc%40b', 'https://lore.example/r/', 'a/c@b'],
    ['https://lore.example/a@b', 'https://lore.example/', 'a@b'],
  ])('%s tells the archive and the Message-ID', (address, base, messageId) => {
    expect(threadAddress(address)).toEqual({ base, messageId });
  });

  it.each(['https://lore.example/all/', 'https://host/%E0%A4%A@/', 'https://lore.example/'])(
    'is not %s',
    (address) => {
      expect(threadAddress(address)).toBeUndefined();
    },
  );
});
