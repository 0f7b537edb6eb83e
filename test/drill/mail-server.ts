import { createHash } from 'node:crypto';
import { SMTPServer } from 'smtp-server';

/** What a mail server saw, by Message-ID. */
export interface Archive {
  port: number;
  /** How often each mail was taken, and its different bytes. */
  copies: Map<string, { times: number; texts: Set<string> }>;
  /** Times that it refused for now, and that it took a mail and said nothing. */
  refused: number;
  vanished: number;
  close(): Promise<void>;
}

const idOf = (mail: Buffer) => /^Message-ID: <([^>]+)>/m.exec(mail.toString('latin1'))?.[1] ?? '(none)';

/** A mail server on the loopback interface that is out of order every now and then. */
export function startMailServer(random: () => number): Promise<Archive> {
  const copies: Archive['copies'] = new Map();
  const struck = new Set<string>();
  const archive = { port: 0, copies, refused: 0, vanished: 0, close: async () => {} };
  const keep = (mail: Buffer) => {
    const entry = copies.get(idOf(mail)) ?? { times: 0, texts: new Set<string>() };
    entry.times++;
    entry.texts.add(createHash('sha256').update(mail).digest('hex'));
    copies.set(idOf(mail), entry);
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const mail = Buffer.concat(chunks);
        // Once a mail: the pauses of who sends double, and a drill should end.
        const luck = struck.has(idOf(mail)) ? 0.5 : random();
        if (luck <= 0.35) struck.add(idOf(mail));
        if (luck < 0.2) {
          archive.refused++;
          done(Object.assign(new Error('try again later'), { responseCode: 451 }));
          return;
        }
        keep(mail);
        if (luck > 0.35) return done();
        archive.vanished++;
        for (const connection of server.connections)
          if ((connection as unknown as { id: string }).id === session.id)
            (connection as unknown as { _socket: { destroy(): void } })._socket.destroy();
      });
    },
  });
  server.on('error', () => {});
  return new Promise((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => {
      archive.port = (listening.address() as { port: number }).port;
      archive.close = () => new Promise((closed) => server.close(() => closed()));
      resolve(archive);
    });
  });
}
