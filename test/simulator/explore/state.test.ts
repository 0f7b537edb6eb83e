import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { begin, setUp } from '../../../simulator/explore/execution.js';
import { Visibility } from '../../../simulator/explore/visibility.js';
import { addressSpace } from '../../../simulator/vm/program.js';
import { run } from '../../../simulator/vm/run.js';
import { Thread } from '../../../simulator/vm/thread.js';
import { VectorTable } from '../../../simulator/vm/vector-table.js';
import { scenarioOf } from './expect-found.js';

const text = `
  int lock, x, y;
  struct node { struct node *next; int value; } *list;
  void start(void) { x = 7; }
  void use(void)
  {
    struct node *node, local;
    local.value = x;
    node = __alloc(sizeof(*node));
    spin_lock(&lock);
    node->value = local.value;
    node->next = list;
    list = node;
    x = x + 1;
    spin_unlock(&lock);
    y = y + 1;
    spin_lock(&lock);
    if (list == node)
      list = node->next;
    spin_unlock(&lock);
    __free(node);
  }`;

/** All that a machine is: its threads' words, and every chunk that was ever written. */
function portrait(execution: ReturnType<typeof setUp>): string {
  const { machine, functions } = execution;
  const threads = functions.map((_, t) => {
    const r = machine.threads[t] as Int32Array;
    return [...r.subarray(0, machine.extent(t))].join();
  });
  const { words } = machine.memory;
  const hash: string[] = [];
  for (let at = 0x1_0000 >> 2; at < words.length; at++) {
    const untouched = at >= (addressSpace.stacks + 10 * addressSpace.stackSize) >> 2 ? -1 : 0;
    if (words[at] !== untouched) hash.push(`${at}:${words[at]}`);
  }
  return [...threads, hash.join()].join('\n');
}

describe('a store of states', () => {
  test('gives back exactly what was saved, in any order, and the same number for the same state', () => {
    const execution = setUp(scenarioOf({ threads: ['use', 'use', 'use'], text, more: { start: 'start' } }));
    const { machine, store } = execution;
    const visibility = new Visibility(machine, true);
    const saved = new Map<number, string>();
    const keep = (state: number) => {
      const now = portrait(execution);
      expect(saved.get(state) ?? now).toBe(now);
      saved.set(state, now);
    };
    const { initial } = begin(execution, visibility);
    keep(initial);
    const property = fc.property(fc.array(fc.nat(), { minLength: 40, maxLength: 90 }), (choices) => {
      const known = [...saved.keys()];
      store.restore(known[(choices[0] as number) % known.length] as number);
      for (const choice of choices) {
        const able = execution.functions.map((_, t) => t).filter((t) => machine.enabled(t));
        if (able.length === 0) break;
        const thread = able[choice % able.length] as number;
        machine.watch = visibility;
        visibility.use(thread);
        run(machine, thread);
        machine.watch = undefined;
        keep(store.save());
      }
      for (const [state, portrayed] of [...saved].slice(0, 5)) {
        store.restore(state);
        expect(portrait(execution)).toBe(portrayed);
        expect(store.save()).toBe(state);
      }
    });
    fc.assert(property, { seed: 9, numRuns: 15 });
    expect(saved.size).toBeGreaterThan(50);
    expect(new Set(saved.values()).size).toBe(saved.size);
    const ended = [...saved.values()].filter((one) => one.startsWith(`2\n2\n2\n`));
    expect(ended.length).toBeGreaterThan(0);
  });

  test('forgets registers that nobody will read: states that differ in them are one', () => {
    const scenario = (body: string) => scenarioOf({ threads: ['t', 'u'], text: `int x, y; ${body}` });
    const states = (body: string) => {
      const execution = setUp(scenario(body));
      const visibility = new Visibility(execution.machine, true);
      const { initial } = begin(execution, visibility);
      const stateAfter = (first: number) => {
        execution.store.restore(initial);
        execution.machine.memory.write32(execution.machine.program.globals[0]!.address, first);
        execution.machine.watch = visibility;
        for (let n = 0; n < 2; n++) run(execution.machine, 0);
        execution.machine.watch = undefined;
        execution.machine.memory.write32(execution.machine.program.globals[0]!.address, 0);
        return execution.store.save();
      };
      return [stateAfter(1), stateAfter(2)];
    };
    const other = 'void u(void) { x = 1; y = 1; }';
    const [dead, alsoDead] = states(`void t(void) { int a = x; a = a + 1; y = 0; y = 2; } ${other}`);
    expect(dead).toBe(alsoDead);
    const [live, alsoLive] = states(`void t(void) { int a = x; a = a + 1; y = 0; y = a; } ${other}`);
    expect(live).not.toBe(alsoLive);
  });

  test('keeps a thread that has returned as one word', () => {
    const execution = setUp(scenarioOf({ threads: ['t'], text: 'int x; void t(void) { x = 1; }' }));
    begin(execution, new Visibility(execution.machine, true));
    run(execution.machine, 0);
    expect((execution.machine.threads[0] as Int32Array)[Thread.Status]).toBe(2);
    expect(execution.machine.extent(0)).toBe(1);
  });
});

describe('a table of vectors', () => {
  test('gives equal vectors one number and different ones different numbers, however many', () => {
    const table = new VectorTable();
    const numbers = new Map<string, number>();
    const property = fc.property(fc.array(fc.integer(), { maxLength: 12 }), (vector) => {
      const number = table.intern(Int32Array.from(vector), 0, vector.length);
      expect(numbers.get(vector.join()) ?? number).toBe(number);
      numbers.set(vector.join(), number);
      const start = table.start(number);
      expect([...table.words.subarray(start, start + table.length(number))]).toEqual(vector);
    });
    fc.assert(property, { seed: 10, numRuns: 1500 });
    expect(new Set(numbers.values()).size).toBe(numbers.size);
    expect(table.size).toBe(numbers.size);
  });
});
