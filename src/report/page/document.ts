import { createHash } from 'node:crypto';
import { type ComponentChild, h } from 'preact';
import { render } from 'preact-render-to-string';
import { script } from './script.js';
import { style } from './style.js';

/** A source expression of a Content-Security-Policy that lets exactly this text in. */
function allowed(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** Nothing is loaded, and nothing runs but our one script, whatever stands in the page. */
export const policy = [
  "default-src 'none'",
  `style-src ${allowed(style)}`,
  `script-src ${allowed(script)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** A page that needs nothing beside itself. Text in `body` is escaped by who renders it. */
export function htmlDocument(title: string, body: ComponentChild): string {
  const page = h('html', { lang: 'en' }, [
    h('head', {}, [
      h('meta', { charset: 'utf-8' }),
      h('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('title', {}, title),
      // As text: the hash in the policy is of these bytes.
      h('style', { dangerouslySetInnerHTML: { __html: style } }),
    ]),
    h('body', {}, [body, h('script', { dangerouslySetInnerHTML: { __html: script } })]),
  ]);
  return `<!doctype html>\n${render(page)}\n`;
}
