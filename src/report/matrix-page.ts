import { h } from 'preact';
import type { MatrixReport } from '../finding/matrix.js';
import { htmlDocument } from './page/document.js';
import { heatMap } from './page/heat-map.js';

/** Races by kernels as one page that needs nothing beside itself. */
export function matrixPage(report: MatrixReport): string {
  const title = 'Faultline: races by kernels';
  const intro = h('p', { class: 'quiet' }, 'Each cell was executed.');
  return htmlDocument(title, h('main', {}, [h('h1', {}, title), intro, heatMap(report)]), false);
}
