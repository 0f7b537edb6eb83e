/** Mails as an mboxrd file: a line before each, one more > before what looks like such a line, a blank line behind. */
export function asMbox(raws: Buffer[]): Buffer {
  const parts = raws.flatMap((raw) => [
    Buffer.from('From dev@example.org Thu Mar  5 00:00:00 2026\n'),
    Buffer.from(raw.toString('latin1').replace(/^(>*From )/gm, '>$1'), 'latin1'),
    Buffer.from('\n'),
  ]);
  return Buffer.concat(parts);
}
