import { type ComponentChild, h } from 'preact';
import { decidable, type OutboxMail } from '../../finding/outgoing.js';
import { escapeLine } from '../../report/escape.js';
import { outboxMail } from '../../report/outbox.js';
import { facts, pathTo, timeNode } from './words.js';

/** Mails of one page; older ones are shown by `faultline outbox list`. */
export const mostShown = 200;

/** All mails that are to be sent or were, those that wait for a person first. */
export function outboxPage(
  mails: OutboxMail[],
  brake: { why: string } | undefined,
  nowMs: number,
): ComponentChild {
  const newest = [...mails].sort((a, b) => b.createdAt - a.createdAt);
  const ordered = [
    ...newest.filter(({ state }) => state === 'held'),
    ...newest.filter(({ state }) => state !== 'held'),
  ];
  const rows = ordered
    .slice(0, mostShown)
    .map((mail) =>
      h('li', { class: 'entry' }, [
        h('div', { class: 'how' }, h('span', { class: `stand ${mail.state}` }, mail.state)),
        h('div', { class: 'what' }, [
          h(
            'a',
            { class: 'subject', href: pathTo('outbox', mail.id) },
            escapeLine(mail.subject) || '(no subject)',
          ),
          h('p', { class: 'reason' }, mail.why === null ? '' : escapeLine(mail.why)),
        ]),
        h('div', { class: 'who' }, [
          h('span', { class: 'name' }, `to ${mail.to.map(escapeLine).join(', ')}`),
          h('span', { class: 'when' }, timeNode(mail.createdAt, nowMs)),
        ]),
      ]),
    );
  return [
    h('h1', {}, 'Outbox'),
    brake === undefined
      ? null
      : h('p', { class: 'alarm' }, `Nothing is sent until a person has looked: ${escapeLine(brake.why)}`),
    rows.length === 0
      ? h('p', { class: 'empty' }, 'No mail was written yet.')
      : h('ol', { class: 'entries' }, rows),
  ];
}

/** A form that changes something carries a word that only this page was given. */
function decision(action: string, csrf: string, fields: ComponentChild): ComponentChild {
  return h('form', { method: 'post', action }, [
    h('input', { type: 'hidden', name: '_csrf', value: csrf }),
    fields,
  ]);
}

/** The exact mail, and what can be done with it. */
export function mailPage(mail: OutboxMail, csrf: string, nowMs: number): ComponentChild {
  const may = {
    approve: decidable.approve.includes(mail.state),
    drop: decidable.drop.includes(mail.state),
  };
  const decisions = h('div', { class: 'decisions' }, [
    may.approve
      ? decision(
          pathTo('outbox', mail.id, 'approve'),
          csrf,
          h('button', { class: 'approve' }, 'Approve and send'),
        )
      : null,
    may.drop
      ? decision(pathTo('outbox', mail.id, 'drop'), csrf, [
          h('label', {}, ['Reason ', h('input', { name: 'why', maxLength: 200, autocomplete: 'off' })]),
          h('button', {}, 'Drop'),
        ])
      : null,
  ]);
  return [
    h('nav', { class: 'trail', 'aria-label': 'Where this is' }, h('a', { href: '/outbox' }, 'Outbox')),
    h('h1', {}, escapeLine(mail.subject) || '(no subject)'),
    h('p', { class: 'lead' }, [
      h('span', { class: `stand ${mail.state}` }, mail.state),
      mail.why === null ? '' : ` ${escapeLine(mail.why)}`,
    ]),
    facts([
      ['To', mail.to.map(escapeLine).join(', ')],
      ['Written', timeNode(mail.createdAt, nowMs)],
      ['Sent', mail.sentAt === null ? null : timeNode(mail.sentAt, nowMs)],
      ['Tries', mail.attempts === 0 ? null : `${mail.attempts}`],
      ['Message-ID', escapeLine(mail.id)],
    ]),
    may.drop ? decisions : null,
    h('h2', {}, 'The mail, as it goes out'),
    h('pre', { class: 'mail', tabIndex: 0, role: 'region', 'aria-label': 'the mail' }, outboxMail(mail)),
  ];
}
