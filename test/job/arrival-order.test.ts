import { describe, expect, it, onTestFinished } from 'vitest';
import { Mill } from './mill.js';
import { mailOf } from './posts.js';

const dayMs = 86_400_000;
const loud = 'otherwise: { deliver: list, embargo: 15s }\nmail: { dryRun: false, moderated: false }\n';
const dry = 'otherwise: { deliver: list, embargo: 15s }\n';

const cover = mailOf({ id: '0@x', subject: '[PATCH 0/2] dax: all' });
const one = mailOf({ id: '1@x', subject: '[PATCH 1/2] dax: one', parent: '0@x' });
const two = mailOf({ id: '2@x', subject: '[PATCH 2/2] dax: two', parent: '0@x' });

function mill(settings: string, opens?: (numbers: string[]) => string | undefined): Mill {
  const opened = new Mill(settings, opens);
  onTestFinished(() => opened.close());
  return opened;
}

const orders = [
  [cover, one, two],
  [cover, two, one],
  [one, cover, two],
  [one, two, cover],
  [two, cover, one],
  [two, one, cover],
] as const;
/** At once, settled, past the embargo, and what a clock does that lost its battery. */
const pauses = [0, 4000, 20_000, 20 * dayMs, -20 * dayMs];

describe('a series that comes in pieces', () => {
  for (const [name, settings] of [
    ['when answers leave at once', loud],
    ['when answers wait for a person', dry],
  ] as const)
    it(`is reviewed whole once and told once, in every order and with every pause: ${name}`, async () => {
      for (const order of orders)
        for (const first of pauses)
          for (const second of pauses) {
            // A daemon of its own at each step: the last one was killed.
            const machine = mill(settings, () => '2');
            for (const [mail, pause] of [
              [order[0], first],
              [order[1], second],
              [order[2], 4000],
            ] as const) {
              await machine.come(mail);
              await machine.turn();
              machine.now += pause;
              await machine.turn();
              machine.send();
            }
            machine.now += 20_000;
            await machine.turn();
            machine.send();
            const whole = machine.reviewed.filter(
              (numbers) => numbers.includes('1') && numbers.includes('2'),
            );
            const told = machine.letters.outbox.list().filter(({ state }) => state !== 'dropped');
            const facts = [machine.reviewed.join(' | '), whole.length, told.map(({ state }) => state).join()];
            expect(facts).toEqual([facts[0], 1, settings === loud ? 'sent' : 'held']);
          }
    });

  it('waits for the cover that its patches answer, as long as for a patch', async () => {
    const machine = mill(dry);
    await machine.come(one, two);
    await machine.turn();
    machine.now += 4000;
    await machine.turn();
    expect(machine.reviewed).toEqual([]);
    await machine.come(cover);
    await machine.turn();
    machine.now += 4000;
    await machine.turn();
    expect(machine.reviewed).toEqual([['0', '1', '2']]);
  });

  it('is found by its cover although that came after it was reviewed', async () => {
    const machine = mill(dry);
    const { reviews } = machine.ledger;
    await machine.come(one, two);
    for (const pause of [0, 20_000]) {
      machine.now += pause;
      await machine.turn();
    }
    expect(machine.reviewed).toEqual([['1', '2']]);
    await machine.come(cover);
    for (const pause of [0, 4000]) {
      machine.now += pause;
      await machine.turn();
    }
    expect(machine.reviewed).toEqual([['1', '2']]);
    expect(reviews.withMail('0@x')).toEqual(reviews.withMail('1@x'));
    expect(reviews.mailsOf(reviews.withMail('0@x')[0]!)).toHaveLength(3);
  });

  it('is not reviewed in part any more when the rest came before that began', async () => {
    const machine = mill(dry);
    await machine.come(cover, one);
    const { reviews } = machine.ledger;
    machine.queue.finish = () => {};
    for (const pause of [0, 20_000]) {
      machine.now += pause;
      await machine.turn();
    }
    expect(machine.queue.jobs.size).toBe(1);
    await machine.come(two);
    for (const pause of [0, 4000]) {
      machine.now += pause;
      await machine.turn();
    }
    expect(machine.queue.jobs.size).toBe(1);
    expect(reviews.backlog()).toMatchObject({ queued: 1, superseded: 1 });
  });

  it('is told of as a whole where what was found in a part did not leave yet', async () => {
    const machine = mill(dry, (numbers) => (numbers.includes('1') ? '1' : '2'));
    const { outbox } = machine.letters;
    await machine.come(two);
    for (const pause of [0, 20_000]) {
      machine.now += pause;
      await machine.turn();
    }
    const about = () => outbox.list().map(({ thread, subject, state }) => `${thread} ${subject} ${state}`);
    expect(about()).toEqual(['0@x Re: [PATCH 2/2] dax: two held']);
    await machine.come(cover, one);
    for (const pause of [0, 4000]) {
      machine.now += pause;
      await machine.turn();
    }
    expect(about()).toEqual(['0@x Re: [PATCH 1/2] dax: one held']);
  });

  it('is not told of when what was found in a part is not there in the whole', async () => {
    const machine = mill(dry, (numbers) => (numbers.includes('1') ? undefined : '2'));
    await machine.come(two);
    for (const pause of [0, 20_000]) {
      machine.now += pause;
      await machine.turn();
    }
    await machine.come(cover, one);
    for (const pause of [0, 4000]) {
      machine.now += pause;
      await machine.turn();
    }
    expect(machine.letters.outbox.list()).toMatchObject([{ state: 'dropped' }]);
  });
});

