import { z } from 'zod';

const unitsMs = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };
const unitsBytes = { G: 1024 ** 3, M: 1024 ** 2, k: 1024 };

/** A number with the letter of its unit, which is how people write it and how it is printed again. */
function measure(pattern: RegExp, like: string, units: Record<string, number>) {
  return z.codec(z.string().regex(pattern, like), z.number(), {
    decode: (text) => Number(text.slice(0, -1)) * (units[text.slice(-1)] as number),
    encode: (value) => {
      const [letter, unit] = Object.entries(units).find(([, unit]) => value % unit === 0) ?? ['s', 1000];
      return `${value / unit}${letter}`;
    },
  });
}

/** `90s`, `30m`, `24h`, `7d`; in milliseconds. */
export const duration = measure(/^\d{1,6}[smhd]$/, 'a duration like 90s, 30m, 24h or 7d', unitsMs);

/** `512M`, `2G`; in bytes. */
export const size = measure(/^\d{1,6}[kMG]$/, 'a size like 512M or 2G', unitsBytes);

/** One bare address. Compared without regard to case, and only ever as a whole. */
export const mailAddress = z
  .string()
  .max(254)
  .regex(/^[^\s<>"(),:;@[\]\\]+@[A-Za-z0-9.-]+$/, 'an address like name@example.org')
  .toLowerCase();

/** A password in an address ends up in process lists and logs: it has a place of its own. */
export const mailboxUrl = z
  .string()
  .min(1)
  .max(2000)
  .refine((text) => !/^[a-z]+:\/\/[^/@]*:[^/@]*@/.test(text), 'no password here: give it as "password"');

/** Where a secret is to be read from; it never stands in the file itself. */
export const secret = z.union(
  [
    z.strictObject({ env: z.string().regex(/^[A-Z_][A-Z0-9_]*$/, 'the name of an environment variable') }),
    z.strictObject({ file: z.string().min(1) }),
    z.strictObject({ credential: z.string().regex(/^[\w.-]+$/, 'the name of a systemd credential') }),
  ],
  { error: 'say where it is: {env: NAME}, {file: PATH} or {credential: NAME}' },
);

export type Secret = z.infer<typeof secret>;
