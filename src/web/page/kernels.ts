import { type ComponentChild, h } from 'preact';
import type { MatrixReport } from '../../finding/matrix.js';
import { escapeLine } from '../../report/escape.js';
import { heatMap } from '../../report/page/heat-map.js';
import { pathTo } from './words.js';

/** Which race is in which kernel. */
export function kernelsPage(matrix: MatrixReport | string): ComponentChild {
  if (typeof matrix === 'string')
    return [h('h1', {}, 'Races by kernels'), h('p', { class: 'empty' }, escapeLine(matrix))];
  return [
    h('h1', {}, 'Races by kernels'),
    h(
      'p',
      { class: 'lead' },
      `${matrix.rows.length} races on ${matrix.trees.length} kernels; each cell was executed.`,
    ),
    heatMap(matrix, (race) => pathTo('races', race)),
  ];
}
