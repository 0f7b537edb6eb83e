import { isProblem, noPatch } from '../finding/problem.js';
import type { AnalysisOptions } from '../finding/request.js';
import type { Review } from '../finding/review.js';
import type { ReportContext } from '../report/context.js';
import { reporterOf } from '../report/index.js';
import { matchText } from '../report/match.js';
import { loadConfig } from './config.js';
import { type Bar, exitCode, reviewExit } from './exit-code.js';
import type { Host } from './host.js';
import { lookUpArguments, lookUpOptions, readInput } from './input.js';
import type { CommonFlags } from './option.js';
import { deliver, formatOf, refuse, reportContext } from './output.js';
import { run } from './run.js';

export interface ReviewFlags extends CommonFlags {
  failOn: Bar;
  /** Configuration of the daemon whose mail is asked for. */
  daemon?: string;
  /** Where a mail is that was named by its Message-ID. */
  store?: string;
  from?: string;
}

async function contextFor(
  input: Buffer,
  file: string | undefined,
  flags: ReviewFlags,
  elapsedMs: number,
  host: Host,
): Promise<ReportContext> {
  const messages = formatOf(flags) === 'email' ? await host.analysis.messages(input) : new Map();
  const context = { ...reportContext(flags, host), messages };
  // Seconds differ from run to run: only a person at a terminal is told, files and pipes stay the same.
  const watched = host.outputIsTerminal && flags.output === undefined;
  const isStdin = file === undefined || file === '-';
  return {
    ...context,
    patchName: isStdin ? null : file,
    saved: isStdin ? { what: 'what came on stdin', elsewhere: false } : null,
    lookUp: lookUpArguments(flags),
    elapsedMs: watched ? elapsedMs : null,
  };
}

/** `faultline review [FILE|-|Maildir|Message-ID|URL|git range]`: answers the exit code. */
export async function reviewCommand(
  file: string | undefined,
  flags: ReviewFlags,
  host: Host,
): Promise<number> {
  const input = await readInput(file, lookUpOptions(flags), host);
  if (isProblem(input)) return refuse(input, flags, host);
  const daemon = flags.daemon === undefined ? undefined : await loadConfig(flags.daemon, host);
  if (flags.daemon !== undefined && daemon === undefined) return exitCode.usage;
  const finish = async (review: Review, elapsedMs: number) => {
    const context = await contextFor(input.bytes, file, flags, elapsedMs, host);
    const reporter = await reporterOf(formatOf(flags));
    const report = reporter(
      review,
      daemon === undefined ? context : await host.analysis.asDaemon(context, daemon.config),
    );
    if (report.note !== null) host.say(`faultline: ${report.note}\n`);
    return deliver(report.output, flags, reviewExit(review, flags.failOn), host);
  };
  let isDiscussion = false;
  const usual = daemon && (await host.analysis.daemonOptions(input.bytes, daemon.config, input.wanted));
  const analyse = async (asked: AnalysisOptions) => {
    // What is asked for by an option goes before what the configuration says.
    const options = {
      ...usual,
      ...asked,
      trees: asked.trees.length > 0 ? asked.trees : (usual?.trees ?? []),
    };
    const answer = await host.analysis.review(input.bytes, {
      ...options,
      ...(input.wanted === undefined ? {} : { wanted: input.wanted }),
      // Commits are reviewed on the tree that they were made in.
      ...(input.tree === undefined || options.trees.length > 0 ? {} : { trees: [input.tree] }),
    });
    isDiscussion = isProblem(answer) && answer.problem.startsWith(noPatch);
    return answer;
  };
  const code = await run(flags, host, analyse, finish);
  if (isDiscussion && formatOf(flags) === 'text') await tellSubject(input.bytes, flags, host);
  return code;
}

/** A mail without a patch may still be about races that are known: an oops, or what people say of one. */
async function tellSubject(input: Buffer, flags: ReviewFlags, host: Host): Promise<void> {
  const report = await host.analysis.match(input.toString('utf8'));
  if (report.matches.length > 0) await host.write(matchText(report, reportContext(flags, host)));
}
