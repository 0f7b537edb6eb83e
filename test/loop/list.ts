import type { AddressInfo } from 'node:net';
import { createTransport } from 'nodemailer';
import { SMTPServer } from 'smtp-server';

/** A mailing list in miniature. */
export interface List {
  /** Of its mail server, which takes whatever is mailed to the list. */
  url: string;
  /** Mails to people, who are on no list. */
  private: { to: string[]; text: string }[];
  /** Posts a mail to the list as a person's mail program does. */
  post(raw: Buffer): Promise<void>;
  close(): Promise<void>;
}

/** Puts in front what a list puts there; `id`: what stands before and behind the @ of its address. */
function listed(raw: Buffer, address: string): Buffer {
  const added = `Precedence: bulk\nList-Id: <${address.replace('@', '.')}>\nList-Post: <mailto:${address}>\n`;
  return Buffer.concat([Buffer.from(added), raw]);
}

/**
 * Opens a list on loopback: what its mail server takes is handed to an archive as it is, and to every subscriber
 * with the headers of a list. `people`: who gets mail that is for them alone.
 */
export async function openList(
  address: string,
  archive: (raw: Buffer) => void,
  subscribers: ((raw: Buffer) => void)[],
  people: Record<string, (raw: Buffer) => void> = {},
): Promise<List> {
  const toPeople: List['private'] = [];
  const take = (raw: Buffer, to: string[]) => {
    const others = to.filter((each) => each !== address);
    if (others.length > 0) toPeople.push({ to: others, text: raw.toString('utf8') });
    for (const each of others) people[each]?.(raw);
    if (others.length === to.length) return;
    archive(raw);
    for (const subscriber of subscribers) subscriber(listed(raw, address));
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        // Mail servers hand mails over with the line ends of the machine.
        const raw = Buffer.from(Buffer.concat(chunks).toString('latin1').replace(/\r\n/g, '\n'), 'latin1');
        try {
          take(
            raw,
            envelope.rcptTo.map((each) => each.address),
          );
          done();
        } catch (error) {
          done(error as Error);
        }
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  const poster = createTransport({ host: '127.0.0.1', port, secure: false });
  return {
    url: `smtp://127.0.0.1:${port}`,
    private: toPeople,
    async post(raw) {
      await poster.sendMail({ envelope: { from: 'dev@example.org', to: [address] }, raw });
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
