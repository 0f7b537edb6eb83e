import { isProblem } from '../finding/problem.js';
import { catalogueDocument, catalogueText, raceText } from '../report/catalogue.js';
import { jsonDocument } from '../report/json.js';
import { matchText } from '../report/match.js';
import { selfTestText } from '../report/self-test.js';
import { exitCode } from './exit-code.js';
import type { Host } from './host.js';
import { readInput } from './input.js';
import type { CommonFlags } from './option.js';
import { deliver, formatOf, reportContext, tellProblem } from './output.js';
import { run } from './run.js';

export interface CatalogueFlags extends CommonFlags {
  selfTest?: boolean;
  match?: string;
}

function selfTest(ids: string[], flags: CommonFlags, host: Host): Promise<number> {
  return run(
    flags,
    host,
    (options) => host.analysis.selfTest(ids, options),
    (report) => {
      const json = formatOf(flags) === 'json';
      const text = json ? jsonDocument(report) : selfTestText(report, reportContext(flags, host));
      const ok = report.entries.every((entry) => entry.ok);
      return deliver(text, flags, ok ? exitCode.clean : exitCode.found, host);
    },
  );
}

/** As `grep` has it: 0 when something fits, 1 when nothing does. */
async function match(file: string, flags: CommonFlags, host: Host): Promise<number> {
  const input = await readInput(file, {}, host);
  if (isProblem(input)) return tellProblem(input, host);
  const report = await host.analysis.match(input.bytes.toString('utf8'));
  const json = formatOf(flags) === 'json';
  const text = json ? jsonDocument(report) : matchText(report, reportContext(flags, host));
  return deliver(text, flags, report.matches.length > 0 ? exitCode.clean : exitCode.found, host);
}

/** `faultline catalogue [ID]`: lists the races, tests each one by itself, or finds those of a report; answers the exit code. */
export async function catalogueCommand(
  id: string | undefined,
  flags: CatalogueFlags,
  host: Host,
): Promise<number> {
  if (flags.match !== undefined) return match(flags.match, flags, host);
  const all = await host.analysis.catalogue();
  const entries = id === undefined ? all : all.filter((entry) => entry.id === id);
  if (id !== undefined && entries.length === 0)
    return tellProblem(
      { problem: `there is no race "${id}"; faultline catalogue lists them`, exit: exitCode.usage },
      host,
    );
  if (flags.selfTest === true) return selfTest(id === undefined ? flags.race : [id], flags, host);
  const json = formatOf(flags) === 'json';
  const context = reportContext(flags, host);
  const told = id === undefined ? catalogueText(entries, context) : raceText(entries[0]!, context);
  const text = json ? jsonDocument(catalogueDocument(entries)) : told;
  return deliver(text, flags, exitCode.clean, host);
}
