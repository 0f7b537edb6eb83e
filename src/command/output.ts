import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Problem } from '../finding/problem.js';
import { defaultContext, type ReportContext } from '../report/context.js';
import { escapeLine } from '../report/escape.js';
import { type FileAddress, withHyperlinks } from '../report/hyperlink.js';
import { refusalReport } from '../report/refusal.js';
import { exitCode } from './exit-code.js';
import type { Host } from './host.js';
import type { CommonFlags } from './option.js';

/** Says why there is no result, in one line, and answers the exit code. */
export function tellProblem(problem: Problem, host: Host): number {
  host.say(`faultline: ${escapeLine(problem.problem)}\n`);
  return problem.exit;
}

/** The same in the form that was asked for, where a program is listening. */
export async function refuse(problem: Problem, flags: CommonFlags, host: Host): Promise<number> {
  const text = refusalReport(problem, formatOf(flags));
  return text === undefined ? tellProblem(problem, host) : deliver(text, flags, problem.exit, host);
}

/** Files of the only tree that was named, when it is a folder. */
function addressIn(trees: string[]): FileAddress {
  const [tree, another] = trees;
  if (tree === undefined || another !== undefined) return () => undefined;
  return (file) => {
    const path = resolve(tree, file);
    return existsSync(path) ? pathToFileURL(path).href : undefined;
  };
}

const unwritable: Record<string, string> = {
  ENOENT: 'there is no such folder',
  EACCES: 'it may not be written',
  EISDIR: 'it is a folder',
  ENOSPC: 'there is no room left',
};

/** Writes the result to its file or to stdout; answers `code`, or 2 when the file cannot be written. */
export async function deliver(text: string, flags: CommonFlags, code: number, host: Host): Promise<number> {
  if (flags.output === undefined || flags.output === '-') {
    const links = host.hyperlinks && host.outputIsTerminal && formatOf(flags) === 'text';
    await host.write(links ? withHyperlinks(text, addressIn(flags.tree)) : text);
    return code;
  }
  try {
    await writeFile(flags.output, text);
    return code;
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
    const why = unwritable[code] ?? `it cannot be written (${code})`;
    return tellProblem({ problem: `${flags.output}: ${why}`, exit: exitCode.usage }, host);
  }
}

/** What the name of an output file means by its ending. */
const formats: Record<string, string> = {
  json: 'json',
  eml: 'email',
  sarif: 'sarif',
  md: 'markdown',
  html: 'html',
  svg: 'svg',
};

/** `--format`, or what the output file's name says, or text. */
export function formatOf(flags: CommonFlags): string {
  if (flags.format !== undefined) return flags.format;
  const ending = /\.(\w+)$/.exec(flags.output ?? '')?.[1] ?? '';
  return formats[ending] ?? 'text';
}

function wantsColour(toFile: boolean, host: Host): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = host.environment;
  if (toFile || (NO_COLOR !== undefined && NO_COLOR !== '')) return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0';
  return host.outputIsTerminal && TERM !== 'dumb';
}

/** How the reader sees it: their terminal's width and colours, or 100 plain columns for a file or a pipe. */
export function reportContext(flags: CommonFlags, host: Host): ReportContext {
  const toFile = flags.output !== undefined && flags.output !== '-';
  const columns = toFile || !host.outputIsTerminal ? 100 : (host.columns ?? 100);
  return {
    ...defaultContext,
    columns: Math.min(220, Math.max(40, columns)),
    colour: wantsColour(toFile, host),
    explain: flags.explain,
    trees: flags.tree,
    config: flags.config,
  };
}
