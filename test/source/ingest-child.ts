import { ingest } from '../../src/intake/ingest.js';
import { openSource } from '../../src/source/open.js';
import { openStore } from '../../src/store/store.js';

/** Takes a source into a store a few mails at a time, until somebody kills it. */
const [address, file, batch] = process.argv.slice(2) as [string, string, string];
const inbox = await openSource(address, {
  environment: {},
  stdin: process.stdin,
  patience: { firstMs: 10, mostMs: 10, tries: 2, onTrouble: () => {}, signal: new AbortController().signal },
});
const store = openStore(file);
const onProgress = ({ done }: { done: number }) => void process.stdout.write(`${done}\n`);
await ingest(inbox, store, { onProgress, batch: { arrivals: Number(batch), bytes: 1 << 20 } });
store.close();
