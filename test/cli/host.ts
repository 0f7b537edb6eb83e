import type { Analysis } from '../../src/command/analysis.js';
import type { Host } from '../../src/command/host.js';
import type { CommonFlags } from '../../src/command/option.js';
import { message, review } from '../report/sample.js';

/** A host that remembers what was written, with an analysis whose answers a test chooses. */
export function fakeHost(analysis: Partial<Analysis> = {}, more: Partial<Host> = {}) {
  const out: string[] = [];
  const said: string[] = [];
  const missing = () => Promise.reject(new Error('not part of this test'));
  const host: Host = {
    analysis: {
      review: () => Promise.resolve(review),
      check: missing,
      selfTest: missing,
      catalogue: () => Promise.resolve([]),
      replayWitness: missing,
      covers: missing,
      match: missing,
      matrix: missing,
      evaluate: missing,
      correspondence: missing,
      asDaemon: missing,
      daemonOptions: missing,
      changeHooks: missing,
      lookUp: missing,
      reviewPull: missing,
      takeIn: missing,
      serve: missing,
      work: missing,
      status: missing,
      messages: () => Promise.resolve(new Map([[message.messageId, message]])),
      ...analysis,
    },
    write: (text) => Promise.resolve(void out.push(text)),
    say: (text) => void said.push(text),
    readInput: () => Promise.resolve(Buffer.from('a patch')),
    input: (async function* () {})(),
    untilStopped: () => new AbortController().signal,
    signals: () => ({ onStop: () => {}, onReload: () => {} }),
    inputIsTerminal: false,
    outputIsTerminal: false,
    errorIsTerminal: false,
    columns: undefined,
    screen: () => ({ columns: 80, rows: 24 }),
    keys: async function* () {},
    hyperlinks: false,
    environment: {},
    now: () => 0,
    ...more,
  };
  return { host, output: () => out.join(''), said: () => said.join('') };
}

export function flags(more: Partial<CommonFlags> = {}): CommonFlags {
  return { tree: [], race: [], full: false, config: new Map(), explain: false, ...more };
}
