import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseDriver, rememberedDriver, type Wish } from '../../src/queue/choose-driver.js';
import { hasRedis } from './places.js';

describe('the kind of queue', () => {
  let folder: string;
  const path = process.env.PATH;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'faultline-state-'));
  });

  afterEach(() => {
    process.env.PATH = path;
    rmSync(folder, { recursive: true });
  });

  const choose = (wish: Partial<Wish>) =>
    chooseDriver({ queue: 'auto', folder, change: false, ...wish }, { onTrouble: () => {} }).kind;
  const withoutRedis = () => {
    process.env.PATH = folder;
  };

  it('is the embedded one where there is no redis-server', () => {
    withoutRedis();
    expect(choose({})).toBe('embedded');
    expect(rememberedDriver(folder)).toBe('embedded');
  });

  it.skipIf(!hasRedis)('is a redis-server of its own where there is one', () => {
    expect(choose({})).toBe('local');
  });

  it.skipIf(!hasRedis)('stays what it was when a redis-server is installed later', () => {
    withoutRedis();
    choose({});
    process.env.PATH = path;
    expect(choose({})).toBe('embedded');
  });

  it.skipIf(!hasRedis)('is not switched because the redis-server is gone: that is told', () => {
    choose({});
    withoutRedis();
    expect(() => choose({})).toThrow(/neither redis-server nor valkey-server is in PATH/);
    expect(rememberedDriver(folder)).toBe('local');
  });

  it('is changed by an explicit word only, and then remembered', () => {
    choose({ queue: 'embedded' });
    const redis = { queue: 'redis://127.0.0.1:1' };
    expect(() => choose(redis)).toThrow(/say --change-queue/);
    expect(rememberedDriver(folder)).toBe('embedded');
    expect(choose({ ...redis, change: true })).toBe('redis');
    expect(choose(redis)).toBe('redis');
    expect(() => choose({})).toThrow(/say --change-queue/);
  });
});
