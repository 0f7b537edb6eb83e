import type { CommandName } from './command.js';

/** Who asks, and how they stand to the mail that they answer. Addresses in small letters. */
export interface Asker {
  address: string;
  /** DKIM as it was checked on arrival: only `pass` for the domain of the address says who wrote. */
  dkim: 'pass' | 'fail' | 'none';
  /** Author of the patch that was reviewed. */
  author: string | undefined;
  /** Whom our mail went to, and whom it was copied to. */
  addressees: readonly string[];
  /** People that the kernel's MAINTAINERS names for the files that were touched. */
  maintainers: readonly string[];
  moderators: readonly string[];
}

const anybody: readonly CommandName[] = ['explain', 'unsubscribe'];
const moderation: readonly CommandName[] = ['approve', 'drop'];

/** Why somebody may not give a command, as one sentence; undefined when they may. */
export function whyRefused(command: CommandName, asker: Asker): string | undefined {
  if (asker.dkim === 'fail') return 'the signature of the mail is wrong, so that nobody knows who wrote it';
  if (moderation.includes(command)) {
    if (!asker.moderators.includes(asker.address)) return 'only a moderator may say that';
    return asker.dkim === 'pass'
      ? undefined
      : "a moderator's mail has to be signed (DKIM), and this one is not";
  }
  if (anybody.includes(command) || asker.address === asker.author) return undefined;
  if (asker.maintainers.includes(asker.address) || asker.moderators.includes(asker.address)) return undefined;
  if (asker.addressees.includes(asker.address)) return undefined;
  return 'only the author of the patch, a maintainer of the code or who got the mail may say that';
}
