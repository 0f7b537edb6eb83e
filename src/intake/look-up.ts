import type { Input, LookUpOptions } from '../finding/input.js';
import type { Problem } from '../finding/problem.js';
import { joinMbox } from '../mail/join-mbox.js';
import { inputLimit } from '../mail/read.js';
import { fetchThread, threadAddress } from '../source/archive.js';
import { askBytes } from '../source/http.js';
import { isMaildir, openMaildir } from '../source/maildir.js';
import { readRange } from '../source/read-range.js';
import { SourceFailure } from '../source/source-failure.js';
import { openStore } from '../store/store.js';

/** A Message-ID: with its brackets whatever it holds, without them when it can be nothing else. */
function readMessageId(name: string): string | undefined {
  const inBrackets = /^<([^<>\s]{1,998})>$/.exec(name)?.[1];
  if (inBrackets !== undefined) return inBrackets;
  // HEAD@{1}, @~3.. and a..b@c are what git calls commits.
  return /^[^\s/@<>]+@(?!\{)[^\s/@<>]+$/.test(name) && !name.includes('..') ? name : undefined;
}

async function readMaildir(folder: string): Promise<Buffer> {
  const mails: Buffer[] = [];
  let bytes = 0;
  for await (const arrival of openMaildir(folder).read(undefined)) {
    if (arrival.kind !== 'mail') continue;
    mails.push(arrival.raw);
    bytes += arrival.raw.length;
    if (mails.length > inputLimit.messages || bytes > inputLimit.bytes)
      throw new SourceFailure('damaged', `${folder}: it holds more than a review reads; give one posting`);
  }
  if (mails.length === 0) throw new SourceFailure('damaged', `${folder}: there is no mail in it`);
  return joinMbox(mails);
}

async function readAddress(address: string): Promise<Input> {
  const thread = threadAddress(address);
  if (thread === undefined || /\/raw\/?$/.test(address))
    return { bytes: await askBytes(address, inputLimit.bytes) };
  return { bytes: await fetchThread(thread.base, thread.messageId), wanted: thread.messageId };
}

function threadIn(file: string, messageId: string): Buffer[] {
  let store: ReturnType<typeof openStore>;
  try {
    store = openStore(file);
  } catch (cause) {
    throw new SourceFailure('refused', (cause as Error).message, { cause });
  }
  try {
    return store.thread(messageId, inputLimit.messages);
  } finally {
    store.close();
  }
}

async function readMail(messageId: string, { store, from }: LookUpOptions): Promise<Input | Problem> {
  if (store === undefined && from === undefined)
    return { problem: 'say where the mail is: --store FILE, or --from https://host/list/', exit: 2 };
  const kept = store === undefined ? [] : threadIn(store, messageId);
  if (kept.length > 0) return { bytes: joinMbox(kept), wanted: messageId };
  if (from === undefined)
    throw new SourceFailure('damaged', `<${messageId}>: ${store} does not have this mail`);
  return { bytes: await fetchThread(from, messageId), wanted: messageId };
}

/**
 * What a name means that is no file: a Maildir, the address of a mail or of a patch, a Message-ID, or commits
 * of the checkout that one stands in. A problem is one clear line; nothing is asked over the network unless
 * the name or an option says so.
 */
export async function lookUp(name: string, options: LookUpOptions): Promise<Input | Problem> {
  try {
    if (await isMaildir(name)) return { bytes: await readMaildir(name) };
    if (name.includes('://')) return await readAddress(name);
    const messageId = readMessageId(name);
    if (messageId !== undefined) return await readMail(messageId, options);
    const range = await readRange(name, process.cwd());
    return (
      range ?? { problem: `${name}: there is no such file, and no checkout to look for commits in`, exit: 3 }
    );
  } catch (error) {
    if (error instanceof SourceFailure)
      return { problem: error.message, exit: error.kind === 'lost' ? 4 : 3 };
    throw error;
  }
}
