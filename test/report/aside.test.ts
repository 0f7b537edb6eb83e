import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/finding/finding.js';
import { htmlReport } from '../../src/report/html.js';
import { markdownReport } from '../../src/report/markdown.js';
import { textReport } from '../../src/report/text.js';
import { context, finding, patch, reviewOf } from './sample.js';

const path: Finding = {
  ...finding,
  race: null,
  evidence: 'path',
  status: 'present',
  message: 'Told in full.',
};

const unmodelled = patch.touched.map((one) => ({ ...one, modelled: false }));

describe.each([
  ['text', textReport],
  ['markdown', markdownReport],
  ['html', htmlReport],
] as const)(
  'a path that was wrong before the patch as well, in a file that is not modelled, in %s',
  (_, report) => {
    const told = (findings: Finding[], explain = false, touched = unmodelled) =>
      report(reviewOf({ ...patch, touched, findings }), {
        ...context(),
        columns: 400,
        explain,
      }).output.replaceAll('\\', '');

    it('is one line', () => {
      const output = told([path]);
      expect(output).toContain('In doubt: 1 path of code that is not modelled breaks a rule');
      expect(output).toContain(`${path.rule} in ${path.location.function}()`);
      expect(output).not.toContain('Told in full.');
      expect(output).not.toContain('faultline replay');
    });

    it('is told in full where everything is to be explained', () => {
      expect(told([path], true)).toContain('Told in full.');
      expect(told([path], true)).not.toContain('In doubt');
    });

    it('is told in full when the patch made it, or when a race was executed', () => {
      for (const other of [{ status: 'introduced' as const }, { evidence: 'replay' as const }]) {
        const output = told([{ ...path, ...other }]);
        expect(output).toContain('Told in full.');
        expect(output).not.toContain('In doubt');
      }
    });

    it('is told in full in a file that is modelled', () => {
      expect(
        told([path], false, [{ ...unmodelled[0]!, file: path.location.file, modelled: true }]),
      ).toContain('Told in full.');
    });

    it('names no more than three places', () => {
      const places = ['a', 'b', 'c', 'd', 'e'].map((name) => ({
        ...path,
        location: { ...path.location, function: name },
      }));
      expect(told(places)).toContain('5 paths of code that is not modelled break a rule');
      expect(told(places)).toMatch(/in a\(\), .*in b\(\), .*in c\(\) and 2 more/);
    });
  },
);
