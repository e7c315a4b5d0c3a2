import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { expect, it } from 'vitest';
import { createOutbox } from '../../src/mail/outbox.ts';
import { createComposer } from '../../src/mail/compose.ts';
import { NOON, orderOf, sampleEmail, stationery } from '../support/email.ts';
import { lacks } from '../support/lacks.ts';

const signal = AbortSignal.timeout(10_000);
const freshDir = () => join(mkdtempSync(join(tmpdir(), 'outbox-')), 'outbox');

it('writes an email whole, under a name that sorts by time and tells step and message', async () => {
  const dir = freshDir();
  const submission = await createOutbox(dir).submit(sampleEmail, 'key', signal);
  expect(submission).toEqual({ kind: 'submitted', providerId: null });
  expect(readdirSync(dir)).toEqual([`2026-11-23T12-00-00.000Z-tide-${sampleEmail.messageId}.eml`]);
  const [name = ''] = readdirSync(dir);
  expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600);
});

it('writes a second try over the first', async () => {
  const dir = freshDir();
  const outbox = createOutbox(dir);
  await outbox.submit(sampleEmail, 'key', signal);
  await outbox.submit(sampleEmail, 'key', signal);
  expect(readdirSync(dir)).toHaveLength(1);
});

it('says that a folder cannot be written, as a passing fault', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'outbox-')), 'a-file');
  writeFileSync(file, '');
  const submission = await createOutbox(file).submit(sampleEmail, 'key', signal);
  expect(submission).toMatchObject({ kind: 'try_again', ambiguous: false });
});

it.each(['step', 'delivery'] as const)(
  'makes of a composed %s what an independent parser reads back',
  async (kind) => {
    const composition = createComposer(stationery())(orderOf(kind), NOON);
    if (composition.kind !== 'composed') throw new Error(composition.reason);
    const { email } = composition;
    const dir = freshDir();
    await createOutbox(dir).submit(email, 'key', signal);
    const parsed = await PostalMime.parse(readFileSync(join(dir, readdirSync(dir)[0] ?? '')));
    expect(parsed.subject).toBe(email.subject);
    expect(parsed.from).toMatchObject({ name: 'Ada Quay', address: 'ada@harbour.example' });
    expect(parsed.to?.map(({ address }) => address)).toEqual([email.to]);
    expect(parsed.replyTo?.[0]).toMatchObject({ address: 'reply@harbour.example' });
    expect(parsed.date).toBe('2026-11-23T12:00:00.000Z');
    expect(parsed.text?.trim()).toBe(email.text.trim());
    expect(parsed.html?.trim()).toBe(email.html.trim());
    for (const [name, value] of Object.entries(email.headers)) {
      const header = parsed.headers.find(({ key }) => key === name.toLowerCase());
      expect(header?.value.replace(/\s/g, '')).toBe(value.replace(/\s/g, ''));
    }
  },
);

const hasPython = (() => {
  try {
    execFileSync('python3', ['--version']);
    return true;
  } catch {
    return false;
  }
})();

it.skipIf(lacks(hasPython, 'python3 is not installed'))(
  'is read by Python’s email package as well',
  async () => {
    const dir = freshDir();
    await createOutbox(dir).submit(sampleEmail, 'key', signal);
    const script = `
import email, email.policy, json, sys
m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
print(json.dumps({'subject': m['subject'], 'to': str(m['to']), 'type': m.get_content_type(), 'defects': len(m.defects),
  'parts': [p.get_content_type() for p in m.iter_parts()], 'text': m.get_body(('plain',)).get_content().strip(),
  'html': m.get_body(('html',)).get_content().strip(), 'stop': m['List-Unsubscribe'], 'date': m['date'].datetime.isoformat()}))`;
    const file = join(dir, readdirSync(dir)[0] ?? '');
    expect(JSON.parse(execFileSync('python3', ['-c', script, file], { encoding: 'utf8' }))).toEqual({
      subject: 'Tides — über Wasser',
      to: 'lead@example.com',
      type: 'multipart/alternative',
      defects: 0,
      parts: ['text/plain', 'text/html'],
      text: 'Grüße',
      html: '<p>Grüße</p>',
      stop: '<https://funnel.example/unsubscribe/abc>',
      date: '2026-11-23T12:00:00+00:00',
    });
  },
);
