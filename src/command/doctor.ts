import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isProblem } from '../finding/problem.js';
import { palette } from '../report/colour.js';
import { escapeLine } from '../report/escape.js';
import { packageRoot } from '../root.js';
import { exitCode } from './exit-code.js';
import type { Host } from './host.js';
import type { CommonFlags } from './option.js';
import { analysisOptions } from './option.js';
import { reportContext } from './output.js';
import { progressLine } from './progress.js';

/** One thing looked at. A warning is something that only some inputs need. */
interface Diagnosis {
  what: string;
  state: 'ok' | 'warning' | 'broken';
  says: string;
}

function node(version: string): Diagnosis {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return {
    what: 'node',
    state: ok ? 'ok' : 'broken',
    says: ok ? version : `${version}; 20.19 or later is needed`,
  };
}

/** The first line of `program --version`, whatever it is. */
async function program(name: string, missing: Diagnosis['state'], why: string): Promise<Diagnosis> {
  try {
    const { stdout } = await promisify(execFile)(name, ['--version'], { timeout: 5000 });
    return { what: name, state: 'ok', says: escapeLine(stdout.split('\n')[0] ?? '') };
  } catch {
    return { what: name, state: missing, says: `not found; ${why}` };
  }
}

function baseline(): Diagnosis {
  const folder = join(packageRoot, 'simulator', 'baseline');
  const eras = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    : [];
  if (eras.length === 0)
    return { what: 'baseline', state: 'broken', says: 'missing; the installation is damaged' };
  return { what: 'baseline', state: 'ok', says: eras.map((entry) => entry.name).join(', ') };
}

async function catalogue(flags: CommonFlags, host: Host): Promise<Diagnosis> {
  const progress = progressLine(host);
  try {
    const report = await host.analysis.selfTest([], analysisOptions(flags, progress.show));
    if (isProblem(report)) return { what: 'catalogue', state: 'broken', says: report.problem };
    const bad = report.entries.filter((entry) => !entry.ok).map((entry) => entry.id);
    const says =
      bad.length === 0
        ? `${report.entries.length} races, each tests itself`
        : `self-test fails: ${bad.join(', ')}`;
    return {
      what: 'catalogue',
      state: bad.length === 0 && report.entries.length > 0 ? 'ok' : 'broken',
      says,
    };
  } catch (error) {
    return { what: 'catalogue', state: 'broken', says: escapeLine(String(error)) };
  } finally {
    progress.clear();
  }
}

function terminal(flags: CommonFlags, host: Host): Diagnosis {
  const context = reportContext(flags, host);
  const kind = host.outputIsTerminal ? 'terminal' : 'no terminal';
  const says = `${kind}, ${context.columns} columns, ${context.colour ? 'colours' : 'no colours'}`;
  return { what: 'output', state: 'ok', says };
}

/** `faultline doctor`: what the machine has and whether Faultline works on it; 2 when something is broken. */
export async function doctorCommand(flags: CommonFlags, host: Host): Promise<number> {
  const diagnoses = [
    node(process.versions.node),
    await program('git', 'broken', 'patches are applied with git'),
    await program('xz', 'warning', 'needed for --tree linux-source-*.tar.xz'),
    await program('redis-server', 'warning', 'a daemon keeps its queue in an embedded database'),
    baseline(),
    await catalogue(flags, host),
    terminal(flags, host),
  ];
  const colours = palette(reportContext(flags, host).colour);
  const paint = { ok: colours.good, warning: colours.unsure, broken: colours.bad };
  const lines = diagnoses.map(
    (each) => `${paint[each.state](each.state.padEnd(8))} ${each.what.padEnd(12)} ${each.says}`,
  );
  await host.write(`${lines.join('\n')}\n`);
  return diagnoses.some((each) => each.state === 'broken') ? exitCode.usage : exitCode.clean;
}
