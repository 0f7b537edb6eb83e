import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** What the server does with the next mail. */
export type Behaviour =
  | 'take'
  | 'later'
  | 'refuse'
  | 'refuse-after'
  | 'hang'
  | 'cut'
  | 'cut-after'
  | 'busy'
  | 'wrong-password';

interface Taken {
  from: string;
  to: string[];
  text: string;
}

/** A real SMTP or LMTP server on loopback that misbehaves as it is told; what it took is in `taken`. */
export async function mailServer(lmtp = false) {
  const taken: Taken[] = [];
  /** Those that were told to come again. */
  const strangers = new Set<string>();
  const state = { behaviour: 'take' as Behaviour, seen: 0 };
  const refusal = (responseCode: number) => Object.assign(new Error('not now'), { responseCode });
  const server = new SMTPServer({
    lmtp,
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onConnect(_session, callback) {
      callback(state.behaviour === 'busy' ? refusal(554) : undefined);
    },
    onAuth({ username }, _session, callback) {
      if (state.behaviour === 'wrong-password') callback(refusal(535));
      else callback(null, { user: username });
    },
    onRcptTo(address, _session, callback) {
      const isStranger = address.address.startsWith('stranger@') && !strangers.has(address.address);
      strangers.add(address.address);
      if (state.behaviour === 'later' || isStranger) callback(refusal(450));
      else if (state.behaviour === 'refuse' || address.address.startsWith('nobody@')) callback(refusal(550));
      else callback();
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (state.behaviour === 'cut') (stream as never as { session: never }) && cut();
      });
      stream.on('end', () => {
        state.seen++;
        if (state.behaviour === 'hang') return;
        if (state.behaviour === 'refuse-after') return callback(refusal(554));
        const { mailFrom, rcptTo } = session.envelope;
        taken.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString('utf8'),
        });
        if (state.behaviour === 'cut-after') return cut();
        callback();
      });
    },
  });
  server.on('error', () => {});
  const cut = () => {
    for (const connection of (server as never as { connections: Set<{ _socket: { destroy(): void } }> })
      .connections)
      connection._socket.destroy();
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return {
    taken,
    state,
    url: `${lmtp ? 'lmtp' : 'smtp'}://127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
