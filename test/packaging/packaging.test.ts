import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/read.js';
import { findProgram } from '../../src/queue/redis-process.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');
const units = readdirSync(join(root, 'packaging/systemd')).map((name) => `packaging/systemd/${name}`);
const example = readConfig(textOf('src/config/example/faultline.yaml'));
const drainMs = 'config' in example ? example.config.limits.drain : Number.NaN;

describe('the units of systemd', () => {
  it.each(units)('%s gives what is in work the time that the configuration gives it', (unit) => {
    const seconds = Number(/^TimeoutStopSec=(\d+)$/m.exec(textOf(unit))?.[1]);
    expect(seconds * 1000).toBeGreaterThan(drainMs + 20_000);
    // Otherwise the redis-server gets the signal too, and is gone before its daemon is.
    expect(textOf(unit)).toMatch(/^KillMode=mixed$/m);
  });

  it.each(units)('%s lets V8 make code', (unit) => {
    expect(textOf(unit)).not.toMatch(/^MemoryDenyWriteExecute=/m);
  });

  it.skipIf(findProgram(['systemd-analyze']) === undefined).each(units)(
    '%s means something to systemd',
    (unit) => {
      const file = join(mkdtempSync(join(tmpdir(), 'faultline-unit-')), unit.split('/').at(-1)!);
      // The package is not installed where it is tested.
      writeFileSync(file, textOf(unit).replace('/usr/bin/faultline', '/bin/true'));
      const said = execFileSync('systemd-analyze', ['verify', file], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      expect(said).toBe('');
    },
  );
});

describe('the image', () => {
  const lines = textOf('Dockerfile')
    .replace(/\\\n\s*/g, ' ')
    .split('\n');
  const copied = lines.flatMap((line) => /^COPY (?!--from)(.+) \S+$/.exec(line)?.[1]?.split(' ') ?? []);

  it('copies what is there', () => {
    expect(copied.length).toBeGreaterThan(6);
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('holds whatever the package holds beside its code', () => {
    const { files } = JSON.parse(textOf('package.json')) as { files: string[] };
    const needed = files.filter((path) => path.startsWith('src/') || ['rules'].includes(path));
    const last = lines.lastIndexOf(lines.findLast((line) => line.startsWith('FROM '))!);
    const kept = lines
      .slice(last)
      .flatMap((line) => /^COPY (?!--from)(.+) \S+$/.exec(line)?.[1]?.split(' ') ?? []);
    expect(needed.filter((path) => !kept.includes(path))).toEqual([]);
  });

  it('runs as nobody special, installs no script of a stranger, and says how it fares', () => {
    const users = lines.filter((line) => line.startsWith('USER '));
    expect(users.at(-1)).toBe('USER node');
    expect(lines.indexOf(users.at(-1)!)).toBeLessThan(
      lines.findIndex((line) => line.startsWith('ENTRYPOINT')),
    );
    for (const line of lines.filter((each) => each.includes('npm ci')))
      expect(line).not.toMatch(/npm ci(?![^&]*--ignore-scripts)/);
    expect(lines.some((line) => /^HEALTHCHECK .*"status", "--ready"/.test(line))).toBe(true);
  });
});
