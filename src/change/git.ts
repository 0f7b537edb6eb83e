import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { type RunOptions, type RunResult, run, smallEnvironment } from './run.js';

/** No configuration, hook, pager, prompt or network of anybody takes part. */
const settings = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.autocrlf=false',
  'core.quotePath=true',
  'log.showSignature=false',
  'protocol.allow=never',
  // Reading objects runs nothing of the repository, so it does not matter whose it is.
  'safe.directory=*',
].flatMap((setting) => ['-c', setting]);

const environment = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_LITERAL_PATHSPECS: '1',
};

/** Runs git with an argument array. Rejects only when there is no git. */
export function git(args: string[], options: RunOptions = {}): Promise<RunResult> {
  return run('git', [...settings, ...args], { ...options, env: { ...environment, ...options.env } });
}

/** Starts git for output that is too long to be held: its reader sets the pace. The caller ends it. */
export function startGit(args: string[]): ChildProcessByStdio<Writable, Readable, null> {
  const child = spawn('git', [...settings, ...args], {
    env: smallEnvironment(environment),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.on('error', () => {});
  return child;
}
