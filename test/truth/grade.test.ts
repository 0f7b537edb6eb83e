import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/finding/finding.js';
import type { Review } from '../../src/finding/review.js';
import type { Case } from '../../src/truth/case.js';
import { grade } from '../../src/truth/grade.js';
import { finding, patch, review } from '../report/sample.js';

const race: Case = {
  id: 'x',
  kind: 'race',
  rules: ['lost-wakeup'],
  functions: ['f'],
  alsoIntroduces: ['lost-entry'],
  graded: true,
  pre: 'pre',
  post: 'post',
  patch: Buffer.from(''),
  reverse: Buffer.from(''),
};
const benign: Case = { ...race, kind: 'benign', rules: [], functions: [], alsoIntroduces: [] };

function found(status: Finding['status'], rule = 'lost-wakeup', where = 'f'): Finding {
  return { ...finding, status, rule, location: { ...finding.location, function: where } };
}

function reviewWith(...findings: Finding[]): Review {
  return { ...review, patches: [{ ...patch, findings }] };
}

const untouched: Review = {
  ...review,
  patches: [{ ...patch, touched: [], findings: [], replays: [], notAnalysed: [] }],
};
const blind: Review = {
  ...review,
  patches: [{ ...patch, findings: [], replays: [], notAnalysed: [{ what: 'f()', why: 'it is too long' }] }],
};

describe('a race of history', () => {
  it('is as it was when its fix closes it and the fix taken back opens it', () => {
    const graded = grade(race, reviewWith(found('introduced')), reviewWith(found('fixed')));
    expect(graded).toMatchObject({ reverse: 'introduced', forward: 'fixed', ok: true, why: [] });
    expect(graded).toMatchObject({ rule: 'lost-wakeup', function: 'f' });
  });

  it('is missed by another rule, by another function, and by a finding of unknown origin', () => {
    const others = [
      found('introduced', 'lost-entry'),
      found('introduced', 'lost-wakeup', 'g'),
      found('unknown-origin'),
    ];
    for (const other of others) {
      const graded = grade(race, reviewWith(other), reviewWith(found('fixed')));
      expect(graded).toMatchObject({ reverse: 'missed', forward: 'fixed', ok: false });
      expect(graded.why[0]).toContain(`${other.status}: ${other.rule} in ${other.location.function}()`);
    }
  });

  it('may open what history says that its fix opened, and nothing else', () => {
    const fixed = found('fixed');
    const back = reviewWith(found('introduced'));
    const known = grade(race, back, reviewWith(fixed, found('introduced', 'lost-entry')));
    expect(known).toMatchObject({ forward: 'fixed', ok: true });
    const alarm = grade(race, back, reviewWith(fixed, found('introduced', 'livelock', 'g')));
    expect(alarm).toMatchObject({ forward: 'fixed', ok: false });
    expect(alarm.why[0]).toMatch(/^forward: false alarm: introduces livelock in g\(\)/);
  });

  it('has no answer where nothing could be judged, and says why', () => {
    const graded = grade(race, blind, { problem: 'the patch does not apply', exit: 3 });
    expect(graded).toMatchObject({ reverse: 'not-analysed', forward: 'not-analysed', ok: false });
    expect(graded.why).toContain('reverse: f(): it is too long');
    expect(graded.why).toContain('forward: the patch does not apply');
  });
});

describe('a benign change', () => {
  it('is clean when nothing is introduced, whatever was there before', () => {
    const graded = grade(benign, reviewWith(found('present')), untouched);
    expect(graded).toMatchObject({ reverse: 'clean', forward: 'clean', ok: true });
  });

  it('is a false alarm when something is introduced in either direction', () => {
    const calm = reviewWith();
    const loud = reviewWith(found('introduced'));
    expect(grade(benign, loud, calm)).toMatchObject({ reverse: 'false-alarm', forward: 'clean', ok: false });
    expect(grade(benign, calm, loud)).toMatchObject({ reverse: 'clean', forward: 'false-alarm', ok: false });
  });

  it('is not called clean when nothing of it was judged', () => {
    const graded = grade(benign, blind, untouched);
    expect(graded).toMatchObject({ reverse: 'not-analysed', forward: 'clean', ok: true });
    expect(graded.why).toEqual(['reverse: f(): it is too long']);
  });
});
