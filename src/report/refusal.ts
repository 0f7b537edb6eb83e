import type { Problem } from '../finding/problem.js';
import { escapeLine } from './escape.js';
import { jsonDocument } from './json.js';

/**
 * Why there is no review, for programs that call this one as a check: they read stdout, and take every word on
 * stderr for a failure of the patch. Undefined for forms that people read.
 */
export function refusalReport({ problem }: Problem, format: string): string | undefined {
  const summary = `not reviewed: ${escapeLine(problem)}`;
  if (format === 'terse') return `WARNING: ${summary}\n`;
  if (format === 'b4') return jsonDocument([{ tool: 'faultline', status: 'warn', summary }]);
  return undefined;
}

/** Whether a program is listening that must hear nothing but the answer. */
export function isCheck(format: string): boolean {
  return format === 'terse' || format === 'b4';
}
