import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ComponentChild } from 'preact';
import type { ShelfQuery } from '../finding/shelf.js';
import { type StandName, stands } from '../finding/stand.js';
import { escapeLine } from '../report/escape.js';
import type { Board, Reader } from './board.js';
import type { Guard } from './guard.js';
import { findingPage } from './page/finding.js';
import { type Frame, framed } from './page/frame.js';
import { kernelsPage } from './page/kernels.js';
import { listsPage } from './page/lists.js';
import { racePage, racesPage } from './page/races.js';
import { seriesPage } from './page/series.js';
import { seriesList } from './page/series-list.js';
import { apologyPage } from './page/sign-in.js';

/** What a page is made of before it is set into its frame. */
export type Part = Pick<Frame, 'title' | 'section' | 'live' | 'steps'> & { body: ComponentChild };

/** Sends pages: everything that they have in common is here. */
export class Press {
  constructor(
    readonly board: Board,
    readonly guard: Guard,
    private readonly edition: string,
  ) {}

  readerOf(request: FastifyRequest): Reader {
    return this.guard.sessionOf(request) === undefined ? 'anybody' : 'holder';
  }

  send(request: FastifyRequest, reply: FastifyReply, { body, ...part }: Part, code = 200): FastifyReply {
    const { board, guard, edition } = this;
    const signedIn = guard.sessionOf(request) !== undefined;
    const title = escapeLine(part.title) || 'Faultline';
    const frame: Frame = { ...part, title, held: board.heldMails(), signedIn, edition };
    return reply.code(code).type('text/html; charset=utf-8').send(framed(frame, body));
  }

  absent(request: FastifyRequest, reply: FastifyReply, what: string): FastifyReply {
    const part = { title: 'Not found', section: null, body: apologyPage('Not found', what) };
    return this.send(request, reply, part, 404);
  }
}

const unreadable = /[^\p{L}\p{M}\p{N}\p{P}\p{S}]+/gu;

/** A place is a whole number; everything else is as if it were not there. */
function placeOf(text: unknown): number | undefined {
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function queryOf(given: Record<string, unknown>): ShelfQuery {
  // Letters, digits and signs; nothing that steers the page which shows the words again.
  const words = typeof given.q === 'string' ? given.q.slice(0, 200).replace(unreadable, ' ').trim() : '';
  const stand = stands.find((name) => name === given.stand) as StandName | undefined;
  const [before, after] = [placeOf(given.before), placeOf(given.after)];
  return {
    ...(words === '' ? {} : { words }),
    ...(stand === undefined ? {} : { stand }),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined || before !== undefined ? {} : { after }),
  };
}

/** Every page that changes nothing. */
export function addPages(scope: FastifyInstance, press: Press): void {
  const { board } = press;
  scope.get<{ Querystring: Record<string, unknown> }>('/', async (request, reply) => {
    const query = queryOf(request.query);
    const reader = press.readerOf(request);
    const body = seriesList(query, board.list(query, reader), board.counts(reader), board.now(), reader);
    return press.send(request, reply, { title: 'Series', section: '/', live: true, body });
  });
  addSeries(scope, press);
  addRaces(scope, press);
  scope.get('/matrix', async (request, reply) =>
    press.send(request, reply, {
      title: 'Races by kernels',
      section: '/matrix',
      body: kernelsPage(board.matrix()),
    }),
  );
  scope.get('/lists', async (request, reply) => {
    const body = listsPage(await board.status());
    return press.send(request, reply, { title: 'Lists', section: '/lists', live: true, body });
  });
}

function addSeries(scope: FastifyInstance, press: Press): void {
  const { board } = press;
  type Asked = { Params: { id: string }; Querystring: Record<string, unknown> };
  scope.get<Asked>('/series/:id', async (request, reply) => {
    const series = board.series(request.params.id, press.readerOf(request));
    if (series === undefined) return press.absent(request, reply, 'No series has this name.');
    const body = seriesPage(series, board.archive, board.now(), placeOf(request.query.from));
    return press.send(request, reply, { title: series.subject, section: '/', live: true, body });
  });
  type Params = { id: string; patch: string; finding: string };
  scope.get<{ Params: Params }>('/series/:id/:patch/:finding', async (request, reply) => {
    const { id, patch: at, finding: name } = request.params;
    const series = board.series(id, press.readerOf(request));
    const report = series?.result?.outcome === 'reviewed' ? series.result.report : undefined;
    const patch = report?.patches[Number(at) - 1];
    const finding = patch?.findings.find((each) => each.id === name);
    if (series === undefined || patch === undefined || finding === undefined)
      return press.absent(request, reply, 'No finding has this name.');
    const title = `${finding.rule} in ${finding.location.function}()`;
    const body = findingPage(series, patch, finding);
    return press.send(request, reply, { title, section: '/', steps: true, body });
  });
}

function addRaces(scope: FastifyInstance, press: Press): void {
  const { board } = press;
  scope.get('/races', async (request, reply) =>
    press.send(request, reply, { title: 'Known races', section: '/races', body: racesPage(board.races()) }),
  );
  scope.get<{ Params: { id: string } }>('/races/:id', async (request, reply) => {
    const race = board.races().find(({ id }) => id === request.params.id);
    if (race === undefined) return press.absent(request, reply, 'The catalogue has no race of this name.');
    const own = board.ownWitness(race.id);
    const live = own.state === 'executing';
    const body = racePage(race, own, board.matrix());
    return press.send(request, reply, { title: race.title, section: '/races', steps: true, live, body });
  });
}
