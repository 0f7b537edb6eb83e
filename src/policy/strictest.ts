import type { Config, Policy } from '../config/config.js';

const reach = { me: 0, author: 1, list: 2 } as const;

/** Lists that a series went to, each address once. */
export type Lists = readonly string[];

/**
 * What holds for a series that went to several lists: of each setting the strictest. A list that nobody
 * configured counts with what holds otherwise, so that no configured list speaks for it.
 */
export function strictest({ lists, otherwise }: Pick<Config, 'lists' | 'otherwise'>, posted: Lists): Policy {
  // Whoever writes a mail names its lists: one can be called as something that every object has.
  const policyOf = (list: string) => (Object.hasOwn(lists, list) ? lists[list] : undefined) ?? otherwise;
  const policies = posted.map((list) => policyOf(list.toLowerCase()));
  const [first = otherwise, ...rest] = policies;
  return rest.reduce(stricter, first);
}

function stricter(a: Policy, b: Policy): Policy {
  return {
    deliver: reach[a.deliver] <= reach[b.deliver] ? a.deliver : b.deliver,
    embargo: Math.max(a.embargo, b.embargo),
    sayFixed: a.sayFixed && b.sayFixed,
    sayClean: a.sayClean && b.sayClean,
    actionRequired: a.actionRequired && b.actionRequired,
    caps: {
      perThread: Math.min(a.caps.perThread, b.caps.perThread),
      perAuthorAndDay: Math.min(a.caps.perAuthorAndDay, b.caps.perAuthorAndDay),
      perListAndHour: Math.min(a.caps.perListAndHour, b.caps.perListAndHour),
      perDay: Math.min(a.caps.perDay, b.caps.perDay),
    },
  };
}
