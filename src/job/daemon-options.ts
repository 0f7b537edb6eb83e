import type { Config } from '../config/config.js';
import type { ReviewOptions } from '../finding/request.js';
import { readMessages } from '../mail/read.js';
import { listsOf } from '../policy/lists.js';
import { gatherSeries } from '../series/gather.js';
import { readSubject } from '../series/read-subject.js';
import { optionsFor } from './do-job.js';
import { recipients } from './plan.js';

/** Where a daemon with this configuration would look for the code that some mails change, and how far it would search. */
export async function daemonOptions(
  input: Buffer,
  config: Config,
  wanted?: string,
): Promise<Pick<ReviewOptions, 'trees' | 'budget'>> {
  const read = await readMessages(input);
  // Why it cannot be read is told by the review.
  if ('problem' in read || read.messages.length === 0) return { trees: [] };
  const series = gatherSeries(read.messages, wanted);
  const mails = series.cover === undefined ? series.patches : [series.cover, ...series.patches];
  const lists = listsOf(series.lists, mails.flatMap(recipients), new Set(Object.keys(config.lists)));
  const { words } = readSubject(mails[0]?.subject ?? '');
  const { trees, budget } = optionsFor(config, { lists, words });
  return { trees, ...(budget === undefined ? {} : { budget }) };
}
