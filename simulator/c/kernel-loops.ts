import { kernelDefinitions } from './kernel-macros.js';
import { lex } from './lex.js';
import { Macros, readMacro } from './macro.js';

/**
 * The kernel's loops: a head, and what it stands for. A loop that is not known is a misparse, so those that
 * code near the page cache uses are here; the kernel model's own definitions come first.
 */
const loops: [head: string, body: string][] = [
  ['list_for_each(pos, list)', 'for (pos = (list)->next; pos != (list); pos = pos->next)'],
  [
    'list_for_each_rcu(pos, list)',
    'for (pos = READ_ONCE((list)->next); pos != (list); pos = READ_ONCE(pos->next))',
  ],
  ['list_for_each_prev(pos, list)', 'for (pos = (list)->prev; pos != (list); pos = pos->prev)'],
  [
    'list_for_each_safe(pos, ahead, list)',
    'for (pos = (list)->next, ahead = pos->next; pos != (list); pos = ahead, ahead = pos->next)',
  ],
  ...listLoops('', 'next', 'list_first_entry(list, typeof(*pos), field)'),
  ...listLoops('_reverse', 'prev', 'list_last_entry(list, typeof(*pos), field)'),
  [
    'list_for_each_entry_rcu(pos, list, field, ...)',
    `for (pos = list_entry(READ_ONCE((list)->next), typeof(*pos), field); &pos->field != (list);
      pos = list_entry(READ_ONCE(pos->field.next), typeof(*pos), field))`,
  ],
  [
    'list_for_each_entry_continue_rcu(pos, list, field)',
    `for (pos = list_entry(READ_ONCE(pos->field.next), typeof(*pos), field); &pos->field != (list);
      pos = list_entry(READ_ONCE(pos->field.next), typeof(*pos), field))`,
  ],
  ['hlist_for_each(pos, list)', 'for (pos = (list)->first; pos; pos = pos->next)'],
  [
    'hlist_for_each_entry(pos, list, field)',
    `for (pos = hlist_entry_safe((list)->first, typeof(*pos), field); pos;
      pos = hlist_entry_safe(pos->field.next, typeof(*pos), field))`,
  ],
  ['hlist_for_each_entry_rcu(pos, list, field, ...)', 'hlist_for_each_entry(pos, list, field)'],
  ['hlist_for_each_entry_rcu_notrace(pos, list, field)', 'hlist_for_each_entry(pos, list, field)'],
  [
    'llist_for_each_entry(pos, node, field)',
    `for (pos = hlist_entry_safe(node, typeof(*pos), field); pos;
      pos = hlist_entry_safe(pos->field.next, typeof(*pos), field))`,
  ],
  [
    'llist_for_each_entry_safe(pos, ahead, node, field)',
    `for (pos = hlist_entry_safe(node, typeof(*pos), field);
      pos && (ahead = hlist_entry_safe(pos->field.next, typeof(*ahead), field), 1); pos = ahead)`,
  ],
  [
    'hash_for_each_possible(table, pos, field, key)',
    'hlist_for_each_entry(pos, hash_bucket(table, key), field)',
  ],
  [
    'hash_for_each_possible_rcu(table, pos, field, key, ...)',
    'hlist_for_each_entry(pos, hash_bucket(table, key), field)',
  ],
  [
    'hlist_for_each_entry_safe(pos, ahead, list, field)',
    `for (pos = hlist_entry_safe((list)->first, typeof(*pos), field); pos && (ahead = pos->field.next, 1);
      pos = hlist_entry_safe(ahead, typeof(*pos), field))`,
  ],
  ['xas_for_each(xas, entry, last)', walk('entry', 'xas_find(xas, last)', 'xas_next_entry(xas, last)')],
  [
    'xas_for_each_marked(xas, entry, last, mark)',
    walk('entry', 'xas_find_marked(xas, last, mark)', 'xas_next_marked(xas, last, mark)'),
  ],
  ['xas_for_each_conflict(xas, entry)', 'while ((entry = xas_find_conflict(xas)))'],
  [
    'xa_for_each_range(xa, index, entry, start, last)',
    `for (index = (start), entry = xa_find(xa, &index, last, XA_PRESENT); entry;
      entry = xa_find_after(xa, &index, last, XA_PRESENT))`,
  ],
  ['xa_for_each_start(xa, index, entry, start)', 'xa_for_each_range(xa, index, entry, start, ~0UL)'],
  ['xa_for_each(xa, index, entry)', 'xa_for_each_range(xa, index, entry, 0, ~0UL)'],
  [
    'xa_for_each_marked(xa, index, entry, mark)',
    `for (index = 0, entry = xa_find(xa, &index, ~0UL, mark); entry;
      entry = xa_find_after(xa, &index, ~0UL, mark))`,
  ],
  ...radixLoops(),
  ...intervalLoops('vma'),
  prioTreeLoop(),
  ...intervalLoops('anon_vma'),
  ['for_each_vma(iterator, vma)', 'while ((vma = vma_next(&(iterator))) != (void *)0)'],
  ['for_each_vma_range(iterator, vma, last)', 'while ((vma = vma_find(&(iterator), last)) != (void *)0)'],
  ['mas_for_each(mas, entry, last)', 'while ((entry = mas_find(mas, last)) != (void *)0)'],
  [
    'mt_for_each(tree, entry, index, last)',
    walk('entry', 'mt_find(tree, &index, last)', 'mt_find_after(tree, &index, last)'),
  ],
  [
    'idr_for_each_entry(idr, entry, id)',
    'for (id = 0; (entry = idr_get_next(idr, &id)) != (void *)0; id += 1U)',
  ],
  ['for_each_process(task)', 'for (task = &init_task; (task = next_task(task)) != &init_task; )'],
  [
    'for_each_thread(task, thread)',
    'list_for_each_entry_rcu(thread, &(task)->signal->thread_head, thread_node)',
  ],
  ['for_each_process_thread(task, thread)', 'for_each_process(task) for_each_thread(task, thread)'],
  ['for_each_possible_cpu(cpu)', 'for_each_cpu(cpu, cpu_possible_mask)'],
  ['for_each_online_cpu(cpu)', 'for_each_cpu(cpu, cpu_online_mask)'],
  ['for_each_present_cpu(cpu)', 'for_each_cpu(cpu, cpu_present_mask)'],
  [
    'for_each_cpu(cpu, mask)',
    'for (cpu = cpumask_first(mask); cpu < nr_cpu_ids; cpu = cpumask_next(cpu, mask))',
  ],
  [
    'for_each_cpu_and(cpu, mask, other)',
    'for (cpu = cpumask_first_and(mask, other); cpu < nr_cpu_ids; cpu = cpumask_next_and(cpu, mask, other))',
  ],
  ['for_each_tracing_cpu(cpu)', 'for_each_cpu(cpu, tracing_buffer_mask)'],
  ['for_each_node(node)', 'for_each_node_state(node, N_POSSIBLE)'],
  ['for_each_online_node(node)', 'for_each_node_state(node, N_ONLINE)'],
  ['for_each_node_state(node, state)', 'for_each_node_mask(node, node_states[state])'],
  [
    'for_each_node_mask(node, mask)',
    'for (node = first_node(mask); node < MAX_NUMNODES; node = next_node(node, mask))',
  ],
  ['for_each_online_pgdat(pgdat)', walk('pgdat', 'first_online_pgdat()', 'next_online_pgdat(pgdat)')],
  ['for_each_zone(zone)', walk('zone', 'first_online_pgdat()->node_zones', 'next_zone(zone)')],
  ['for_each_populated_zone(zone)', 'for_each_zone(zone) if (!populated_zone(zone)) ; else'],
  [
    'for_each_zone_zonelist_nodemask(zone, z, zones, highest, nodes)',
    `for (z = first_zones_zonelist(zones, highest, nodes), zone = zonelist_zone(z); zone;
      z = next_zones_zonelist(z + 1, highest, nodes), zone = zonelist_zone(z))`,
  ],
  [
    'for_each_zone_zonelist(zone, z, zones, highest)',
    'for_each_zone_zonelist_nodemask(zone, z, zones, highest, (void *)0)',
  ],
  ['for_each_hstate(h)', 'for (h = hstates; h < &hstates[hugetlb_max_hstate]; h++)'],
  [
    'for_each_mem_cgroup_tree(group, root)',
    walk('group', 'mem_cgroup_iter(root, (void *)0, (void *)0)', 'mem_cgroup_iter(root, group, (void *)0)'),
  ],
  ['for_each_mem_cgroup(group)', 'for_each_mem_cgroup_tree(group, (void *)0)'],
  [
    'for_each_set_bit(bit, bits, size)',
    'for (bit = find_first_bit(bits, size); bit < (size); bit = find_next_bit(bits, size, bit + 1))',
  ],
  [
    'for_each_clear_bit(bit, bits, size)',
    'for (bit = find_first_zero_bit(bits, size); bit < (size); bit = find_next_zero_bit(bits, size, bit + 1))',
  ],
  ['for_each_lru(lru)', 'for (lru = 0; lru < NR_LRU_LISTS; lru++)'],
  ['for_each_evictable_lru(lru)', 'for (lru = 0; lru <= LRU_ACTIVE_FILE; lru++)'],
  ['for_each_sg(list, sg, count, i)', 'for (i = 0, sg = (list); i < (count); i++, sg = sg_next(sg))'],
  [
    'scoped_guard(kind, ...)',
    'for (CLASS(kind, guard_scope)(__VA_ARGS__), *guard_done = (void *)0; !guard_done; guard_done = (void *)1)',
  ],
];

