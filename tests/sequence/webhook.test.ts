import { describe, expect, it } from 'vitest';
import { REPORT_KINDS } from '../../src/sequence/reports-port.ts';
import { readReport } from '../../src/sequence/webhook.ts';
import { bounce, emailEvent } from '../support/webhook.ts';

const MESSAGE = '019aa000-0000-7000-8000-000000000003';
const read = (event: unknown) => readReport('msg_1', event);
const of = (type: string, data: object = {}) => read(emailEvent(type, MESSAGE, { data }));

describe('an event of the provider', () => {
  const kinds: readonly (readonly [string, object, string])[] = [
    ['email.sent', {}, 'sent'],
    ['email.delivered', {}, 'delivered'],
    ['email.delivery_delayed', {}, 'delayed'],
    ['email.bounced', bounce('Permanent'), 'bounced'],
    ['email.bounced', bounce('Transient'), 'bounced_for_now'],
    ['email.bounced', bounce('Undetermined'), 'bounced_for_now'],
    ['email.bounced', bounce('Something new'), 'bounced_for_now'],
    ['email.bounced', {}, 'bounced_for_now'],
    ['email.complained', {}, 'complained'],
    ['email.failed', { failed: { reason: 'reached_daily_quota' } }, 'failed'],
    [
      'email.suppressed',
      { suppressed: { type: 'OnAccountSuppressionList', message: 'It is listed.' } },
      'suppressed',
    ],
  ];
  it.each(kinds)('%s with %j is %s', (type, data, kind) => {
    expect(of(type, data)?.kind).toBe(kind);
  });

  it('is told in every kind there is', () => {
    expect(new Set(kinds.map(([, , kind]) => kind))).toEqual(new Set(REPORT_KINDS));
  });

  it.each([
    'email.opened',
    'email.clicked',
    'email.scheduled',
    'email.received',
    'contact.created',
    'suppression.added',
    'email.teleported',
    '',
  ])('of the type “%s” tells nothing that we act on', (type) => {
    expect(of(type)).toBeNull();
  });

  it('names the message, the provider’s id and the time', () => {
    expect(of('email.sent')).toEqual({
      eventId: 'msg_1',
      kind: 'sent',
      messageId: MESSAGE,
      providerId: '56761188-7520-42d8-8898-ff6fc54ce618',
      occurredAt: Date.UTC(2026, 10, 22, 9, 0, 1),
      reason: null,
    });
  });

  it('reads times as the provider’s database writes them', () => {
    const event = emailEvent('email.sent', MESSAGE, { at: '2026-11-22 09:00:01.5+00' });
    expect(read(event)?.occurredAt).toBe(Date.UTC(2026, 10, 22, 9, 0, 1, 500));
  });

  it.each([
    ['a record', { step: 'one', message: MESSAGE }, MESSAGE],
    [
      'a list',
      [
        { name: 'step', value: 'one' },
        { name: 'message', value: MESSAGE },
      ],
      MESSAGE,
    ],
    ['a list of strange things', [null, 7, 'message', { name: 'message' }], null],
    ['an empty list', [], null],
    ['a record without ours', { campaign: 'x' }, null],
    ['a value that is no text', { message: 7 }, null],
    ['an empty value', { message: '' }, null],
    ['nothing', undefined, null],
    ['null', null, null],
    ['a text', 'message', null],
  ])('finds the message’s tag in %s', (_, tags, messageId) => {
    expect(of('email.sent', { tags })?.messageId).toBe(messageId);
  });

  it('gives the reason in short and without addresses', () => {
    expect(of('email.bounced', bounce('Transient', 'MailboxFull'))?.reason).toBe(
      'MailboxFull: The server of … said no.',
    );
    expect(of('email.failed', { failed: { reason: 'reached_daily_quota' } })?.reason).toBe(
      'reached_daily_quota',
    );
    const long = of('email.bounced', {
      bounce: { type: 'Permanent', subType: 'General', message: 'no\r\n'.repeat(400) },
    })?.reason;
    expect(long).toHaveLength(160);
    expect(long).toMatch(/^General: no no no .*…$/);
    expect(of('email.complained')?.reason).toBeNull();
  });

  it.each([
    ['no data', { type: 'email.bounced' }],
    ['data that is no object', { type: 'email.bounced', data: 'x' }],
    ['parts of the wrong sort', { type: 'email.bounced', created_at: 7, data: { email_id: {}, bounce: [] } }],
    [
      'an impossible time',
      { type: 'email.bounced', created_at: 'yesterday', data: { email_id: null, bounce: { type: 1 } } },
    ],
  ])('is read as far as it goes with %s', (_, event) => {
    expect(read(event)).toEqual({
      eventId: 'msg_1',
      kind: 'bounced_for_now',
      messageId: null,
      providerId: null,
      occurredAt: null,
      reason: null,
    });
  });

  it.each([null, undefined, 7, 'email.sent', [], {}, { type: 7 }])('that is %j tells nothing', (event) => {
    expect(read(event)).toBeNull();
  });
});
