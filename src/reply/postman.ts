import type { Config } from '../config/config.js';
import { readSecret } from '../config/secret.js';
import { strictest } from '../policy/strictest.js';
import type { Outbox } from './outbox.js';
import { sendNext } from './send.js';
import { openTransport, type Transport } from './transport.js';

/** Mails in one round; what is left goes in the next. */
const mostMails = 20;

/** Sends what is due, as long as the configuration lets anything leave. */
export class Postman {
  private open: { server: string; transport: Transport } | undefined;

  constructor(
    private readonly outbox: Outbox,
    private readonly config: () => Config,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly onTurn: (turn: string) => void,
  ) {}

  async round(nowMs: () => number): Promise<void> {
    const { mail } = this.config();
    if (mail.dryRun || mail.smtp === undefined || this.outbox.due(nowMs()) === undefined) return;
    const transport = await this.transport(mail.smtp);
    const capsOf = (lists: readonly string[]) => strictest(this.config(), lists).caps;
    for (let count = 0; count < mostMails; count++) {
      const turn = await sendNext({ outbox: this.outbox, transport, capsOf, now: nowMs });
      if (turn === 'nothing') return;
      this.onTurn(turn);
    }
  }

  private async transport(smtp: NonNullable<Config['mail']['smtp']>): Promise<Transport> {
    const server = JSON.stringify(smtp);
    if (this.open?.server === server) return this.open.transport;
    this.close();
    const password = smtp.password && readSecret(smtp.password, this.environment);
    const transport = await openTransport({ url: smtp.url, password });
    this.open = { server, transport };
    return transport;
  }

  close(): void {
    this.open?.transport.close();
    this.open = undefined;
  }
}
