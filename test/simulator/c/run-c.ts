import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile } from '../../../simulator/c/compile.js';
import { functionNamed, runAlone } from '../../../simulator/explore/execution.js';
import { Machine } from '../../../simulator/vm/machine.js';

/** Programs report numbers with put(); `room` of them at most. */
const room = 2000;
const head = `static long reported[${room}];\nstatic int reports;\n`;
const put = 'static void put(long value) { reported[reports++] = value; }\n';

/** What the C program reports when its run() is lowered and executed by the machine. */
export function runLowered(text: string): string[] {
  const source = { path: 'trap.c', text: `${head}${put}${text}`, origin: 'race' as const };
  const { program, missing, problems, unknown } = compile({
    sources: [source],
    headers: new Map(),
    roots: ['run', 'put'],
  });
  if (missing.length + problems.length + unknown.length > 0) {
    throw new Error(JSON.stringify({ missing, problems, unknown }));
  }
  const guesses = program.functions.flatMap((fn) =>
    fn.code.filter((instruction) => instruction.op === 'guess'),
  );
  if (guesses.length > 0) throw new Error(JSON.stringify(guesses));
  const machine = new Machine(program);
  runAlone(machine, functionNamed(machine, 'run'));
  const at = (name: string) => program.globals.find((global) => global.name === name)!.address;
  const count = machine.memory.read32(at('reports'));
  return Array.from({ length: count }, (_, n) => long(machine, at('reported') + 8 * n));
}

function long({ memory }: Machine, address: number): string {
  const low = BigInt(memory.read32(address) >>> 0);
  return String((BigInt(memory.read32(address + 4)) << 32n) | low);
}

/** What it reports when gcc compiles it. */
export function runCompiled(text: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'trap-'));
  try {
    const print =
      'int main(void) { run(); for (int i = 0; i < reports; i++) printf("%ld\\n", reported[i]); return 0; }\n';
    writeFileSync(join(folder, 'trap.c'), `int printf(const char *, ...);\n${head}${put}${text}\n${print}`);
    const options = ['-std=gnu11', '-O1', '-fwrapv', '-fno-strict-aliasing', '-w', '-o', 'trap', 'trap.c'];
    execFileSync('gcc', options, { cwd: folder, stdio: 'pipe' });
    return execFileSync(join(folder, 'trap'), { encoding: 'utf8' }).trim().split('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const hasCompiler = spawnSync('gcc', ['--version']).status === 0;
