/** A stretch of a C file: a function with the comment above it, or what stands between two functions. */
interface Stretch {
  name: string | undefined;
  text: string;
}

/** The era that an era's file is laid upon; undefined for a file that stands for itself. */
export function basisOf(text: string): string | undefined {
  return headOf(text).match(/^ \* Based on: ([a-z0-9-]+)$/m)?.[1];
}

function headOf(text: string): string {
  return text.slice(0, text.indexOf('*/') + 2);
}

/** Cuts a file whose functions open and close in the first column, as the kernel's do. */
function stretchesOf(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  const pattern =
    /^(?:\/\*(?:(?!\*\/)[\s\S])*\*\/\n)?(?![\s#/*}])[^;={}/]*?\b(\w+)\([^;{]*\)\n\{\n[\s\S]*?^\}\n(?:EXPORT_\w+\(\w+\);\n)?/gm;
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    stretches.push({ name: undefined, text: text.slice(from, match.index) });
    stretches.push({ name: match[1], text: match[0] });
    from = match.index + match[0].length;
  }
  stretches.push({ name: undefined, text: text.slice(from) });
  return stretches;
}

/**
 * An era that is told by what differs from the one next to it: its functions take the place of those of the
 * same name, new ones stand before their first use, and `Without:` lines of its head take some away.
 */
export function layered(basis: string, own: string): string {
  const functions = new Map(
    stretchesOf(own.slice(headOf(own).length)).flatMap(({ name, text }) =>
      name === undefined ? [] : [[name, text] as const],
    ),
  );
  const without = new Set([...headOf(own).matchAll(/^ \* Without: (\w+)$/gm)].map((match) => match[1]));
  const stretches = stretchesOf(basis.slice(headOf(basis).length))
    .filter(({ name }) => name === undefined || !without.has(name))
    .map(({ name, text }) => ({
      name,
      text: (name === undefined ? undefined : functions.get(name)) ?? text,
    }));
  for (const [name, text] of functions) {
    if (stretches.some((stretch) => stretch.name === name)) continue;
    const use = stretches.findIndex(
      (stretch) => stretch.name !== undefined && stretch.text.includes(`${name}(`),
    );
    stretches.splice(use < 0 ? stretches.length : use, 0, { name, text: `${text}\n` });
  }
  return headOf(own) + stretches.map(({ text }) => text).join('');
}
