import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Begins a thread with a module, named without its ending and relative to `base`. From its sources this project
 * runs by a loader that threads do not inherit, and that they cannot be given when the process has it already.
 */
export function startThread(name: string, base: string, options: WorkerOptions): Worker {
  if (!base.endsWith('.ts')) return new Worker(new URL(`${name}.js`, base), options);
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const entry = JSON.stringify(new URL(`${name}.ts`, base).href);
  const code = `import(${loader}).then((tsx) => { tsx.register(); return import(${entry}); })`;
  return new Worker(code, { ...options, eval: true, execArgv: [] });
}
