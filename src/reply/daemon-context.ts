import type { Config } from '../config/config.js';
import { listsOf } from '../policy/lists.js';
import { strictest } from '../policy/strictest.js';
import type { ReportContext } from '../report/context.js';
import { mailContext } from './answer.js';

/** A report's context as a daemon with this configuration would have it for mails that no list has marked. */
export function daemonContext(context: ReportContext, config: Config): ReportContext {
  const known = new Set(Object.keys(config.lists));
  const addressees = [...context.messages.values()].flatMap(({ to, cc }) => [...to, ...cc]);
  const lists = listsOf(
    [],
    addressees.map(({ address }) => address),
    known,
  );
  const { sender, audience } = mailContext(config, strictest(config, lists), context);
  return { ...context, sender, audience };
}
