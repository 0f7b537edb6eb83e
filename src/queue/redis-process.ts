import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, chmodSync, constants, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** The first of some programs that PATH has; undefined when it has none. */
export function findProgram(names: string[], path: string = process.env.PATH ?? ''): string | undefined {
  const candidates = names.flatMap((name) => path.split(delimiter).map((folder) => join(folder, name)));
  return candidates.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

export function findRedisServer(): string | undefined {
  return findProgram(['redis-server', 'valkey-server']);
}

/** The kernel's own limit on the name of a socket is 108 bytes. */
const longestSocket = 100;

/** A name for the socket in the folder, or in one of its own where that name would be too long. */
function socketIn(folder: string): { path: string; besides: string | undefined } {
  const near = join(folder, 'redis.sock');
  if (Buffer.byteLength(near) <= longestSocket) return { path: near, besides: undefined };
  const besides = mkdtempSync(join(tmpdir(), 'faultline-'));
  return { path: join(besides, 'redis.sock'), besides };
}

function argumentsFor(folder: string, socket: string): string[] {
  const settings = {
    port: '0',
    unixsocket: socket,
    unixsocketperm: '700',
    dir: folder,
    appendonly: 'yes',
    appendfsync: 'everysec',
    save: '',
    'maxmemory-policy': 'noeviction',
    daemonize: 'no',
    logfile: '',
    loglevel: 'warning',
  };
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
}

const pauses = { firstMs: 200, mostMs: 10_000 } as const;

/**
 * A redis-server of our own, on a socket that nobody else may use. When it ends it is begun again. Where
 * setpriv is there, the kernel ends it with us, however we end.
 */
export class RedisProcess {
  readonly socket: string;
  /** A folder that is there for the socket only. */
  private readonly besides: string | undefined;
  private child: ChildProcess | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private failures = 0;

  constructor(
    private readonly program: string,
    private readonly folder: string,
    private readonly onTrouble: (line: string) => void,
  ) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    const { path, besides } = socketIn(folder);
    this.socket = path;
    this.besides = besides;
  }

  /** Of the server that runs now. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  start(): void {
    if (this.stopped) return;
    rmSync(this.socket, { force: true });
    const setpriv = findProgram(['setpriv']);
    const command = [this.program, ...argumentsFor(this.folder, this.socket)];
    const [file, ...args] =
      setpriv === undefined ? command : [setpriv, '--pdeathsig', 'KILL', '--', ...command];
    const child = spawn(file!, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env.PATH } });
    this.child = child;
    const began = Date.now();
    let said = '';
    const listen = (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-2000);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('error', (error) => listen(Buffer.from(error.message)));
    child.on('close', (code, signal) => this.restart(code ?? signal, Date.now() - began, said));
  }

  private restart(how: number | string | null, livedMs: number, said: string): void {
    this.child = undefined;
    if (this.stopped) return;
    this.failures = livedMs > 60_000 ? 0 : this.failures + 1;
    const waitMs = Math.min(pauses.mostMs, pauses.firstMs * 2 ** (this.failures - 1));
    const last = said.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
    this.onTrouble(`redis-server ended (${how})${last === '' ? '' : `: ${last}`}; it begins again`);
    this.timer = setTimeout(() => this.start(), waitMs);
  }

  /** Resolves when it has ended; what it holds is on the disk then. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    const { child } = this;
    if (child !== undefined) {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGTERM');
      const hard = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(hard);
    }
    rmSync(this.besides ?? this.socket, { recursive: true, force: true });
  }
}
