import { writeFileSync } from 'node:fs';
import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { type ComponentChild, h } from 'preact';
import { render } from 'preact-render-to-string';
import { optimiseLate } from '../../src/config/optimise-late.js';
import { isBuilt } from './built.js';
import { type Curve, growthOf } from './growth.js';

/** Pixels. */
const panel = { width: 400, height: 300, left: 58, top: 40, gap: 76 };
const width = panel.left + 2 * panel.width + panel.gap + 12;
const keyTop = panel.top + panel.height + 78;
const keyLine = 20;

const style = `text { font: 13px ui-sans-serif, system-ui, sans-serif; fill: #1b1f24 } .q { fill: #5d6772 } .e { text-anchor: end } .m { text-anchor: middle }
.bg { fill: #fff } .rule { stroke: #e3e7eb } path.line { fill: none; stroke-width: 2 }
.c0 { stroke: #a23b72; fill: #a23b72 } .c1 { stroke: #0b7a75; fill: #0b7a75 } .c2 { stroke: #3f5fbf; fill: #3f5fbf } .c3 { stroke: #a15c00; fill: #a15c00 } .c4 { stroke: #4f7a28; fill: #4f7a28 }
@media (prefers-color-scheme: dark) { text { fill: #e4e7eb } .q { fill: #a3adb8 } .bg { fill: #14171a } .rule { stroke: #2c3238 }
.c0 { stroke: #f28bbf; fill: #f28bbf } .c1 { stroke: #4fd1c5; fill: #4fd1c5 } .c2 { stroke: #9db4ff; fill: #9db4ff } .c3 { stroke: #f0b35b; fill: #f0b35b } .c4 { stroke: #a9d67a; fill: #a9d67a } }`;

/** One kind of figure, by what grows. */
interface Panel {
  title: string;
  unit: string;
  from: number;
  to: number;
  value: (point: Curve['points'][number]) => number | null;
}

const panels: Panel[] = [
  { title: 'states', unit: '', from: 1, to: 30_000, value: ({ states }) => states },
  { title: 'processor time', unit: ' ms', from: 0.3, to: 300, value: ({ ms }) => ms },
];

/** How states and time of fs/dax.c grow, drawn; both logarithmic, so that what grows by a factor is a straight line. */
function plotGrowth(curves: readonly Curve[]): string {
  const height = keyTop + curves.length * keyLine + 12;
  const picture = h(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, role: 'img' },
    h('title', null, 'How states and time grow'),
    h('style', null, style),
    h('rect', { class: 'bg', width, height }),
    ...panels.map((one, n) => panelOf(one, curves, panel.left + n * (panel.width + panel.gap))),
    h('text', { class: 'q', x: panel.left, y: keyTop - keyLine - 4 }, 'by the number of'),
    ...curves.map(({ name }, n) => keyOf(name, n)),
  );
  return `${render(picture as never)}\n`;
}

function panelOf(
  { title, unit, from, to, value }: Panel,
  curves: readonly Curve[],
  left: number,
): ComponentChild {
  const last = Math.max(...curves.flatMap(({ points }) => points.map(({ at }) => at)));
  const x = scaleLinear([1, last], [left, left + panel.width]);
  const y = scaleLog([from, to], [panel.top + panel.height, panel.top]);
  const tens = y.ticks().filter((tick) => Math.log10(tick) % 1 === 0);
  return h(
    'g',
    null,
    h('text', { x: left, y: panel.top - 16 }, title),
    ...tens.flatMap((tick) => [
      h('line', { class: 'rule', x1: left, x2: left + panel.width, y1: y(tick), y2: y(tick) }),
      h('text', { class: 'q e', x: left - 8, y: y(tick) + 4 }, `${tick.toLocaleString('en')}${unit}`),
    ]),
    ...x
      .ticks(last)
      .map((tick) => h('text', { class: 'q m', x: x(tick), y: panel.top + panel.height + 20 }, tick)),
    ...curves.map(({ points }, n) =>
      curveOf(points, n, (point) => {
        const found = value(point);
        return found === null ? undefined : [x(point.at), y(Math.max(from, found))];
      }),
    ),
  );
}

function curveOf(
  points: Curve['points'],
  n: number,
  placeOf: (point: Curve['points'][number]) => [number, number] | undefined,
): ComponentChild {
  const places = points.flatMap((point) => {
    const place = placeOf(point);
    return place === undefined ? [] : [place];
  });
  return h(
    'g',
    { class: `c${n}` },
    h('path', { class: `line c${n}`, d: line().digits(1)(places) ?? '' }),
    ...places.map(([cx, cy]) => h('circle', { cx: cx.toFixed(1), cy: cy.toFixed(1), r: 3.5 })),
  );
}

function keyOf(name: string, n: number): ComponentChild {
  const y = keyTop + n * keyLine;
  return h(
    'g',
    null,
    h('circle', { class: `c${n}`, cx: panel.left + 5, cy: y - 4, r: 5 }),
    h('text', { x: panel.left + 20, y }, name),
  );
}

/** `npm run plot:growth -- FILE [TREE]`. */
async function main([file, tree]: string[]): Promise<void> {
  if (file === undefined) throw new Error('where to? npm run plot:growth -- FILE [TREE]');
  if (!isBuilt) throw new Error('dist/ is not there: npm run build comes first');
  optimiseLate();
  writeFileSync(file, plotGrowth(await growthOf({ tree })));
}

await main(process.argv.slice(2));
