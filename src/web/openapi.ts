import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stands } from '../finding/stand.js';
import { packageRoot } from '../root.js';

const text = { type: 'string' } as const;
const textOrNone = { type: ['string', 'null'] } as const;
const time = { type: 'string', format: 'date-time' } as const;
const timeOrNone = { type: ['string', 'null'], format: 'date-time' } as const;
const refer = (name: string) => ({ $ref: `#/components/schemas/${name}` });

function object(properties: Record<string, object>, description: string) {
  const required = Object.keys(properties);
  return { type: 'object', description, additionalProperties: false, required, properties };
}

function page(name: string, description: string) {
  return object({ items: { type: 'array', items: refer(name) }, next: textOrNone }, description);
}

const outcome = {
  description: 'What came of a series. Only `reviewed` has a report; nothing else means that all is well.',
  oneOf: [
    object(
      { outcome: { const: 'reviewed' }, report: { $ref: 'urn:faultline:review:1' } },
      'It was executed.',
    ),
    object({ outcome: { const: 'refused' }, why: text }, 'It cannot be read or applied.'),
    object(
      { outcome: { const: 'not-analysed' }, limit: { enum: ['time', 'memory', 'crash', 'size'] }, why: text },
      'A limit was reached.',
    ),
  ],
};

const patchset = {
  type: 'object',
  description: 'A series in the shape that `b4 review` reads.',
  required: ['id', 'message_id', 'status', 'patches', 'reviews'],
  properties: {
    id: text,
    message_id: text,
    status: text,
    patches: { type: 'array', items: { type: 'object' } },
    reviews: { type: 'array', items: { type: 'object' } },
  },
};

function schemas() {
  const review = readFileSync(join(packageRoot, 'src', 'report', 'schema', 'review.json'), 'utf8');
  return {
    Review: JSON.parse(review) as object,
    Series: object(
      {
        ...{ id: text, messageId: text, version: { type: 'integer' }, subject: text, from: text },
        lists: { type: 'array', items: text },
        ...{ pullRequest: textOrNone, arrivedAt: time, reviewedAt: timeOrNone },
        stand: { enum: [...stands] },
        reason: text,
      },
      'A series of patches, from a list or a pull request.',
    ),
    Finding: object(
      {
        series: refer('Series'),
        patch: object({ subject: text, messageId: textOrNone }, 'The patch at fault.'),
        finding: { $ref: 'urn:faultline:review:1#/$defs/finding' },
      },
      'What a patch was seen to open, with the interleaving that shows it.',
    ),
    SeriesPage: page('Series', 'Those taken up last come first; `next` is `before` of the next page.'),
    FindingPage: page('Finding', 'Those of series taken up last come first.'),
    Outcome: outcome,
    Patchset: patchset,
    Error: object({ error: text }, 'One line that says what is wrong.'),
  };
}

const inQuery = (name: string, description: string, schema: object = text) => ({
  ...{ name, in: 'query', description, schema },
});
const list = inQuery('list', 'Address of a list that it went to.');
const rule = inQuery('rule', 'A word of the rule list: `lost-wakeup`.');
const paging = [
  inQuery('before', '`next` of the page before.'),
  inQuery('limit', 'Items of a page.', { type: 'integer', minimum: 1, maximum: 200, default: 50 }),
];
const id = { name: 'id', in: 'path', required: true, schema: text };

const json = (name: string, description: string) => ({
  description,
  content: { 'application/json': { schema: refer(name) } },
});
const wrong = json('Error', 'The question means nothing.');
const absent = json('Error', 'There is none, or it is not to be read yet.');

function get(operationId: string, summary: string, parameters: object[], responses: Record<string, object>) {
  return { get: { operationId, summary, parameters, responses } };
}

/** The document that describes this API (OpenAPI 3.1). */
export function openApiDocument(version: string) {
  const feed = { description: 'Atom', content: { 'application/atom+xml': { schema: text } } };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Faultline',
      version,
      description:
        'Reviews of kernel patches that were executed. Read-only; nothing private, nothing under embargo.',
    },
    servers: [{ url: '/' }],
    paths: {
      '/api/series': get(
        'listSeries',
        'Series',
        [list, inQuery('stand', 'How it stands.', { enum: [...stands] }), ...paging],
        { 200: json('SeriesPage', 'A page'), 400: wrong },
      ),
      '/api/series/{id}': get('getSeries', 'One series', [id], { 200: json('Series', 'It'), 404: absent }),
      '/api/series/{id}/result': get('getResult', 'What came of it', [id], {
        200: json('Outcome', 'The result'),
        404: absent,
      }),
      '/api/findings': get('listFindings', 'What patches open', [list, rule, ...paging], {
        200: json('FindingPage', 'A page'),
        400: wrong,
      }),
      '/findings.atom': get('feed', 'What patches open, as a feed', [list, rule, ...paging], {
        200: feed,
        400: wrong,
      }),
      '/api/patchset': get(
        'getPatchset',
        'A series for `b4 review`',
        [{ ...inQuery('id', 'A Message-ID of it.'), required: true }],
        { 200: json('Patchset', 'It'), 404: absent },
      ),
    },
    components: { schemas: schemas() },
  };
}
