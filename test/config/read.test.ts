import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findConfig } from '../../src/config/find.js';
import { configSchema, printConfig } from '../../src/config/print.js';
import { readConfig } from '../../src/config/read.js';
import { readSecret } from '../../src/config/secret.js';

const example = readFileSync('src/config/example/faultline.yaml', 'utf8');
const least = 'identity: { address: bot@example.org }\nsources: [{ name: a, url: "mbox:/a" }]\n';

function configOf(text: string) {
  const read = readConfig(text);
  if (!('config' in read)) throw new Error(JSON.stringify(read.faults));
  return read.config;
}

function faultsOf(text: string): string[] {
  const read = readConfig(text);
  return 'faults' in read ? read.faults.map(({ line, column, reason }) => `${line}:${column} ${reason}`) : [];
}

describe('a configuration', () => {
  it('begins with the example', () => {
    expect(configOf(example).lists['nvdimm@lists.linux.dev']!.embargo).toBe(30 * 60_000);
  });

  it('sends nothing, asks a person and stays on this machine unless it is told otherwise', () => {
    const config = configOf(least);
    expect(config.mail).toMatchObject({ dryRun: true, moderated: true });
    expect(config.otherwise).toMatchObject({ deliver: 'me', sayClean: false });
    expect(config.web.listen).toMatch(/^127\.0\.0\.1:/);
    expect(config.limits).toMatchObject({ reviewTime: 600_000, reviewMemory: 1024 ** 3 });
  });

  it('says where each fault is, and what a setting takes', () => {
    const text = `${least}queue: maybe\nlists:\n  a@b.org:\n    deliver: nobody\n    colour: red\n    embargo: soon\n`;
    expect(faultsOf(text)).toEqual([
      '3:8 queue: auto, local, embedded or redis://',
      '6:14 lists."a@b.org".deliver: Invalid option: expected one of "me"|"author"|"list"',
      '7:5 lists."a@b.org".colour: there is no such setting',
      '8:14 lists."a@b.org".embargo: a duration like 90s, 30m, 24h or 7d',
    ]);
  });

  it('says what is named twice: a list in other letters, a source that would share a cursor', () => {
    const text = `identity: { address: bot@example.org }\nsources:\n  - { name: a, url: "mbox:/a" }\n  - { name: a, url: "mbox:/b" }\nlists:\n  A@b.org: { embargo: 1d }\n  a@b.org: { embargo: 1h }\n`;
    expect(faultsOf(text)).toEqual([
      '4:13 sources[1].name: it is named twice',
      '7:3 lists."a@b.org": it is named twice',
    ]);
  });

  it('says what is missing', () => {
    expect(faultsOf('sources: []')).toEqual([
      '1:1 identity: expected object, and it is missing',
      '1:10 sources: at least one is needed',
    ]);
    expect(faultsOf('')).not.toEqual([]);
  });

  it('takes no password but by reference', () => {
    const source = (more: string) =>
      faultsOf(`identity: { address: a@b.org }\nsources: [{ name: a, url: "${more} }]\n`);
    expect(source('imaps://u:p@host/INBOX"')).toEqual([
      '2:27 sources[0].url: no password here: give it as "password"',
    ]);
    expect(source('imaps://u@host/INBOX", password: hunter2')[0]).toMatch(/say where it is/);
  });

  it.each([
    ['a list that never ends', 'a: ['],
    ['a key twice', 'a: 1\na: 2'],
    ['aliases', `a: &x [1]\nb: *x`],
    ['a bomb of aliases', `a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]`],
    ['a bare word', 'faultline'],
    ['two megabytes', `a: ${'x'.repeat(2_000_000)}`],
    ['a tag that would run something', 'a: !!js/function "x"'],
  ])('refuses %s', (_, text) => {
    expect(faultsOf(text)).not.toEqual([]);
  });

  it('is printed so that it can be read again', () => {
    const config = configOf(example);
    expect(configOf(printConfig(config, false))).toEqual(config);
  });

  it('is printed for a report of a bug without names, accounts and folders', () => {
    const text = printConfig(configOf(example), true);
    expect(text).not.toMatch(/you@|faultline@|\/srv/);
    expect(text).toContain('imaps://...@imap.example.org/INBOX');
  });

  it('is described to editors', () => {
    expect(configSchema()).toMatchObject({ type: 'object', additionalProperties: false });
  });
});

describe('a secret', () => {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-'));
  writeFileSync(join(folder, 'imap'), 'from a file\n');

  it('comes from the environment, from the file that it names, from a file or from systemd', () => {
    expect(readSecret({ env: 'X' }, { X: 'said' })).toBe('said');
    expect(readSecret({ env: 'X' }, { X_FILE: join(folder, 'imap') })).toBe('from a file');
    expect(readSecret({ file: join(folder, 'imap') }, {})).toBe('from a file');
    expect(readSecret({ credential: 'imap' }, { CREDENTIALS_DIRECTORY: folder })).toBe('from a file');
  });

  it('that is missing is told by its place', () => {
    expect(() => readSecret({ env: 'X' }, {})).toThrow('neither X nor X_FILE is set');
    expect(() => readSecret({ file: join(folder, 'none') }, {})).toThrow(/none: .*ENOENT/);
    expect(() => readSecret({ credential: 'imap' }, {})).toThrow('CREDENTIALS_DIRECTORY');
  });
});

describe('the file', () => {
  it('is the one that was named, else the first that exists', () => {
    const folder = mkdtempSync(join(tmpdir(), 'faultline-'));
    expect(findConfig('named.yaml', {})).toBe('named.yaml');
    expect(findConfig(undefined, { XDG_CONFIG_HOME: folder })).toBeUndefined();
    writeFileSync(join(folder, 'mine.yaml'), least);
    expect(findConfig(undefined, { FAULTLINE_CONFIG: join(folder, 'mine.yaml') })).toBe(
      join(folder, 'mine.yaml'),
    );
  });
});
