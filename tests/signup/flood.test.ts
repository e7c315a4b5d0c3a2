import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MINUTE } from '../../src/kernel/clock.ts';
import { ROOT } from '../../src/root.ts';
import { testFunnel } from '../support/funnel.ts';
import { solvedSum } from '../support/sum.ts';

/** A funnel with these limits in its `site.yaml`. */
async function limitedFunnel(limits: Readonly<Record<string, number>>) {
  const dataDir = mkdtempSync(join(tmpdir(), 'funnel-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  mkdirSync(join(dataDir, 'content'));
  const lines = Object.entries(limits).map(([name, value]) => `  ${name}: ${value}`);
  const site = readFileSync(join(ROOT, 'assets/content/site.yaml'), 'utf8');
  writeFileSync(join(dataDir, 'content/site.yaml'), `${site}\nlimits:\n${lines.join('\n')}\n`);
  return await testFunnel({ dataDir });
}

const maria = {
  email: 'maria@example.com',
  first_name: 'Maria',
  follow_up: 'yes',
  timezone: 'Europe/Paris',
  referrer: 'https://www.example.net/a',
};

/** The overall limit is met: Maria's form comes back with a sum. */
async function flooded(limits: Readonly<Record<string, number>> = {}) {
  const made = await limitedFunnel({ overall_per_hour: 1, ...limits });
  await made.signUp({ email: 'first@example.net' });
  return { ...made, page: await made.signUp(maria) };
}

/** What the form on a page sends again by itself: all its fields but the boxes. */
function carriedBy(page: string): Readonly<Record<string, string>> {
  const fields = [...page.matchAll(/<input type="(?:text|email|hidden)"[^>]*>/g)].map(([field]) => [
    / name="([^"]*)"/.exec(field)?.[1] ?? '',
    / value="([^"]*)"/.exec(field)?.[1] ?? '',
  ]);
  return Object.fromEntries(fields) as Record<string, string>;
}

