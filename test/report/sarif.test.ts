import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { sarifToMarkdown } from '@security-alert/sarif-to-markdown';
import { default as Ajv } from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { defaultContext } from '../../src/report/context.js';
import { sarifReport } from '../../src/report/sarif.js';
import { finding, patch, review, reviewOf } from './sample.js';

/** As the standard's committee published it; a package carries it. */
const schemaPath = createRequire(import.meta.url).resolve(
  '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
);
// One of its patterns is none in Unicode mode.
const ajv = new Ajv.default({ strict: false, unicodeRegExp: false });
addFormats.default(ajv as never);
const accepts = ajv.compile(JSON.parse(readFileSync(schemaPath, 'utf8')));

const log = (of = review) => JSON.parse(sarifReport(of, defaultContext).output);
const statuses = ['introduced', 'fixed', 'present', 'unknown-origin'] as const;
const all = reviewOf({
  ...patch,
  findings: statuses.map((status, at) => ({ ...finding, id: `${finding.id}${at}`, status })),
});
const none = reviewOf({ ...patch, findings: [], replays: [], touched: [] });

describe('SARIF', () => {
  it('is what the official schema says, whatever was found', () => {
    for (const of of [review, all, none]) {
      accepts(log(of));
      expect(accepts.errors).toBeNull();
    }
  });

  it('would not be accepted with a word or a place that SARIF does not have', () => {
    for (const break_ of [
      (result: Record<string, unknown>) => Object.assign(result, { level: 'terrible' }),
      (result: Record<string, unknown>) => delete result.message,
      (result: Record<string, unknown>) => Object.assign(result, { locations: 'fs/dax.c' }),
    ]) {
      const broken = log();
      break_(broken.runs[0].results[0]);
      expect(accepts(broken)).toBe(false);
    }
  });

  it('is read by a reader of others as it was meant: rule, words and place', () => {
    const [read] = sarifToMarkdown({ owner: 'o', repo: 'r', branch: 'main', sourceRoot: '' })(log());
    expect(read!.body).toContain('unlocked-entry-path');
    expect(read!.body).toContain('A PTE is inserted under a huge PMD');
    expect(read!.body).toContain('https://github.com/o/r/blob/main/fs/dax.c#L91');
    expect(read).toMatchObject({ hasMessages: true });
    expect(
      sarifToMarkdown({ owner: 'o', repo: 'r', branch: 'main', sourceRoot: '' })(log(none))[0],
    ).toMatchObject({ hasMessages: false });
  });
});
