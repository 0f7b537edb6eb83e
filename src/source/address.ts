import { readFile } from 'node:fs/promises';
import { SourceFailure } from './source-failure.js';

/** Where a server is and who asks. */
export interface Account {
  host: string;
  port: number;
  /** Encrypted from the first byte on. */
  secure: boolean;
  user: string | undefined;
  password: string | undefined;
  /** The folder or newsgroup; empty when the address names none. */
  folder: string;
  /** The address without user and password. */
  name: string;
}

type Environment = Record<string, string | undefined>;

const ports: Record<string, number> = { 'imap:': 143, 'imaps:': 993, 'nntp:': 119, 'nntps:': 563 };

/** Secrets come from the environment or from a file: a command line is read by everybody on the machine. */
async function passwordOf(url: URL, environment: Environment): Promise<string | undefined> {
  if (url.password !== '') return decodeURIComponent(url.password);
  const { FAULTLINE_PASSWORD: given, FAULTLINE_PASSWORD_FILE: file } = environment;
  if (given !== undefined || file === undefined) return given;
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new SourceFailure('refused', `${file}: the password cannot be read (${cause.code})`, { cause });
  });
  return text.split(/\r?\n/)[0]!;
}

/** Whether a host is this machine itself. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Reads `imaps://user@host:port/folder`. Throws a SourceFailure for what is no such address. */
export async function readAccount(address: string, environment: Environment): Promise<Account> {
  let url: URL;
  let folder: string;
  let user: string;
  try {
    url = new URL(address);
    folder = decodeURIComponent(url.pathname.replace(/^\//, ''));
    user = decodeURIComponent(url.username);
  } catch (cause) {
    throw new SourceFailure('refused', 'the address of the source cannot be read', { cause });
  }
  if (url.hostname === '' || /[\x00-\x1f\x7f]/.test(folder + user))
    throw new SourceFailure('refused', 'the address of the source names no server');
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? ports[url.protocol]! : Number(url.port),
    secure: url.protocol.endsWith('s:'),
    user: user === '' ? undefined : user,
    password: await passwordOf(url, environment),
    folder,
    name: `${url.protocol}//${url.host}/${encodeURI(folder)}`,
  };
}
