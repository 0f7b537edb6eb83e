import { type ComponentChild, h } from 'preact';
import type { Finding } from '../../finding/finding.js';
import type { PatchReview } from '../../finding/review.js';
import { defaultContext } from '../../report/context.js';
import { escapeLine } from '../../report/escape.js';
import { findingNode } from '../../report/html.js';
import type { SeriesView } from '../board.js';
import { pathTo } from './words.js';

/** One finding with its interleaving: the same picture as in a report that stands alone. */
export function findingPage(series: SeriesView, patch: PatchReview, finding: Finding): ComponentChild {
  const one = series.result?.outcome === 'reviewed' && series.result.report.patches.length === 1;
  const saved = { what: 'this patch', elsewhere: true };
  const context = { ...defaultContext, patchName: patch.messageId ?? series.messageId, saved };
  return [
    h('nav', { class: 'trail', 'aria-label': 'Where this is' }, [
      h('a', { href: pathTo('series', series.id) }, escapeLine(series.subject) || '(no subject)'),
      one ? '' : ` / ${escapeLine(patch.subject)}`,
    ]),
    findingNode(finding, patch, context, 'h1'),
    finding.race === null
      ? null
      : h('p', {}, [
          'The race in the catalogue: ',
          h('a', { href: pathTo('races', finding.race) }, escapeLine(finding.race)),
        ]),
  ];
}
