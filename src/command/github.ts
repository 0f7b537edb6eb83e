import type { Problem } from '../finding/problem.js';
import { reporterOf } from '../report/index.js';
import type { PullAnswer } from './analysis.js';
import { exitCode, reviewExit } from './exit-code.js';
import type { Host } from './host.js';
import type { CommonFlags } from './option.js';
import { deliver, formatOf, refuse, reportContext } from './output.js';
import { run } from './run.js';

export interface GithubFlags extends CommonFlags {
  publish?: boolean;
  api?: string;
}

/** `faultline github OWNER/REPO#N`: answers the exit code. The token comes from GITHUB_TOKEN or GITHUB_TOKEN_FILE. */
export async function githubCommand(pull: string, flags: GithubFlags, host: Host): Promise<number> {
  const token = await tokenOf(host);
  if (typeof token !== 'string') return refuse(token, flags, host);
  const publish = flags.publish === true;
  const asked = { pull, token, publish, ...(flags.api === undefined ? {} : { api: flags.api }) };
  return run(
    flags,
    host,
    (options) => host.analysis.reviewPull(asked, options),
    async ({ review, published }: PullAnswer) => {
      if (publish) host.say(`faultline: ${outcome(published)}\n`);
      const reporter = await reporterOf(formatOf(flags));
      const saved = { what: "the pull request's .patch", elsewhere: false };
      const context = { ...reportContext(flags, host), patchName: pull, saved };
      return deliver(reporter(review, context).output, flags, reviewExit(review, 'introduced'), host);
    },
  );
}

function outcome(published: PullAnswer['published']): string {
  if (published === null) return 'the pull request moved on meanwhile; nothing was said in it';
  return `comment ${published.comment}${published.noCheck === null ? '' : `; ${published.noCheck}`}`;
}

async function tokenOf({ environment }: Host): Promise<string | Problem> {
  const { readSecret } = await import('../config/secret.js');
  try {
    return readSecret({ env: 'GITHUB_TOKEN' }, environment);
  } catch (error) {
    return { problem: (error as Error).message, exit: exitCode.usage };
  }
}
