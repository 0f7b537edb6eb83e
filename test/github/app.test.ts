import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/read.js';
import { openConfigured } from '../../src/forge/open.js';
import { publish } from '../../src/github/publish.js';
import { readPull } from '../../src/github/pull.js';
import { review } from '../report/sample.js';
import { fakeGithub } from './fake-github.js';
import { hunk } from './stage.js';

const mbox = readFileSync('fixtures/no-second-lookup.mbox', 'utf8');
const name = { owner: 'o', repo: 'r', number: 7 };

describe('an App', () => {
  let github: Awaited<ReturnType<typeof fakeGithub>>;
  beforeEach(async () => {
    github = await fakeGithub(mbox, [{ filename: 'fs/dax.c', patch: hunk(90) }]);
    github.state.isApp = true;
    github.state.login = 'faultline[bot]';
  });
  afterEach(() => github.close());

  const configured = (credentials: string) => {
    const read = readConfig(
      `identity: { address: a@example.org }\nsources: [{ name: a, url: "mbox:/a" }]\n` +
        `github: { api: "${github.url}", ${credentials}, repositories: [{ name: o/r }] }\n`,
    );
    return 'config' in read ? read.config.github : undefined;
  };

  for (const type of ['pkcs1', 'pkcs8'] as const)
    it(`speaks with a token for its installation, which it gets by its key (${type}), and knows its own comment`, async () => {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const PLANTED = privateKey.export({ type, format: 'pem' }).toString();
      const settings = configured('app: { id: 1, installation: 2, key: { env: PLANTED } }')!;
      const forge = await openConfigured(settings, { PLANTED });
      const pull = await readPull(forge, name);
      expect(await publish(forge, pull, review, { muted: false, links: [] })).toEqual({
        comment: 'created',
        noCheck: null,
      });
      expect(await publish(forge, pull, review, { muted: false, links: [] })).toMatchObject({
        comment: 'unchanged',
      });
      expect([...github.state.tokens].some((each) => each === 'token ghs_installation')).toBe(true);
      expect([...github.state.tokens].some((each) => /^bearer /i.test(each))).toBe(true);
    });

  it('is configured with a key, or a token is, and never both', () => {
    expect(configured('token: { env: A }')).toBeDefined();
    expect(configured('app: { id: 1, installation: 2, key: { env: B } }, token: { env: A }')).toBeUndefined();
    expect(configured('poll: 1m')).toBeUndefined();
  });
});
