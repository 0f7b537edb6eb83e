import { spawn } from 'node:child_process';

export interface RunOptions {
  cwd?: string;
  input?: Buffer | string;
  /** Added to a fixed, small environment. */
  env?: Record<string, string>;
  mostBytes?: number;
  timeoutMs?: number;
}

export interface RunResult {
  /** undefined when it was killed: by the time limit, the size limit or a signal. */
  code: number | undefined;
  stdout: Buffer;
  /** At most 64 kB. */
  stderr: string;
}

/** Nothing of the caller's environment but what a program needs to start: the rest changes results. */
export function smallEnvironment(added: Record<string, string>): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(
    ['PATH', 'SystemRoot', 'TMPDIR', 'TEMP', 'TMP', 'HOME']
      .filter((name) => process.env[name] !== undefined)
      .map((name) => [name, process.env[name]]),
  );
  return { ...kept, LC_ALL: 'C', TZ: 'UTC', ...added };
}

/**
 * Runs a program with an argument array, never through a shell. Answers its exit code and output; rejects
 * with an `Error` with a cause only when the program cannot be started.
 */
export function run(program: string, args: string[], options: RunOptions = {}): Promise<RunResult> {
  const { input, mostBytes = 64 * 1024 * 1024, timeoutMs = 60_000 } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: smallEnvironment(options.env ?? {}),
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    const chunks: Buffer[] = [];
    let bytes = 0;
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > mostBytes) child.kill('SIGKILL');
      else chunks.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (stderr.length < 65_536) stderr += chunk.toString('utf8');
    });
    // A program that does not want its input closes it; that is its own affair.
    child.stdin.on('error', () => {});
    child.on('error', (cause) => reject(new Error(`${program} cannot be started`, { cause })));
    child.on('close', (code) => resolve({ code: code ?? undefined, stdout: Buffer.concat(chunks), stderr }));
    child.stdin.end(input);
  });
}
