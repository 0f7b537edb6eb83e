import type { Waiting } from '../job/find-status.js';
import type { Analysis } from './analysis.js';

/** The stages themselves. Each is imported by the command that needs it, so that `--help` stays quick. */
export const stages: Analysis = {
  review: async (input, options) => (await import('../review.js')).review(input, options),
  check: async (tree, options) => (await import('../race/check.js')).check(tree, options),
  selfTest: async (ids, options) => (await import('../race/self-test.js')).selfTest(ids, options),
  catalogue: async () => (await import('../race/read.js')).readCatalogue(),
  replayWitness: async (witness, options) =>
    (await import('../path/path-witness.js')).isPathWitness(witness)
      ? (await import('../path/replay-path-witness.js')).replayPathWitness(witness, options)
      : (await import('../race/replay-witness.js')).replayWitness(witness, options),
  covers: async (target, options) => (await import('../race/covers.js')).covers(target, options),
  match: async (text) => (await import('../symptom/match.js')).matchReport(text),
  matrix: async (options) => (await import('../race/matrix.js')).matrix(options),
  evaluate: async (folder, options) => (await import('../truth/evaluate.js')).evaluate(folder, options),
  lookUp: async (name, options) => (await import('../intake/look-up.js')).lookUp(name, options),
  takeIn: async (options) => (await import('../intake/take-in.js')).takeIn(options),
  reviewPull: async (asked, options) => (await import('./pull.js')).reviewNamedPull(asked, options),
  changeHooks: async (what, folder, command) =>
    (await import('../hook/install.js')).changeHooks(what, folder, command),
  asDaemon: async (context, config) =>
    (await import('../reply/daemon-context.js')).daemonContext(context, config),
  daemonOptions: async (input, config, wanted) =>
    (await import('../job/daemon-options.js')).daemonOptions(input, config, wanted),
  correspondence: async (file) => (await import('../reply/correspondence.js')).openCorrespondence(file),
  serve: async (request) => (await import('../daemon.js')).serve(request),
  work: async (request) => (await import('../worker.js')).work(request),
  status: async (config, environment) =>
    (await import('../job/find-status.js')).findStatus(config, environment, readWaiting),
  messages: async (input) => (await import('../mail/answered.js')).answeredMessages(input),
};

/** What is older was seen, or is of no use any more. */
const mostNotices = 5;

async function readWaiting(file: string): Promise<Waiting> {
  const letters = (await import('../reply/correspondence.js')).openCorrespondence(file);
  try {
    return { held: letters.outbox.count('held'), notices: letters.objections.notices(mostNotices) };
  } finally {
    letters.close();
  }
}
