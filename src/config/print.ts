import { stringify } from 'yaml';
import { z } from 'zod';
import { type Config, configuration } from './config.js';

/** The configuration with everything that was not set at its default, as YAML that can be read again. */
export function printConfig(config: Config, redacted: boolean): string {
  const data = z.encode(configuration, config);
  return stringify(redacted ? redact(data) : data, { lineWidth: 0 });
}

/** Who, where on this machine and behind which account is nobody's business in a report of a bug. */
function redact(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (Array.isArray(value)) return value.map(redact);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([name, each]) => [redactText(name), redact(each)]);
  return Object.fromEntries(entries);
}

function redactText(text: string): string {
  return text
    .replace(/^[^\s@/:]+@/, '...@')
    .replace(/(:\/\/)[^/@\s]*@/, '$1...@')
    .replace(/^(maildir:|mbox:)?\/.*\//, '$1/.../');
}

/** JSON Schema of the configuration file, for editors. */
export function configSchema(): object {
  return z.toJSONSchema(configuration, { io: 'input' });
}
