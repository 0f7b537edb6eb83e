#!/usr/bin/env node
import { CommanderError } from 'commander';
import type { Shell } from './command/completion.js';
import { exitCode } from './command/exit-code.js';
import type { Host } from './command/host.js';
import { withDefaults } from './command/option.js';
import { buildProgram } from './command/program.js';
import { optimiseLate } from './config/optimise-late.js';
import { toolVersion } from './config/version.js';

/** Runs one command and answers its exit code. A command's own code is loaded here and not before. */
async function runCommand(name: string, args: string[], flags: never, host: Host): Promise<number> {
  const [first] = args;
  switch (name) {
    case 'review':
      return (await import('./command/review.js')).reviewCommand(first, flags, host);
    case 'replay':
      return (await import('./command/replay.js')).replayCommand(first!, flags, host);
    case 'check':
      return (await import('./command/check.js')).checkCommand(flags, host);
    case 'covers':
      return (await import('./command/covers.js')).coversCommand(first!, flags, host);
    case 'ingest':
      return (await import('./command/ingest.js')).ingestCommand(flags, host);
    case 'catalogue':
      return (await import('./command/catalogue.js')).catalogueCommand(first, flags, host);
    case 'matrix':
      return (await import('./command/matrix.js')).matrixCommand(flags, host);
    case 'evaluate':
      return (await import('./command/evaluate.js')).evaluateCommand(first!, flags, host);
    case 'serve':
      return leaving(await (await import('./command/serve.js')).serveCommand(flags, host));
    case 'worker':
      return leaving(await (await import('./command/serve.js')).workerCommand(flags, host));
    case 'status':
      return (await import('./command/status.js')).statusCommand(flags, host);
    case 'outbox':
      return (await import('./command/outbox.js')).outboxCommand(first!, args[1], flags, host);
    case 'github':
      return (await import('./command/github.js')).githubCommand(first!, flags, host);
    case 'hook':
      return (await import('./command/hook.js')).hookCommand(first as 'install' | 'remove', host);
    case 'config':
      return (await import('./command/config.js')).configCommand(first!, flags, host);
    case 'completion':
      return (await import('./command/describe.js')).completionCommand(first as Shell, toolVersion(), host);
    case 'man':
      return (await import('./command/describe.js')).manualCommand(toolVersion(), host);
    default:
      return (await import('./command/doctor.js')).doctorCommand(flags, host);
  }
}

/** What still waits for a server that is away does not keep a process that was told to end. */
function leaving(code: number): number {
  setTimeout(() => process.exit(code), 2000).unref();
  return code;
}

async function host(): Promise<Host> {
  const [{ stages }, { processHost }] = await Promise.all([
    import('./command/stages.js'),
    import('./command/host.js'),
  ]);
  return processHost(stages);
}

/** Commands whose `-c FILE` is the configuration of a daemon, and not one of the kernel's entries. */
const ofDaemons = new Set(['serve', 'worker', 'status', 'outbox', 'config']);

/** A bug of ours: one line, and the stack only for those who asked for it. */
function tellBug(error: unknown): number {
  const text = error instanceof Error ? error.message : String(error);
  const line = text.replace(/[^\x20-\x7e]+/g, ' ').slice(0, 300);
  process.stderr.write(`faultline: internal error: ${line} (FAULTLINE_DEBUG=1 shows where)\n`);
  if (process.env.FAULTLINE_DEBUG === '1' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return exitCode.internal;
}

async function main(argv: string[]): Promise<number> {
  let code: number = exitCode.clean;
  const program = buildProgram(toolVersion(), async (name, args, flags) => {
    const all = ofDaemons.has(name) ? flags : withDefaults(flags);
    code = await runCommand(name, args, all as never, await host());
  });
  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    // Commander has already said what is wrong; help and version leave with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.clean : exitCode.usage;
    return tellBug(error);
  }
}

optimiseLate();
process.on('uncaughtException', (error) => process.exit(tellBug(error)));
// Commander writes help by itself: who has read enough of it is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
process.exitCode = await main(process.argv);
