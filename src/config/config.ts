import { z } from 'zod';
import { github, patchwork } from './forge.js';
import { duration, mailAddress, mailboxUrl, secret, size } from './scalar.js';

/** How far an answer goes: to whoever runs Faultline, to the author of the patch, or to the list. */
const delivery = z.enum(['me', 'author', 'list']);

/** What a list wants. Over all lists of a cross-posted series the strictest of each holds. */
const policy = z.strictObject({
  deliver: delivery.default('me').describe('who gets the answer: me, author or list'),
  embargo: duration
    .prefault('30m')
    .describe('how long to wait for the rest of a series, and for second thoughts'),
  sayFixed: z.boolean().default(false).describe('answer when a new version fixes what an earlier one opened'),
  sayClean: z.boolean().default(false).describe('answer the list and the author when nothing was found'),
  actionRequired: z
    .boolean()
    .default(false)
    .describe('ask Patchwork to keep the answer as not yet dealt with'),
  caps: z
    .strictObject({
      perThread: z.int().min(0).max(20).default(1),
      perAuthorAndDay: z.int().min(0).max(50).default(3),
      perListAndHour: z.int().min(0).max(100).default(4),
      perDay: z.int().min(0).max(500).default(20),
    })
    .prefault({})
    .describe('mails of every kind; what exceeds them is held'),
});

const tree = z.strictObject({
  path: z.string().min(1).describe('folder, git repository or linux-source tarball'),
  lists: z.array(mailAddress).default([]).describe('lists whose patches are made for this tree; none: all'),
  prefixes: z
    .array(z.string().min(1).max(40))
    .default([])
    .describe('words in the brackets of a subject: net-next'),
});

const source = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{0,63}$/, 'small letters, digits, dots and hyphens')
    .describe('names its cursor; keep it'),
  url: mailboxUrl.describe(
    'imaps://user@host/INBOX, a public-inbox folder, nntps://host/group, https://host/list, maildir:path, mbox:path',
  ),
  password: secret.optional(),
  list: mailAddress.optional().describe('the list that all of its mail belongs to, when no header says so'),
});

const smtp = z.strictObject({
  url: z
    .string()
    .regex(/^(smtps?|lmtp):\/\/\S+$/, 'smtp://, smtps:// or lmtp://')
    .describe('smtps://user@host:465; lmtp://host:24'),
  password: secret.optional(),
});

/** Everything that can be set. The file is data: nothing in it is executed. */
export const configuration = z.strictObject({
  identity: z.strictObject({
    name: z.string().min(1).max(80).default('Faultline'),
    address: mailAddress.describe('who answers; a mailbox that somebody reads'),
    contact: mailAddress.optional().describe('the person behind it, named in every mail'),
    archive: z
      .url({ protocol: /^https?$/ })
      .default('https://lore.kernel.org/r/')
      .describe('shows a Message-ID that is put behind it'),
  }),
  me: mailAddress.optional().describe('who reads the answers while delivery is "me"'),
  state: z
    .string()
    .min(1)
    .optional()
    .describe('folder of the database; absent: STATE_DIRECTORY of systemd, else XDG_STATE_HOME'),
  sources: z.array(source).min(1).describe('where mail comes from'),
  trees: z.array(tree).default([]).describe('kernels, tried in this order; none: the built-in baseline'),
  lists: z.record(mailAddress, policy).default({}).describe('what each list wants'),
  otherwise: policy.prefault({}).describe('for lists that are not named'),
  github: github.optional().describe('pull requests and pushes that are reviewed as mail is'),
  patchwork: z.array(patchwork).default([]).describe('where checks are shown beside patches'),
  authors: z
    .strictObject({
      direct: z
        .array(mailAddress)
        .default([])
        .describe('whose patches, mailed to the bot alone, are reviewed for them in private'),
      never: z.array(mailAddress).default([]).describe('who gets no mail'),
    })
    .prefault({}),
  mail: z
    .strictObject({
      dryRun: z.boolean().default(true).describe('write mails to the outbox and send none'),
      moderated: z.boolean().default(true).describe('a person approves each mail'),
      moderators: z.array(mailAddress).default([]).describe('who may approve by mail'),
      smtp: smtp.optional(),
    })
    .prefault({}),
  queue: z
    .union([
      z.enum(['auto', 'local', 'embedded']),
      z.string().regex(/^rediss?:\/\/\S+$/, 'auto, local, embedded or redis://'),
    ])
    .default('auto')
    .describe('auto: a redis-server of its own when one is installed, else embedded; or redis://host:6379'),
  queuePassword: secret.optional().describe('of the Redis'),
  limits: z
    .strictObject({
      jobs: z.int().min(0).max(64).default(1).describe('reviews at a time; 0: workers elsewhere do them'),
      reviewTime: duration.prefault('10m').describe('of one series; more is "not analysed (time)"'),
      reviewMemory: size.prefault('1G').describe('of one review'),
      drain: duration.prefault('30s').describe('how long reviews may go on after the daemon was told to end'),
      states: z.int().min(1000).max(1e9).optional().describe('of one exploration'),
    })
    .prefault({}),
  web: z
    .strictObject({
      listen: z
        .string()
        .regex(/^(\[[0-9a-f:]+\]|[\w.-]+):\d{1,5}$/, 'host:port')
        .default('127.0.0.1:8420'),
      url: z
        .url({ protocol: /^https?$/ })
        .optional()
        .describe('how the world reaches these pages, for links to them'),
      token: secret.optional().describe('who holds it may approve from the outbox page'),
    })
    .prefault({}),
  log: z.strictObject({ level: z.enum(['debug', 'info', 'warn', 'error']).default('info') }).prefault({}),
});

/** A configuration with everything that was not set at its default. Durations in ms, sizes in bytes. */
export type Config = z.infer<typeof configuration>;
export type Policy = z.infer<typeof policy>;
