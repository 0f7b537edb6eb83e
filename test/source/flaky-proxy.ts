import { connect, createServer, type Socket } from 'node:net';

export interface FlakyProxy {
  port: number;
  connections(): number;
  /** Breaks every connection there is. */
  breakAll(): void;
  stop(): Promise<void>;
}

/**
 * Stands between a client and a server on loopback. The connection with the number n breaks after so many
 * bytes of the server as `lives` says; those behind its end live on.
 */
export function flakyProxy(target: number, lives: number[]): Promise<FlakyProxy> {
  const open = new Set<Socket>();
  let count = 0;
  const server = createServer((client) => {
    let left = lives[count++] ?? Number.POSITIVE_INFINITY;
    const upstream = connect(target, '127.0.0.1');
    const end = () => {
      for (const socket of [client, upstream]) {
        socket.destroy();
        open.delete(socket);
      }
    };
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', end).on('close', end);
    }
    if (left === 0) return end();
    client.pipe(upstream);
    upstream.on('data', (bytes: Buffer) => {
      client.write(bytes.subarray(0, left));
      left -= bytes.length;
      if (left <= 0) setTimeout(end, 5);
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve({
        port: (server.address() as { port: number }).port,
        connections: () => count,
        breakAll: () => {
          for (const socket of open) socket.destroy();
        },
        stop: () =>
          new Promise((done) => {
            for (const socket of open) socket.destroy();
            server.close(() => done());
          }),
      });
    });
  });
}
