/**
 * String and character literals, so that what looks like a comment inside of them stays; and comments. What nobody
 * closes goes to its end: looked for from each of many beginnings, it would take quadratic time.
 */
const literalOrComment =
  /"(?:\\[\s\S]|[^"\\\n])*(?:"|\n|\\?$)|'(?:\\[\s\S]|[^'\\\n])*(?:'|\n|\\?$)|\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*/g;

/**
 * Whether two versions of a file differ in comments, blanks and `#include` lines only: the latter are not
 * followed (simulator/kernel/README.md), so that nothing of what is executed or stood for has changed.
 */
export function isSameCode(before: string | undefined, after: string | undefined): boolean {
  return before !== undefined && after !== undefined && bare(before) === bare(after);
}

function bare(text: string): string {
  return text
    .replace(literalOrComment, (match) => (match.startsWith('/') ? ' ' : match))
    .replace(/^[ \t]*#[ \t]*include\b[^\n]*$/gm, '')
    .replace(/\s+/g, ' ');
}
