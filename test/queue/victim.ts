import { localDriver } from '../../src/queue/local.js';
import type { DriverKind } from '../../src/queue/queue.js';
import { driverAt, hurry } from './places.js';

// Takes a job and never ends it: the test ends this process while it works.
const [kind, where, name, id, word] = process.argv.slice(2) as [DriverKind, string, string, string, string];
const local = localDriver(where, { timing: hurry, onTrouble: () => {} });
const queue = await (kind === 'local' ? local : driverAt({ kind, where })).open(name);
await queue.add(id, { mail: 1 });
await queue.work(
  () => {
    process.stdout.write(word === 'tell-server' ? `server ${local.pid}\n` : 'working\n');
    return new Promise(() => {});
  },
  { jobs: 1 },
);