function walk(entry: string, first: string, next: string): string {
  return `for (${entry} = ${first}; ${entry}; ${entry} = ${next})`;
}

/** The variants of a loop over the entries of a list, in one direction. */
function listLoops(suffix: string, step: string, first: string): [string, string][] {
  const next = (pos: string) => `list_entry(${pos}->field.${step}, typeof(*${pos}), field)`;
  const open = '&pos->field != (list)';
  return [
    [`list_for_each_entry${suffix}(pos, list, field)`, `for (pos = ${first}; ${open}; pos = ${next('pos')})`],
    [
      `list_for_each_entry_safe${suffix}(pos, ahead, list, field)`,
      `for (pos = ${first}, ahead = ${next('pos')}; ${open}; pos = ahead, ahead = ${next('ahead')})`,
    ],
    [
      `list_for_each_entry_continue${suffix}(pos, list, field)`,
      `for (pos = ${next('pos')}; ${open}; pos = ${next('pos')})`,
    ],
    [`list_for_each_entry_from${suffix}(pos, list, field)`, `for (; ${open}; pos = ${next('pos')})`],
  ];
}

/** Nothing was found when the walk begins, which is what its beginning answers. */
function radixLoops(): [string, string][] {
  const loop = (flags: string) => `for (radix_tree_iter_init(iter, start), slot = (void *)0;
    slot || (slot = radix_tree_next_chunk(root, iter, ${flags}));
    slot = radix_tree_next_slot(slot, iter, ${flags}))`;
  return [
    ['radix_tree_for_each_slot(slot, root, iter, start)', loop('0')],
    ['radix_tree_for_each_contig(slot, root, iter, start)', loop('RADIX_TREE_ITER_CONTIG')],
    ['radix_tree_for_each_tagged(slot, root, iter, start, tag)', loop('RADIX_TREE_ITER_TAGGED | (tag)')],
  ];
}

function prioTreeLoop(): [string, string] {
  return [
    'vma_prio_tree_foreach(vma, iter, root, first, last)',
    `for (prio_tree_iter_init(iter, root, first, last), vma = NULL; (vma = vma_prio_tree_next(vma, iter)); )`,
  ];
}

function intervalLoops(tree: string): [string, string][] {
  const iterate = `${tree}_interval_tree_iter`;
  return [
    [
      `${tree}_interval_tree_foreach(node, root, start, last)`,
      walk('node', `${iterate}_first(root, start, last)`, `${iterate}_next(node, start, last)`),
    ],
  ];
}

let table: Macros | undefined;

/** The table, for names that no other table knows. */
export function kernelLoops(): Macros {
  if (table) return table;
  table = new Macros();
  for (const [head, body] of [...kernelDefinitions, ...loops]) {
    const macro = readMacro(lex('kernel-loops', `${head} ${body}`, []), []);
    if (macro === undefined) throw new Error(`unreadable macro in the table: ${head}`);
    table.define(macro);
  }
  return table;
}
