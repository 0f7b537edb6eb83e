import type { Review } from '../finding/review.js';
import { b4Report } from './b4.js';
import type { Report, ReportContext } from './context.js';
import { emailReport } from './email.js';
import { jsonReport } from './json.js';
import { markdownReport } from './markdown.js';
import { sarifReport } from './sarif.js';
import { svgReport } from './svg.js';
import { terseReport } from './terse.js';
import { textReport } from './text.js';

/** Result in, text out: a reporter reads nothing but its arguments. */
export type Reporter = (review: Review, context: ReportContext) => Report;

const reporters: ReadonlyMap<string, Reporter> = new Map([
  ['text', textReport],
  ['json', jsonReport],
  ['email', emailReport],
  ['sarif', sarifReport],
  ['markdown', markdownReport],
  ['svg', svgReport],
  ['terse', terseReport],
  ['b4', b4Report],
]);

/** What `--format` takes. */
export const formats: readonly string[] = [...reporters.keys(), 'html'];

/** The reporter of a format. Pages are written by a library that nobody else need wait for. */
export async function reporterOf(format: string): Promise<Reporter> {
  if (format === 'html') return (await import('./html.js')).htmlReport;
  return reporters.get(format) as Reporter;
}
