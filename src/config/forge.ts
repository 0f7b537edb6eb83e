import { z } from 'zod';
import { duration, mailAddress, secret } from './scalar.js';

const repository = z.strictObject({
  name: z
    .string()
    .regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/, 'OWNER/REPO')
    .describe('OWNER/REPO'),
  list: mailAddress.optional().describe('the list that its code belongs to: its trees are used, too'),
  pushes: z
    .array(z.string().regex(/^[^\s~^:?*[\\]{1,200}$/, 'the name of a branch'))
    .default([])
    .describe('branches whose pushes are reviewed'),
  publish: z.boolean().default(false).describe('say in the pull request what was found'),
  private: z
    .boolean()
    .default(false)
    .describe('not everybody sees the repository: its reviews are shown to who holds the token of the web'),
});

const app = z.strictObject({
  id: z.int().positive(),
  installation: z.int().positive(),
  key: secret.describe('its private key, as PEM'),
});

/** A forge that is followed as mail is. */
export const github = z
  .strictObject({
    api: z.url({ protocol: /^https?$/ }).default('https://api.github.com'),
    web: z
      .url({ protocol: /^https?$/ })
      .default('https://github.com')
      .describe('where people read it'),
    token: secret.optional().describe('of a user; makes no check runs'),
    app: app.optional(),
    webhookSecret: secret.optional().describe('lets POST /hooks/github in; absent: only polling'),
    poll: duration
      .prefault('5m')
      .describe('how often repositories are asked what is new; also what a lost webhook costs'),
    repositories: z.array(repository).min(1),
    moderators: z
      .array(
        z
          .string()
          .regex(/^[\w-]{1,100}$/, 'a login')
          .toLowerCase(),
      )
      .default([])
      .describe('logins that may give every command'),
  })
  .refine(({ token, app }) => (token === undefined) !== (app === undefined), 'give it a token, or an app');

/** A Patchwork that tracks some lists. */
export const patchwork = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).describe('its address without /api: https://patchwork.kernel.org'),
  project: z.string().regex(/^[\w.-]{1,100}$/, 'the short name of a project'),
  lists: z.array(mailAddress).min(1).describe('lists that the project tracks'),
  token: secret,
  context: z
    .string()
    .regex(/^[\w-]{1,100}$/, 'letters, digits, hyphens')
    .default('faultline'),
  publish: z.boolean().default(false).describe('show the checks; false: none is posted'),
});
