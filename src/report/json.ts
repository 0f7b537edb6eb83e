import type { Review } from '../finding/review.js';
import type { Report } from './context.js';
import { escapeJson } from './escape.js';

/** A result as its published document (src/report/schema): two blanks of indentation, one last newline. */
export function jsonDocument(result: object): string {
  return `${escapeJson(JSON.stringify(result, null, 2))}\n`;
}

export function jsonReport(review: Review): Report {
  return { output: jsonDocument(review), note: null };
}
