import type { KernelReport, Symptom } from './report.js';

/** Reports have a hundred lines; a whole boot log has some ten thousand. */
const limit = { characters: 2_000_000, lineCharacters: 500, names: 400 } as const;

/** What a kernel writes, by what it means. The first words of these lines have hardly changed in twenty years. */
const marks: [RegExp, Symptom][] = [
  [/NULL pointer dereference|null-ptr-deref/i, 'NULL pointer dereference'],
  [/unable to handle (?:kernel )?(?:paging request|page fault)|general protection fault/i, 'paging request'],
  [/(?:KASAN|KFENCE): (?:slab-)?use-after-free/i, 'use after free'],
  [/possible recursive locking/i, 'recursive locking'],
  [/possible circular locking/i, 'circular locking'],
  [/bad unlock balance/i, 'bad unlock balance'],
  [/(?:still has locks held|locks? held when returning to user ?space)/i, 'lock held at the end'],
  [/sleeping function called from invalid context|scheduling while atomic/i, 'sleep in atomic context'],
  [/blocked for more than \d+ seconds/i, 'hung task'],
  [/soft lockup|hard LOCKUP|self-detected stall|detected stalls? on/i, 'soft lockup'],
  [/\bbad pmd\b|Bad page map|Bad rss-counter|Bad page state/i, 'bad page table'],
  [/\bWARNING: (?:CPU|at)\b/, 'warning'],
  [/\bkernel BUG at\b/i, 'BUG'],
];

/** `? name.isra.68+0x3a/0x100 [module]`, with or without the address before it. */
const frame = /(?:^|[\s\]:])(\? )?([a-zA-Z_]\w{1,60})(?:\.[\w.]{1,40})?\+0x[0-9a-f]{1,8}\/0x[0-9a-f]{1,8}/g;
const call = /\b([a-z_]\w{3,60})\(\)/g;
const kernelName =
  /(?:Not tainted|Tainted: [A-Z ]{1,40}|CPU: \d+ [^\n]{0,80}?) (\d{1,2}\.\d{1,3}(?:\.\d{1,3})?(?:-rc\d{1,2})?)/;
const commit = /\b[0-9a-f]{12}(?=[0-9a-f]{0,28}\b)/g;

/** Reads an oops, a lockdep splat, the trace of a hung task, or a mail about any of them. Never fails. */
export function readReport(text: string): KernelReport {
  const lines = text
    .slice(0, limit.characters)
    .split('\n')
    .map((line) => line.slice(0, limit.lineCharacters).replace(/^(?:[ \t]*>)+[ \t]?/, ''));
  const whole = lines.join('\n');
  const traced = new Set<string>();
  for (const line of lines) {
    for (const [, doubted, name] of line.matchAll(frame)) {
      if (doubted === undefined && traced.size < limit.names) traced.add(name as string);
    }
  }
  return {
    symptoms: marks.filter(([mark]) => lines.some((line) => mark.test(line))).map(([, symptom]) => symptom),
    traced: [...traced],
    named: firstOf(whole, call),
    commits: firstOf(whole, commit),
    prose: whole.toLowerCase().replace(/\s+/g, ' '),
    kernel: kernelName.exec(whole)?.[1],
  };
}

function firstOf(text: string, pattern: RegExp): string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(pattern)) {
    if (found.size >= limit.names) break;
    found.add(match[1] ?? match[0]);
  }
  return [...found];
}
