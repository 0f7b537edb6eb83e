import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { found, Stage } from './stage.js';

const mbox = readFileSync('fixtures/no-second-lookup.mbox', 'utf8');

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open(mbox);
});
afterEach(() => stage.end());

describe('a forge in trouble', () => {
  it('is left alone for as long as it says, and nothing is lost', async () => {
    stage.github.state.down = { status: 403, headers: { 'retry-after': '600' } };
    await stage.pushed('first');
    await stage.turn();
    const asked = stage.github.state.requests.length;
    for (let n = 0; n < 20; n++) await stage.turn();
    expect(stage.github.state.requests.length).toBe(asked);
    expect(stage.trouble[0]).toBe('o/r: the forge answered 403');
    stage.github.state.down = undefined;
    stage.now += 600_000;
    await stage.turn(found);
    expect(stage.said()).toHaveLength(1);
  });

  it('that cannot be opened shows in how its repositories fare, until it can', async () => {
    stage.shut = 'PLANTED is not set';
    await stage.pushed('first');
    await stage.turn();
    expect(stage.health()).toEqual([
      { name: 'github:o/r', readMs: undefined, trouble: 'PLANTED is not set' },
    ]);
    stage.shut = undefined;
    await stage.turn(found);
    expect(stage.health()).toMatchObject([{ readMs: stage.now - 1000, trouble: undefined }]);
    expect(stage.said()).toHaveLength(1);
  });

  it('that has nothing left of its quota is asked again when there is some', async () => {
    const reset = String(Math.floor(stage.now / 1000) + 1800);
    stage.github.state.down = {
      status: 403,
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset },
    };
    await stage.pushed('first');
    await stage.turn();
    const asked = stage.github.state.requests.length;
    stage.now += 1_700_000;
    await stage.turn();
    expect(stage.github.state.requests.length).toBe(asked);
    stage.github.state.down = undefined;
    stage.now += 200_000;
    await stage.turn(found);
    expect(stage.said()).toHaveLength(1);
  });

  it('gets what could not be said when it is back, once', async () => {
    await stage.pushed('first');
    await stage.turn();
    // One fault for each write of the round: comment, lines, check.
    stage.github.state.troubles = [{ status: 502 }, { status: 500 }];
    await stage.turn(found);
    stage.now += 120_000;
    await stage.turn();
    expect(stage.said()).toHaveLength(1);
    expect(stage.github.state.checks).toHaveLength(1);
  });

  it('that refuses comments beside lines gets the one on the whole, and its check', async () => {
    stage.github.state.refuseLines = 422;
    await stage.pushed('first');
    await stage.turn(found);
    expect(stage.said()).toHaveLength(1);
    expect(stage.github.state.checks).toHaveLength(1);
  });

  it('where a conversation is locked is not asked again and again', async () => {
    stage.github.state.locked = true;
    await stage.pushed('first');
    await stage.turn(found);
    expect(stage.told.at(-1)).toBe('told silent: the forge refuses it (403)');
    const asked = stage.github.state.requests.length;
    stage.now += 120_000;
    await stage.turn();
    expect(stage.github.state.requests.length).toBe(asked);
  });
});
