import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { findRedisServer } from '../../src/queue/redis-process.js';
import { command } from '../faultline.js';

interface Actor {
  command: string[];
  child: ChildProcess;
  ended: Promise<void>;
}

/** The processes of a drill: each can be killed and begun again; what they say is kept in files. */
export class Troupe {
  private readonly actors = new Map<string, Actor>();
  /** The drill is over: nobody begins again. */
  private isOver = false;

  /** `environment`: what its Faultlines find there beside what everybody finds. */
  constructor(
    private readonly folder: string,
    private readonly environment: Record<string, string> = {},
  ) {}

  /** `folder`: where it keeps its jobs. */
  redis(port: number, folder = this.folder): void {
    const settings = [
      '--port',
      `${port}`,
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--appendonly',
      'yes',
      '--save',
      '',
    ];
    this.start('redis', [findRedisServer()!, ...settings]);
  }

  faultline(name: string, ...args: string[]): void {
    this.start(name, [process.execPath, ...command, ...args]);
  }

  private start(name: string, command: string[]): void {
    if (this.isOver) return;
    const child = spawn(command[0]!, command.slice(1), {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: this.folder,
      env: { ...process.env, ...this.environment },
    });
    const log = (chunk: Buffer) => appendFileSync(this.log(name), chunk);
    child.stdout.on('data', log);
    child.stderr.on('data', log);
    this.actors.set(name, {
      command,
      child,
      ended: new Promise((resolve) => child.once('close', () => resolve())),
    });
  }

  log(name: string): string {
    return join(this.folder, `${name}.log`);
  }

  pid(name: string): number {
    return this.actors.get(name)!.child.pid!;
  }

  /** Those that ended though nobody told them to. */
  fallen(): string[] {
    return [...this.actors].flatMap(([name, { child }]) => (child.exitCode === null ? [] : [name]));
  }

  /** Ends a process in the middle of whatever it does. */
  async kill(name: string): Promise<void> {
    const { child, ended } = this.actors.get(name)!;
    child.kill('SIGKILL');
    await ended;
  }

  again(name: string): void {
    this.start(name, this.actors.get(name)!.command);
  }

  /** Asks a process to end; answers its exit code, null when it had to be killed. */
  async stop(name: string, limitMs = 60_000): Promise<number | null> {
    const { child, ended } = this.actors.get(name)!;
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
    await ended;
    clearTimeout(timer);
    return child.exitCode;
  }

  async stopAll(): Promise<void> {
    this.isOver = true;
    for (const name of [...this.actors.keys()].reverse()) await this.stop(name, 10_000);
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
