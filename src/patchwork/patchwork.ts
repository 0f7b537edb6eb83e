import type { Check } from './check.js';

export interface PatchworkOptions {
  /** Its address without `/api`. */
  url: string;
  project: string;
  token: string;
  /** Names our checks among those of others. */
  context: string;
}

/** It said no, or nothing. The message names neither an address nor a token. */
export class PatchworkRefusal extends Error {
  constructor(
    message: string,
    /** When one may ask again, where it said so; ms from now. */
    readonly waitMs: number | undefined,
  ) {
    super(message);
  }
}

const limitMs = 20_000;
const mostBytes = 2_000_000;
const mostWaitMs = 86_400_000;

/** A Patchwork by its REST API (1.2): finds patches by Message-ID and shows checks beside them. */
export class Patchwork {
  constructor(private readonly options: PatchworkOptions) {}

  /** The patch of a mail; undefined while Patchwork does not have it. */
  async find(messageId: string): Promise<number | undefined> {
    const question = new URLSearchParams({ project: this.options.project, msgid: messageId });
    const found = (await this.ask('GET', `patches/?${question}`)) as { id?: unknown; msgid?: unknown }[];
    const own = Array.isArray(found) ? found.find(({ msgid }) => msgid === `<${messageId}>`) : undefined;
    return typeof own?.id === 'number' ? own.id : undefined;
  }

  /** Shows a check beside a patch; answers false when the newest of ours says the same already. */
  async put(patch: number, check: Check, targetUrl: string): Promise<boolean> {
    const { context } = this.options;
    const question = new URLSearchParams({ context, per_page: '100' });
    const known = (await this.ask('GET', `patches/${patch}/checks/?${question}`)) as {
      id: number;
      context: string;
      state: string;
      description: string | null;
      target_url: string | null;
    }[];
    const ours = (Array.isArray(known) ? known : []).filter((each) => each.context === context);
    const newest = ours.sort((a, b) => a.id - b.id).at(-1);
    if (
      newest?.state === check.state &&
      newest.description === check.description &&
      (newest.target_url ?? '') === targetUrl
    )
      return false;
    await this.ask('POST', `patches/${patch}/checks/`, { ...check, context, target_url: targetUrl });
    return true;
  }

  private async ask(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> {
    const { url, token } = this.options;
    const headers: Record<string, string> = {
      accept: 'application/json',
      'user-agent': 'faultline',
      ...(method === 'POST' ? { authorization: `Token ${token}`, 'content-type': 'application/json' } : {}),
    };
    const response = await fetch(`${url.replace(/(?<!\/)\/+$/, '')}/api/1.2/${path}`, {
      method,
      headers,
      // A redirect would take the token to where nobody meant it to go.
      redirect: 'error',
      signal: AbortSignal.timeout(limitMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch(() => {
      throw new PatchworkRefusal('it cannot be reached', undefined);
    });
    if (!response.ok) throw new PatchworkRefusal(`it answered ${response.status}`, waitOf(response));
    return parse(await bodyOf(response));
  }
}

function waitOf({ headers }: Response): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return seconds >= 0 ? Math.min(seconds * 1000, mostWaitMs) : undefined;
}

async function bodyOf(response: Response): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new PatchworkRefusal(`it answered more than ${mostBytes} bytes`, undefined);
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PatchworkRefusal('it answered no JSON', undefined);
  }
}
