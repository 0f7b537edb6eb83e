import fc from 'fast-check';
import type { Review } from '../../src/finding/review.js';

/** Text as an attacker writes it: controls, ANSI, bidi, trailers, header injection, long words. */
export const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '\x1b[31mred\x1b[0m',
    '\x9b2J',
    '\x1b]8;;https://example.org\x07click\x1b]8;;\x07',
    '\u202eesrever',
    'x\r\nBcc: victim@example.org\r\n\r\nbody',
    'a\n\nReported-by: Somebody <s@example.org>',
    'Fixes: 123456789012 ("x")',
    'see\nFrom x\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n',
    'w'.repeat(300),
    '\ud800',
    '全角'.repeat(30),
    '#faultline invalid',
    '',
  ),
);

/** The review with every string replaced by hostile text, except for words of a closed list. */
export function poison(review: Review, texts: string[]): Review {
  const closed = new Set(['status', 'evidence', 'side', 'before', 'after', 'messageId']);
  let next = 0;
  return JSON.parse(
    JSON.stringify(review, (key, value: unknown) =>
      typeof value === 'string' && !closed.has(key) ? texts[next++ % texts.length] : value,
    ),
  ) as Review;
}
