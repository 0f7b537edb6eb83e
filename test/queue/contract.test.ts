import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type DriverKind,
  type Ended,
  HopelessJob,
  type Queue,
  type QueueDriver,
} from '../../src/queue/queue.js';
import { driverAt, hasRedis, type Place, placeFor } from './places.js';

async function until<T>(ask: () => Promise<T | undefined>, ms = 15_000): Promise<T> {
  const late = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > late) throw new Error('it did not happen');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const endedOnes = (queue: Queue, count: number): Promise<Ended[]> =>
  until(async () => {
    const ended = await queue.ended(100);
    return ended.length >= count ? ended : undefined;
  });

if (!hasRedis) process.stderr.write('\nNO redis-server IN PATH: two of the three queues are not tested\n\n');

for (const kind of ['redis', 'local', 'embedded'] as const satisfies DriverKind[]) {
  describe.skipIf(kind !== 'embedded' && !hasRedis)(`the ${kind} queue`, () => {
    let place: Place;
    let driver: QueueDriver;
    let queue: Queue;

    let name = 'queue-0';

    // To make a database takes seconds, on a busy machine many: the tests share one, and each has a queue of its own.
    beforeAll(async () => {
      place = await placeFor(kind);
    });

    afterAll(() => place.end());

    const open = async () => {
      driver = driverAt(place);
      queue = await driver.open(name);
    };

    const close = async () => {
      await queue.close();
      await driver.close();
    };

    beforeEach(async () => {
      name = `queue-${Number(name.slice(6)) + 1}`;
      await open();
    });

    afterEach(close);

    it('hands a job to a worker and keeps its result until it is forgotten', async () => {
      await queue.add('r-1', { mail: 'text' });
      expect(await queue.depth()).toEqual({ waiting: 1, active: 0, delayed: 0, ended: 0 });
      const workers = await queue.work(async (job) => ({ got: job.data }), { jobs: 1 });
      expect(await endedOnes(queue, 1)).toEqual([
        { id: 'r-1', outcome: 'done', result: { got: { mail: 'text' } } },
      ]);
      await workers.stop(1000);
      await close();
      await open();
      expect(await queue.ended(10)).toHaveLength(1);
      expect([await queue.has('r-1'), await queue.has('r-2')]).toEqual([true, false]);
      await queue.forget('r-1');
      await queue.forget('r-1');
      expect(await queue.has('r-1')).toBe(false);
      expect(await queue.depth()).toEqual({ waiting: 0, active: 0, delayed: 0, ended: 0 });
    });

    it('takes a job that is added twice for one, also when it ended already', async () => {
      const runs: string[] = [];
      await queue.add('r-1', 1);
      await queue.add('r-1', 2);
      const workers = await queue.work(async ({ id }) => void runs.push(id), { jobs: 2 });
      await endedOnes(queue, 1);
      await queue.add('r-1', 3);
      await queue.add('r-2', 1);
      await endedOnes(queue, 2);
      await workers.stop(1000);
      expect(runs).toEqual(['r-1', 'r-2']);
    });

    it('refuses what is no id of a job', async () => {
      for (const id of ['', '1', 'a:b', `a${'b'.repeat(200)}`, 'a\nb'])
        await expect(queue.add(id, 1)).rejects.toThrow('no id of a job');
    });

    it('waits as long as it is told to', async () => {
      const begin = Date.now();
      let began = 0;
      const workers = await queue.work(
        async () => {
          began = Date.now();
        },
        { jobs: 1 },
      );
      await queue.add('late', 1, { delayMs: 700 });
      expect((await queue.depth()).delayed).toBe(1);
      await endedOnes(queue, 1);
      await workers.stop(1000);
      expect(began - begin).toBeGreaterThanOrEqual(690);
    });

    it('tries again what fails, each time after a longer pause, and tells what no try could mend', async () => {
      const times: number[] = [];
      const attempts: number[] = [];
      const work = async ({ id, attempt }: { id: string; attempt: number }) => {
        if (id === 'never') throw new Error('no luck\nin many lines');
        times.push(Date.now());
        attempts.push(attempt);
        if (attempt < 3) throw new Error('not yet');
        return 'well';
      };
      const workers = await queue.work(work, { jobs: 2 });
      await queue.add('third', 1);
      await queue.add('never', 1);
      const ended = await endedOnes(queue, 2);
      await workers.stop(1000);
      expect(ended.find(({ id }) => id === 'third')).toEqual({
        id: 'third',
        outcome: 'done',
        result: 'well',
      });
      expect(ended.find(({ id }) => id === 'never')).toEqual({
        id: 'never',
        outcome: 'failed',
        why: 'no luck',
      });
      expect(attempts).toEqual([1, 2, 3]);
      expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(95);
      expect(times[2]! - times[1]!).toBeGreaterThanOrEqual(190);
    });

    it('tries nothing again that is hopeless', async () => {
      let runs = 0;
      const workers = await queue.work(
        async () => {
          runs++;
          throw new HopelessJob('the mail is no mail');
        },
        { jobs: 1 },
      );
      await queue.add('r-1', 1);
      expect(await endedOnes(queue, 1)).toEqual([
        { id: 'r-1', outcome: 'failed', why: 'the mail is no mail' },
      ]);
      await workers.stop(1000);
      expect(runs).toBe(1);
    });

    it('does as many jobs at a time as it may, and not one more', async () => {
      let now = 0;
      let most = 0;
      const workers = await queue.work(
        async () => {
          most = Math.max(most, ++now);
          await new Promise((resolve) => setTimeout(resolve, 50));
          now--;
        },
        { jobs: 3 },
      );
      for (let at = 0; at < 9; at++) await queue.add(`r-${at}`, at);
      await endedOnes(queue, 9);
      await workers.stop(1000);
      expect(most).toBe(3);
    });

    it('finishes what is in work when it is stopped, and begins nothing', async () => {
      const begun: string[] = [];
      const workers = await queue.work(
        async ({ id }) => {
          begun.push(id);
          await new Promise((resolve) => setTimeout(resolve, 300));
        },
        { jobs: 1 },
      );
      await queue.add('r-1', 1);
      await queue.add('r-2', 1);
      await until(async () => begun[0]);
      await workers.stop(5000);
      expect(begun).toEqual(['r-1']);
      expect(await queue.depth()).toMatchObject({ waiting: 1, active: 0, ended: 1 });
    });

    it('lets go of what does not end within the limit, and somebody else does it', async () => {
      let begun = false;
      const stuck = await queue.work(
        () => {
          begun = true;
          return new Promise(() => {});
        },
        { jobs: 1 },
      );
      await queue.add('r-1', 1);
      await until(async () => begun || undefined);
      const begin = Date.now();
      await stuck.stop(200);
      expect(Date.now() - begin).toBeLessThan(2000);
      const workers = await queue.work(async () => 'done by another', { jobs: 1 });
      expect(await endedOnes(queue, 1)).toMatchObject([{ outcome: 'done', result: 'done by another' }]);
      await workers.stop(1000);
    });

    it('gets back the job of a worker that was killed, once it has said nothing for long enough', async () => {
      await close();
      const script = fileURLToPath(new URL('./victim.ts', import.meta.url));
      const args = ['--import', 'tsx', script, kind, place.where, name, 'r-1'];
      const victim = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      await new Promise<void>((resolve, reject) => {
        victim.stdout.once('data', () => resolve());
        victim.once('exit', () => reject(new Error('the victim died by itself')));
      });
      const dead = new Promise((resolve) => victim.once('exit', resolve));
      victim.kill('SIGKILL');
      await dead;
      await open();
      const workers = await queue.work(async ({ data }) => data, { jobs: 1 });
      expect(await endedOnes(queue, 1)).toEqual([{ id: 'r-1', outcome: 'done', result: { mail: 1 } }]);
      await workers.stop(1000);
    });
  });
}
