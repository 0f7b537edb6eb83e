import { type ComponentChild, h } from 'preact';

/** Asks for the token of the configuration. */
export function signInPage(next: string, wrong: boolean): ComponentChild {
  return [
    h('h1', {}, 'Sign in'),
    h('p', { class: 'lead' }, 'Mails that were not sent yet are seen and decided by who holds the token.'),
    wrong ? h('p', { class: 'alarm', role: 'alert' }, 'That is not the token.') : null,
    h('form', { class: 'sign-in', method: 'post', action: '/login' }, [
      h('input', { type: 'hidden', name: 'next', value: next }),
      h('label', { for: 'token' }, 'Token'),
      h('input', {
        id: 'token',
        name: 'token',
        type: 'password',
        autocomplete: 'current-password',
        required: true,
      }),
      h('button', {}, 'Sign in'),
    ]),
  ];
}

/** Says how to set one. */
export function lockedPage(): ComponentChild {
  return [
    h('h1', {}, 'Outbox'),
    h('p', { class: 'lead' }, 'Nobody can sign in here: the configuration has no token.'),
    h('pre', {}, 'web:\n  token: { env: FAULTLINE_WEB_TOKEN }'),
    h('p', {}, ['On the machine itself, ', h('code', {}, 'faultline outbox list'), ' shows what waits.']),
  ];
}

/** What is not there, or went wrong, in one sentence. */
export function apologyPage(title: string, text: string): ComponentChild {
  return [h('h1', {}, title), h('p', { class: 'lead' }, text)];
}
