import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Status } from '../finding/status.js';

/** What Prometheus reads, made anew from the status each time it asks: the store counts, not this process. */
export function openMetrics(status: () => Promise<Status>): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'faultline_' });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `faultline_${name}`, help, labelNames, registers: [registry] });
  const series = gauge('series', 'Series by what became of them.', ['state']);
  const outcomes = gauge('reviews', 'Recorded reviews by their outcome.', ['outcome']);
  const jobs = gauge('queue_jobs', 'Jobs in the queue.', ['state']);
  const up = gauge('queue_up', 'Whether the queue can be asked.');
  const oldest = gauge(
    'oldest_unreviewed_seconds',
    'Age of the oldest series that is not reviewed; 0: all are.',
  );
  const lists = gauge('last_mail_timestamp_seconds', 'When a list last brought mail.', ['list']);
  const sources = gauge('source_up', 'Whether a source can be read.', ['source']);
  const held = gauge('held_mails', 'Mails that wait for a person.');
  const bounces = gauge('bounces', 'Mails that came back within the last week.');
  const fill = async () => {
    const now = await status();
    for (const each of [series, outcomes, jobs, lists, sources]) each.reset();
    for (const [state, count] of Object.entries(now.series)) series.set({ state }, count);
    for (const [outcome, count] of Object.entries(now.outcomes)) outcomes.set({ outcome }, count);
    for (const [state, count] of Object.entries(now.queue ?? {})) jobs.set({ state }, count);
    up.set(now.queue === null ? 0 : 1);
    oldest.set(now.oldestUnreviewedMs === null ? 0 : Math.max(0, now.atMs - now.oldestUnreviewedMs) / 1000);
    for (const { list, lastMailMs } of now.lists) lists.set({ list }, lastMailMs / 1000);
    for (const { name, trouble } of now.sources) sources.set({ source: name }, trouble === null ? 1 : 0);
    held.set(now.held);
    bounces.set(now.bounces ?? 0);
  };
  const metrics = registry.metrics.bind(registry);
  registry.metrics = async () => {
    await fill();
    return metrics();
  };
  return registry;
}
