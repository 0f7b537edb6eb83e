import { describe, expect, it } from 'vitest';
import { svgReport } from '../../src/report/svg.js';
import { expectFile } from './expected.js';
import { context, finding, patch, review, reviewOf, step } from './sample.js';

const picture = (of = review) => svgReport(of, context()).output;

describe('the picture of a witness', () => {
  it('is drawn from the trace (UPDATE=1 draws it anew)', () => {
    expectFile('witness.svg', picture());
  });

  it('names what breaks in full', () => {
    const sentence = 'a very long sentence '.repeat(8).trim();
    const trace = [...finding.trace, step(1, 1200, 'f();', { broken: sentence })];
    const text = picture(reviewOf({ ...patch, findings: [{ ...finding, trace }] }));
    const shown = [...text.matchAll(/class="x">([^<]*)</g)].map(([, line]) =>
      line!.replace('\u2717', '').trim(),
    );
    expect(shown.join(' ')).toContain(sentence);
  });

  it('is text and shapes, whatever stands in the source', () => {
    const source = '</text><script>x</script>&"\u202e\x00';
    const trace = finding.trace.map((each) => ({ ...each, source, role: source }));
    const text = picture(reviewOf({ ...patch, findings: [{ ...finding, trace }] }));
    expect(text).not.toMatch(/<script|\u202e|\x00|href|url\(/);
  });

  it('is not drawn of nothing', () => {
    expect(svgReport(reviewOf({ ...patch, findings: [] }), context())).toMatchObject({ output: '' });
  });
});
