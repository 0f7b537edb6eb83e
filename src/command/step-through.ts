import type { Finding } from '../finding/finding.js';
import { clashOf } from '../report/clash.js';
import { palette } from '../report/colour.js';
import type { ReportContext } from '../report/context.js';
import { escapeLine } from '../report/escape.js';
import { drawFrame } from '../report/frame.js';
import { storyOf } from '../report/page/story.js';
import type { Host } from './host.js';

/** Another screen than the one with the reader's commands on it, without a cursor; and back. */
const enter = '\x1b[?1049h\x1b[?25l';
const leave = '\x1b[?25h\x1b[?1049l';

/** Where a key leads, from one of `count` steps. */
function nextStep(key: string, at: number, count: number): number {
  const moves: Record<string, number> = {
    ...{ '\x1b[A': at - 1, '\x1b[D': at - 1, '\x1bOA': at - 1, k: at - 1, '\x1b[5~': at - 10 },
    ...{ '\x1b[B': at + 1, '\x1b[C': at + 1, '\x1bOB': at + 1, j: at + 1, ' ': at + 1, '\r': at + 1 },
    ...{ '\x1b[6~': at + 10, g: 0, '\x1b[H': 0, G: count - 1, '\x1b[F': count - 1 },
  };
  return Math.max(0, Math.min(count - 1, moves[key] ?? at));
}

/** `q`, Escape, Ctrl-C and Ctrl-D. */
const leaves = ['q', '\x1b', '\x03', '\x04'];

/** Steps through a finding's interleaving on a terminal until the reader leaves it. */
export async function stepThrough(finding: Finding, context: ReportContext, host: Host): Promise<void> {
  const { trace, rule, location } = finding;
  const story = storyOf(trace, context.explain, clashOf(trace, rule));
  if (story.scenes.length === 0) return;
  const title = escapeLine(`${rule} in ${location.function}(), ${location.file}:${location.line}`);
  let at = 0;
  const show = () => {
    const screen = { ...host.screen(), colours: palette(context.colour) };
    const lines = drawFrame(story, title, at, screen).map((line) => `${line}\x1b[K`);
    return host.write(`\x1b[H${lines.join('\r\n')}\x1b[J`);
  };
  await host.write(enter);
  try {
    await show();
    for await (const key of host.keys()) {
      if (leaves.includes(key)) break;
      at = nextStep(key, at, story.scenes.length);
      await show();
    }
  } finally {
    await host.write(leave);
  }
}
