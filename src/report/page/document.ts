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
function policyOf(scripts: string[]): string {
  return [
    "default-src 'none'",
    `style-src ${allowed(style)}`,
    ...scripts.map((text) => `script-src ${allowed(text)}`),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** A page that needs nothing beside itself; `steps`: through a witness. Text in `body` is escaped by who renders it. */
export function htmlDocument(title: string, body: ComponentChild, steps = true): string {
  const scripts = steps ? [script] : [];
  const page = h('html', { lang: 'en' }, [
    h('head', {}, [
      h('meta', { charset: 'utf-8' }),
      h('meta', { 'http-equiv': 'Content-Security-Policy', content: policyOf(scripts) }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('title', {}, title),
      // As text: the hash in the policy is of these bytes.
      h('style', { dangerouslySetInnerHTML: { __html: style } }),
    ]),
    h('body', {}, [
      body,
      ...scripts.map((text) => h('script', { dangerouslySetInnerHTML: { __html: text } })),
    ]),
  ]);
  return `<!doctype html>\n${render(page)}\n`;
}
