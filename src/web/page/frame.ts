import { type ComponentChild, h } from 'preact';
import { render } from 'preact-render-to-string';

/** The pages that every page leads to. */
const sections = [
  ['/', 'Series'],
  ['/races', 'Races'],
  ['/matrix', 'Kernels'],
  ['/lists', 'Lists'],
  ['/outbox', 'Outbox'],
] as const;

export type Section = (typeof sections)[number][0];

/** What a page is set into. */
export interface Frame {
  title: string;
  /** The section that it belongs to; null for none. */
  section: Section | null;
  /** Mails that wait for a person. */
  held: number;
  signedIn: boolean;
  /** Follows what changes while it is open. */
  live?: boolean;
  /** A witness is in it, to be stepped through. */
  steps?: boolean;
  /** Names the files beside the pages, so that a new version of one is loaded. */
  edition: string;
}

function navigation({ section, held }: Frame): ComponentChild {
  const links = sections.map(([path, name]) =>
    h('li', {}, [
      h('a', { href: path, ...(path === section ? { 'aria-current': 'page' as const } : {}) }, [
        name,
        path === '/outbox' && held > 0 ? h('span', { class: 'badge' }, [`${held}`, hidden(' held')]) : null,
      ]),
    ]),
  );
  return h('nav', { 'aria-label': 'Sections' }, h('ul', {}, links));
}

/** Said to who listens, not shown. */
export function hidden(text: string): ComponentChild {
  return h('span', { class: 'hidden' }, text);
}

function head({ title, live, steps, edition }: Frame): ComponentChild {
  const script = (name: string) => h('script', { src: `/${name}.js?${edition}`, defer: true });
  return h('head', {}, [
    h('meta', { charset: 'utf-8' }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('title', {}, `${title} - Faultline`),
    h('link', { rel: 'icon', href: `/mark.svg?${edition}`, type: 'image/svg+xml' }),
    h('link', { rel: 'alternate', href: '/findings.atom', type: 'application/atom+xml', title: 'Findings' }),
    h('link', { rel: 'stylesheet', href: `/board.css?${edition}` }),
    steps === true ? script('witness') : null,
    live === true ? script('live') : null,
  ]);
}

function signOut(): ComponentChild {
  return h('form', { method: 'post', action: '/logout' }, h('button', { class: 'plain' }, 'Sign out'));
}

/** A whole page. Everything in `body` is escaped by who renders it. */
export function framed(frame: Frame, body: ComponentChild): string {
  const main = h('main', { id: 'main', ...(frame.live === true ? { 'data-live': '' } : {}) }, body);
  const page = h('html', { lang: 'en' }, [
    head(frame),
    h('body', { class: frame.steps === true ? 'board wide' : 'board' }, [
      h('a', { class: 'skip', href: '#main' }, 'To the content'),
      h('header', { class: 'top' }, [
        h('a', { class: 'brand', href: '/' }, 'Faultline'),
        navigation(frame),
        frame.signedIn ? signOut() : null,
      ]),
      main,
      h('footer', { class: 'bottom' }, [
        h('p', {}, 'Everything shown here was executed. It can be wrong about its model of the kernel.'),
        frame.live === true ? h('p', { class: 'pulse', role: 'status' }, '') : null,
      ]),
    ]),
  ]);
  return `<!doctype html>\n${render(page)}\n`;
}
