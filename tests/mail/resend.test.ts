import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freezeEmail, thawEmail } from '../../src/mail/frozen.ts';
import { unlimited } from '../../src/mail/rate.ts';
import type { Rate } from '../../src/mail/rate.ts';
import { createResendTransport } from '../../src/mail/resend.ts';
import type { Submission } from '../../src/mail/email.ts';
import { sampleEmail } from '../support/email.ts';
import { startFakeResend } from '../support/fake-resend.ts';
import type { FakeResend } from '../support/fake-resend.ts';

let fake: FakeResend;
beforeEach(async () => {
  fake = await startFakeResend();
});
afterEach(() => fake.close());

function submit(key = 'msg/1', email = sampleEmail, rate: Rate = unlimited): Promise<Submission> {
  const transport = createResendTransport({ apiKey: 're_test', baseUrl: fake.url, live: false, rate });
  return transport.submit(email, key, AbortSignal.timeout(300));
}

it('hands the email over with its key, its tags and its headers', async () => {
  expect(await submit('msg/abc')).toEqual({ kind: 'submitted', providerId: 'fake-1' });
  const [request] = fake.requests;
  expect(request?.path).toBe('/emails');
  expect(request?.key).toBe('msg/abc');
  expect(request?.headers.authorization).toBe('Bearer re_test');
  expect(JSON.parse(request?.body ?? '')).toEqual({
    from: sampleEmail.from,
    to: sampleEmail.to,
    reply_to: sampleEmail.replyTo,
    subject: sampleEmail.subject,
    html: sampleEmail.html,
    text: sampleEmail.text,
    headers: sampleEmail.headers,
    tags: sampleEmail.tags,
  });
});

it('offers the very same bytes again from the frozen email, which is one email for the provider', async () => {
  const frozen = freezeEmail(sampleEmail);
  await submit('same', thawEmail(frozen));
  expect(await submit('same', thawEmail(frozen))).toEqual({ kind: 'submitted', providerId: 'fake-1' });
  expect(fake.requests[0]?.body).toBe(fake.requests[1]?.body);
  expect(fake.accepted).toHaveLength(1);
});

it('is in doubt when the same key comes with other bytes', async () => {
  await submit('same');
  const other = { ...sampleEmail, subject: 'Other' };
  expect(await submit('same', other)).toMatchObject({ kind: 'in_doubt' });
  expect(fake.accepted).toHaveLength(1);
});

describe('an error of the provider', () => {
  it.each([
    ['rate_limit_exceeded', 429, 'slow_down'],
    ['daily_quota_exceeded', 429, 'account_fault'],
    ['monthly_quota_exceeded', 429, 'account_fault'],
    ['concurrent_idempotent_requests', 409, 'try_again'],
    ['invalid_idempotent_request', 409, 'in_doubt'],
    ['application_error', 500, 'try_again'],
    ['internal_server_error', 500, 'try_again'],
    ['invalid_idempotency_key', 400, 'rejected'],
    ['validation_error', 400, 'rejected'],
    ['validation_error', 422, 'rejected'],
    ['validation_error', 403, 'account_fault'],
    ['missing_required_field', 422, 'rejected'],
    ['invalid_attachment', 422, 'rejected'],
    ['invalid_parameter', 422, 'rejected'],
    ['invalid_from_address', 422, 'account_fault'],
    ['invalid_access', 422, 'rejected'],
    ['invalid_region', 422, 'rejected'],
    ['missing_api_key', 401, 'account_fault'],
    ['restricted_api_key', 401, 'account_fault'],
    ['invalid_api_key', 403, 'account_fault'],
    ['not_found', 404, 'account_fault'],
    ['method_not_allowed', 405, 'account_fault'],
    ['security_error', 451, 'rejected'],
    ['never_heard_of', 503, 'try_again'],
    ['never_heard_of', 429, 'slow_down'],
    ['never_heard_of', 401, 'account_fault'],
    ['never_heard_of', 418, 'rejected'],
    ['never_heard_of', 409, 'try_again'],
  ] as const)('%s with %i is %s', async (name, status, kind) => {
    fake.mode({ kind: 'error', name, status });
    expect(await submit()).toMatchObject({ kind });
    expect(fake.accepted).toHaveLength(0);
  });

  it('tells how long to wait', async () => {
    fake.mode({ kind: 'error', name: 'rate_limit_exceeded', status: 429, headers: { 'retry-after': '7' } });
    expect(await submit()).toMatchObject({ kind: 'slow_down', afterMs: 7000 });
    fake.mode({ kind: 'error', name: 'internal_server_error', status: 503, headers: { 'retry-after': '9' } });
    expect(await submit()).toMatchObject({ kind: 'try_again', afterMs: 9000 });
  });

  it('keeps addresses out of its reason', async () => {
    const message = 'The address lead@example.com, is not allowed with your key';
    fake.mode({ kind: 'error', name: 'validation_error', status: 403, message });
    const submission = await submit();
    expect(submission).toMatchObject({ kind: 'account_fault' });
    expect(JSON.stringify(submission)).not.toContain('lead@example.com');
  });
});

