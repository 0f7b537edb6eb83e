import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/mail/message.js';
import { missingPredecessor } from '../../src/series/predecessor.js';

const mail = (subject: string) => ({ subject }) as Message;

describe('what comes before a patch', () => {
  const third = mail('[PATCH v2 3/4] c');

  it('is missing when its number is not among the patches', () => {
    expect(missingPredecessor(third, [third])).toBe(1);
    expect(missingPredecessor(third, [mail('[PATCH v2 1/4] a'), third])).toBe(2);
  });

  it('is there when all of it is; what comes behind does not matter', () => {
    expect(missingPredecessor(third, [mail('[PATCH v2 1/4] a'), mail('[PATCH v2 2/4] b'), third])).toBe(
      undefined,
    );
    expect(missingPredecessor(mail('[PATCH] alone'), [])).toBe(undefined);
  });
});
