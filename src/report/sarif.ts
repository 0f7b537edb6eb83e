import type { Finding, FindingStatus } from '../finding/finding.js';
import { ownLine } from '../finding/own-line.js';
import type { PatchReview, Review } from '../finding/review.js';
import { ruleSentences } from '../finding/rule.js';
import type { TraceStep } from '../finding/trace.js';
import type { Report, ReportContext } from './context.js';
import { escapeLine } from './escape.js';
import { jsonDocument } from './json.js';
import { type Moment, momentsOf } from './moment.js';
import { prose, sentence } from './phrase.js';
import { tellingMoments } from './telling.js';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** What a patch fixes is no result of the code after it. */
const levels: Partial<Record<FindingStatus, string>> = {
  introduced: 'error',
  'unknown-origin': 'warning',
  present: 'note',
};

/** Paths are as in the kernel tree; who reads the log says where that is. Lines of the baseline are no lines there. */
function placeOf(file: string, line: number, name: string) {
  const artifactLocation = { uri: encodeURI(escapeLine(file)), uriBaseId: 'SRCROOT' };
  const region = line > 0 ? { region: { startLine: line } } : {};
  return {
    physicalLocation: { artifactLocation, ...region },
    logicalLocations: [{ name: escapeLine(name), kind: 'function' }],
  };
}

/** A statement of the reader's code; what the model did below it belongs to it. */
interface Statement {
  moment: Moment;
  /** Its place among all statements of all threads, from 1. */
  order: number;
  told: boolean;
  notes: string[];
}

function statementsOf(trace: TraceStep[]): Statement[] {
  const moments = momentsOf(trace);
  const telling = tellingMoments(moments);
  const statements: Statement[] = [];
  const latest = new Map<number, Statement>();
  for (const [at, moment] of moments.entries()) {
    let statement = latest.get(moment.thread);
    if (moment.source !== '') {
      statement = { moment, order: statements.length + 1, told: false, notes: [] };
      statements.push(statement);
      latest.set(moment.thread, statement);
    }
    if (statement === undefined) continue;
    statement.told ||= telling.has(at);
    statement.notes.push(...moment.notes, ...moment.broken.map((sentence) => `*** ${sentence}`));
  }
  return statements;
}

/** One flow a thread; `executionOrder` over all of them is the interleaving. Statements in which threads meet, or all. */
function threadFlows({ trace, onBaseline }: Finding, full: boolean) {
  const statements = statementsOf(trace).filter(({ told }) => told || full);
  const roles = new Map(trace.map((step) => [step.thread, escapeLine(step.role)]));
  return [...roles]
    .sort(([a], [b]) => a - b)
    .map(([thread, role]) => ({
      id: `${thread}`,
      message: { text: role },
      locations: statements
        .filter(({ moment }) => moment.thread === thread)
        .map(({ moment, order, told, notes }) => ({
          executionOrder: order,
          importance: told ? 'essential' : 'unimportant',
          location: {
            ...placeOf(moment.file, onBaseline ? 0 : moment.line, moment.function),
            message: { text: [moment.source, ...notes].join('  ') },
          },
        })),
    }))
    .filter(({ locations }) => locations.length > 0);
}

function resultOf(finding: Finding, patch: PatchReview, full: boolean) {
  const { file, function: name, side } = finding.location;
  return {
    ruleId: finding.rule,
    level: levels[finding.status],
    message: { text: prose(finding.title, finding.message) },
    locations: [placeOf(file, side === 'after' ? ownLine(finding) : 0, name)],
    partialFingerprints: { 'faultlineFinding/v1': finding.id },
    codeFlows: [{ threadFlows: threadFlows(finding, full) }],
    properties: {
      status: finding.status,
      race: finding.race,
      patch: escapeLine(patch.subject),
      witness: finding.witness,
      assumptions: finding.assumptions.map(escapeLine),
      onBaseline: finding.onBaseline,
    },
  };
}

function rulesOf(findings: Finding[]) {
  const ids = [...new Set(findings.map((finding) => finding.rule))].sort();
  return ids.map((id) => ({
    id,
    shortDescription: { text: sentence(ruleSentences[id] ?? id) },
    // Some readers leave out what has no level here, whatever its results say.
    defaultConfiguration: { level: 'error' },
  }));
}

/** What was not analysed belongs to the log: its silence says nothing about that. */
function notifications(patch: PatchReview) {
  return patch.notAnalysed.map(({ what, why }) => ({
    level: 'note',
    message: { text: sentence(`not analysed: ${escapeLine(what)}: ${escapeLine(why)}`) },
  }));
}

/** SARIF 2.1.0: a result a finding, its interleaving as code flow. */
export function sarifReport(review: Review, { explain }: ReportContext): Report {
  const told = review.patches.flatMap((patch) =>
    patch.findings
      .filter(({ status }) => levels[status] !== undefined)
      .map((finding) => ({ finding, patch })),
  );
  const driver = {
    name: 'Faultline',
    semanticVersion: review.tool.version,
    rules: rulesOf(told.map(({ finding }) => finding)),
  };
  const invocation = {
    executionSuccessful: true,
    toolExecutionNotifications: review.patches.flatMap(notifications),
  };
  const run = {
    tool: { driver },
    invocations: [invocation],
    results: told.map(({ finding, patch }) => resultOf(finding, patch, explain)),
    columnKind: 'utf16CodeUnits',
  };
  return { output: jsonDocument({ $schema: schema, version: '2.1.0', runs: [run] }), note: null };
}