describe('when nobody can tell whether it was taken', () => {
  const ambiguous = { kind: 'try_again', ambiguous: true };

  it.each([
    ['the connection breaks before', { kind: 'reset', accepted: false }],
    ['the connection breaks after', { kind: 'reset', accepted: true }],
    ['no answer comes', { kind: 'hang' }],
    ['the answer is cut', { kind: 'broken' }],
    ['the answer has no id', { kind: 'raw', status: 200, body: '{}' }],
    ['the error is a bare string', { kind: 'raw', status: 500, body: '"oops"' }],
    ['the error is nothing', { kind: 'raw', status: 500, body: 'null' }],
    ['a gateway answers in HTML', { kind: 'raw', status: 502, body: '<html>' }],
  ] as const)('and %s, it may be tried again', async (_, mode) => {
    fake.mode(mode);
    expect(await submit()).toMatchObject(ambiguous);
  });

  it('nobody listening is no exception either', async () => {
    await fake.close();
    expect(await submit()).toMatchObject(ambiguous);
  });

  it('a second try with the same key makes no second email', async () => {
    fake.mode({ kind: 'reset', accepted: true });
    await submit('once');
    fake.mode({ kind: 'ok' });
    expect(await submit('once')).toEqual({ kind: 'submitted', providerId: 'fake-1' });
    expect(fake.accepted).toHaveLength(1);
  });
});

it('tells the rate what the headers of every answer say', async () => {
  const heard: string[] = [];
  const rate: Rate = { ...unlimited, heed: (headers) => heard.push(headers['ratelimit-limit'] ?? '') };
  fake.mode({ kind: 'error', name: 'rate_limit_exceeded', status: 429, headers: { 'ratelimit-limit': '5' } });
  await submit('key', sampleEmail, rate);
  expect(heard).toEqual(['5']);
});

describe('when nobody answers', () => {
  it('one email is in doubt, and the next ones wait untouched until somebody does', async () => {
    const { url } = fake;
    const transport = createResendTransport({
      apiKey: 're_test',
      baseUrl: url,
      live: false,
      rate: unlimited,
    });
    const offer = (key: string) => transport.submit(sampleEmail, key, AbortSignal.timeout(2000));
    await fake.close();
    expect(await offer('one')).toMatchObject({ kind: 'try_again', ambiguous: true });
    expect(await offer('two')).toMatchObject({ kind: 'unreachable', afterMs: 61_000 });
    expect(await offer('three')).toMatchObject({ kind: 'unreachable' });
    fake = await startFakeResend({ port: Number(new URL(url).port) });
    expect(await offer('one')).toMatchObject({ kind: 'submitted' });
    expect(fake.requests.map(({ key }) => key)).toEqual(['one']);
  });

  it('a single broken connection stops nothing', async () => {
    const transport = createResendTransport({
      apiKey: 're_test',
      baseUrl: fake.url,
      live: false,
      rate: unlimited,
    });
    const offer = (key: string) => transport.submit(sampleEmail, key, AbortSignal.timeout(2000));
    fake.mode({ kind: 'reset', accepted: true });
    expect(await offer('one')).toMatchObject({ kind: 'try_again', ambiguous: true });
    fake.mode({ kind: 'ok' });
    expect(await offer('two')).toMatchObject({ kind: 'submitted' });
  });
});