describe('a patch whose second copy comes over a stricter list', () => {
  const strict = 'lists: { quiet@lists.linux.dev: { deliver: author, embargo: 1h } }\n';
  const mail = mailOf({ id: 'a@x', subject: '[PATCH 1/1] dax: one' });
  const copy = Buffer.from(mail.toString().replace('<nvdimm.', '<quiet.'));

  async function comeTwice(settings: string): Promise<Mill> {
    const machine = mill(settings + strict, () => '1');
    for (const each of [mail, copy]) {
      await machine.come(each);
      for (const pause of [0, 4000]) {
        machine.now += pause;
        await machine.turn();
      }
    }
    return machine;
  }

  it('is told as that list wants it, when nothing was told yet', async () => {
    const { letters, reviewed } = await comeTwice(dry);
    expect(reviewed).toHaveLength(1);
    expect(letters.outbox.list()).toMatchObject([
      { state: 'held', to: ['dev@example.org'], lists: ['nvdimm@lists.linux.dev', 'quiet@lists.linux.dev'] },
    ]);
  });

  it('is not told of once more, when it was', async () => {
    const machine = mill(loud + strict, () => '1');
    await machine.come(mail);
    for (const pause of [0, 4000, 20_000]) {
      machine.now += pause;
      await machine.turn();
    }
    machine.send();
    await machine.come(copy);
    for (const pause of [0, 4000]) {
      machine.now += pause;
      await machine.turn();
    }
    expect(machine.letters.outbox.list()).toMatchObject([{ state: 'sent' }]);
  });
});

describe('a clock that is set back', () => {
  it('does not make series that wait for the rest of them keep others waiting', async () => {
    const machine = mill(dry);
    machine.now += 20 * dayMs;
    const parts = Array.from({ length: 12 }, (_, at) =>
      mailOf({ id: `${at}@x`, subject: `[PATCH 1/2] dax: part ${at}`, from: `P${at} <p${at}@x.org>` }),
    );
    await machine.come(...parts);
    machine.ledger.postings.notice(machine.now, 3000);
    machine.now -= 20 * dayMs;
    await machine.come(mailOf({ id: 'new@x', subject: '[PATCH] dax: the newest', from: 'N <n@x.org>' }));
    for (const pause of [0, 4000]) {
      machine.now += pause;
      await machine.turn();
    }
    expect(machine.reviewed).toEqual([['']]);
  });
});