describe('beyond the overall limit a form', () => {
  it('comes back with 429, a time, all that was typed, and a sum that the browser may solve', async () => {
    const { page, funnel } = await flooded();
    expect(page.statusCode).toBe(429);
    expect(Number(page.headers['retry-after'])).toBeGreaterThan(0);
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.body).toContain('More requests are coming in than these pages take at a time. Yours was not');
    expect(page.body).toMatch(/Please send it again in .*, after \d/);
    for (const kept of [
      'name="email" value="maria@example.com"',
      'name="first_name" value="Maria"',
      'value="yes" checked',
      'name="timezone" value="Europe/Paris"',
      'name="referrer" value="https://www.example.net/a"',
      '<input type="hidden" name="work" value="">',
    ])
      expect(page.body).toContain(kept);
    expect(page.body).toMatch(/role="status" data-challenge="/);
    expect(await funnel.store.findLeadByEmail(maria.email)).toBeNull();
  });

  it('is taken with the solution, and its email goes out', async () => {
    const { page, signUp, send, inbox } = await flooded();
    const answer = await signUp({ ...maria, work: await solvedSum(page.body) });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/white-paper/check-inbox']);
    await send();
    expect(inbox.map(({ to }) => to)).toContain(maria.email);
  });

  it('gets a new sum for a solution that was used, is too old, is for another form, or is none of ours', async () => {
    const { page, signUp, clock, takeLog } = await flooded({ overall_with_work_per_hour: 100 });
    const work = await solvedSum(page.body);
    const used = await signUp({ ...maria, work });
    expect(used.statusCode).toBe(303);
    const ana = { email: 'ana@example.org', first_name: 'Ana' };
    const second = await signUp({ ...ana, work });
    expect(second.statusCode).toBe(429);
    const fresh = await solvedSum(second.body);
    const changed = (from: string, to: string) =>
      Buffer.from(Buffer.from(fresh, 'base64').toString().replace(from, to)).toString('base64');
    const worthless = [
      '-',
      'e30=',
      '%',
      'A'.repeat(3000),
      changed('"cost":1000', '"cost":1'),
      changed('"form":"white-paper"', '"form":"infographic"'),
      changed('"derivedKey":"', '"derivedKey":"0'),
      changed('"solution":{', '"__proto__":{"x":1},"solution":{'),
    ];
    for (const text of worthless)
      expect([text, (await signUp({ ...ana, work: text })).statusCode]).toEqual([text, 429]);
    expect((await signUp({ ...ana, work: fresh }, 'infographic')).statusCode).toBe(429);
    clock.advance(10 * MINUTE);
    expect((await signUp({ ...ana, work: fresh })).statusCode).toBe(429);
    expect(takeLog()).toEqual([]);
  });

  it('is told to wait, without a sum, when even those with a solution have had their share', async () => {
    const { page, signUp } = await flooded({ overall_with_work_per_hour: 2 });
    const late = await signUp({ ...maria, email: 'late@example.org' });
    expect((await signUp({ ...maria, work: await solvedSum(page.body) })).statusCode).toBe(303);
    const unsolved = await signUp({ ...maria, email: 'later@example.org' });
    const solved = await signUp({ ...maria, email: 'late@example.org', work: await solvedSum(late.body) });
    for (const { statusCode, body } of [unsolved, solved]) {
      expect(statusCode).toBe(429);
      expect(body).toContain('Please send it again');
      expect(body).not.toMatch(/data-challenge|name="work"/);
    }
  });

  it('may run the one script that solves the sum; every other page allows no file', async () => {
    const { page, app, signUp } = await flooded();
    const policy = (answer: { headers: Record<string, unknown> }) =>
      /script-src ([^;]*)/.exec(String(answer.headers['content-security-policy']))?.[1];
    expect(policy(page)).toMatch(/^(?:'sha256-[^']+' )+'self'$/);
    expect(policy(await app.server.inject('/white-paper'))).not.toContain('self');
    expect(policy(await signUp({ first_name: '' }))).not.toContain('self');
    const script =
      /<script type="module" src="(\/assets\/work\.[0-9a-f]{10}\.js)">/.exec(page.body)?.[1] ?? '';
    const file = await app.server.inject(script);
    expect([file.statusCode, file.headers['content-type'], file.headers['cache-control']]).toEqual([
      200,
      'text/javascript; charset=utf-8',
      'public, max-age=31536000, immutable',
    ]);
  });

  it('is not asked for a sum where that would lift nothing: a domain’s limit, a network’s', async () => {
    const { signUp } = await limitedFunnel({ domain_per_hour: 1, network_per_hour: 2 });
    await signUp({ email: 'first@example.com' });
    const domain = await signUp(maria);
    await signUp({ email: 'second@example.net' });
    const network = await signUp({ ...maria, email: 'third@example.org' });
    const told = [
      [domain, 'For addresses at the same company or mail service as yours, more requests have come in'],
      [network, 'From the network that you use, such as that of an office, more requests have come in'],
    ] as const;
    for (const [{ statusCode, body }, reason] of told) {
      expect(statusCode).toBe(429);
      expect(body).toContain(reason);
      expect(body).toContain('name="first_name" value="Maria"');
      expect(body).not.toContain('data-challenge');
    }
  });

  it('whose questioned address was kept is not questioned again, and its solution outlives a question', async () => {
    const { signUp, post, send, inbox } = await flooded();
    const sentAgain = (page: { body: string }, more: Readonly<Record<string, string>> = {}) =>
      post('/white-paper', { ...carriedBy(page.body), ...more });
    const question = await signUp({ ...maria, email: 'maria@gmial.com' });
    const kept = await sentAgain(question, { email_instead: 'maria@gmial.com' });
    expect([question.statusCode, kept.statusCode]).toEqual([422, 429]);
    // She notices something else, and is asked about that.
    const work = await solvedSum(kept.body);
    const other = await sentAgain(kept, { email: 'maria@hotnail.com', work });
    expect([other.statusCode, carriedBy(other.body)['work']]).toEqual([422, work]);
    const answer = await sentAgain(other);
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/white-paper/check-inbox']);
    await send();
    expect(inbox.map(({ to }) => to)).toContain('maria@hotnail.com');
  });

  it('is taken with the solution beside an address that was questioned and kept', async () => {
    const { signUp, post } = await flooded();
    const kept = await signUp({ ...maria, email: 'maria@gmial.com', email_asked: 'maria@gmial.com' });
    const answer = await post('/white-paper', {
      ...carriedBy(kept.body),
      work: await solvedSum(kept.body),
    });
    expect([kept.statusCode, answer.statusCode]).toEqual([429, 303]);
  });

  it('of a page with a campaign keeps it', async () => {
    const { signUp } = await flooded();
    const { body } = await signUp(maria, 'white-paper', '?utm_source=talk');
    // The form has no address of its own: it goes to that of the page, query string and all.
    expect(body).toMatch(/<form class="form" id="form" method="post" novalidate/);
    expect(body).toContain('href="/privacy?utm_source=talk"');
  });
});

describe('a trapped form', () => {
  it('meets the network’s limit as every other does: nothing is lost in silence', async () => {
    const { signUp } = await limitedFunnel({ network_per_hour: 1 });
    const trapped = { ...maria, website: 'https://maria.example' };
    expect((await signUp(trapped)).statusCode).toBe(303);
    expect((await signUp(trapped)).statusCode).toBe(429);
  });

  it('has a field that password managers are asked to leave alone', async () => {
    const { app } = await testFunnel();
    const { body } = await app.server.inject('/white-paper');
    const field = /<input[^>]*name="website"[^>]*>/.exec(body)?.[0] ?? '';
    for (const sign of [
      'autocomplete="off"',
      'tabindex="-1"',
      'data-1p-ignore',
      'data-lpignore="true"',
      'data-bwignore="true"',
      'data-form-type="other"',
    ])
      expect(field).toContain(sign);
  });
});
