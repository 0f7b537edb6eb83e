import { cpus, loadavg, release, totalmem } from 'node:os';
import { timedProcess } from './measure.js';

const peers: [name: string, args: string[]][] = [
  ['spin', ['-V']],
  ['gcc', ['--version']],
  ['tcc', ['-v']],
  ['public-inbox-index', ['--version']],
];

/** When, on what and beside what a table was measured; peers that are not there are named as absent. */
export async function circumstances(): Promise<string> {
  const processors = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  const load = loadavg()
    .map((value) => value.toFixed(1))
    .join(', ');
  const lines = [
    `Date: ${new Date().toISOString().slice(0, 16)} UTC`,
    `Machine: ${processors.length} x ${processors[0]?.model ?? 'unknown'}, ${memory}, Linux ${release()}`,
    `Load when the run ended (1, 5, 15 minutes): ${load}`,
    `Node ${process.version}, V8 ${process.versions.v8}`,
  ];
  for (const [name, args] of peers) {
    const { code, stdout, stderr } = await timedProcess(name, args);
    const version = `${stdout}\n${stderr}`.split('\n').find((line) => /\d+\.\d+/.test(line));
    lines.push(`${name}: ${code === -1 ? 'absent' : (version?.trim() ?? 'there, and tells no version')}`);
  }
  return lines.map((line) => `- ${line}`).join('\n');
}
