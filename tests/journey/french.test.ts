import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Environment } from '../../src/config/config.ts';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.ts';
import type { Email } from '../../src/mail/email.ts';
import { ROOT } from '../../src/root.ts';
import { rehearseLeadById } from '../../src/sequence/rehearsal-of-lead.ts';
import { testFunnel } from '../support/funnel.ts';
import type { TestFunnel } from '../support/funnel.ts';

/** A press on the French white paper's page, with the box ticked. */
async function reader(
  env: Environment = {},
): Promise<TestFunnel & { readonly page: string; readonly delivery: Email }> {
  const house = await testFunnel({ now: '2026-11-30T14:00:00Z', env });
  const answer = await house.signUp({ follow_up: 'yes', timezone: 'America/Montreal' }, 'livre-blanc');
  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/livre-blanc/check-inbox']);
  await house.send();
  const [delivery] = house.inbox;
  if (delivery === undefined) throw new Error('No email.');
  return { ...house, delivery, page: house.linkIn(delivery, '/download/') };
}

const isFrench = (html: string) => expect(html).toContain('<html lang="fr">');

describe('a reader of French', () => {
  it('is spoken to in French on every page', async () => {
    const house = await reader();
    const { page } = house;
    const fetch = async (url: string) => (await house.app.server.inject(url)).body;
    for (const path of [
      '/fr',
      '/livre-blanc',
      '/infographie',
      '/livre-blanc/check-inbox',
      '/fr/articles',
      '/fr/privacy',
    ])
      isFrench(await fetch(path));
    isFrench(await fetch('/fr/articles/losing-the-job-offer'));
    isFrench(await fetch('/fr/articles/topic/job-offers'));
    isFrench(await fetch('/fr/no-such-page'));
    isFrench((await house.signUp({ email: 'nonsense' }, 'livre-blanc')).body);
    isFrench(await fetch(page));
    isFrench(await fetch(house.linkIn(house.delivery, '/unsubscribe/')));
    await house.post(page, { first_name: 'Hélène' });
    isFrench(await fetch(page));
    house.clock.advance(31 * DAY);
    isFrench(await fetch(page));
    isFrench((await house.post(`${page}/renew`, {})).body);
  });

  it('gets emails in French, with links to pages in French and to her preferences', async () => {
    const house = await reader();
    expect(house.delivery.html).toContain('lang="fr"');
    expect(house.delivery.subject).toContain('lien');
    await house.post(house.page, {});
    for (let hour = 0; hour < 5 * 24; hour += 1) {
      house.clock.advance(HOUR);
      await house.send();
    }
    const step = house.inbox.find(({ tags }) => tags.some(({ value }) => value === 'two-markets'));
    if (step === undefined) throw new Error('No step.');
    expect(step.html).toContain('lang="fr"');
    expect(step.html).toContain('marché');
    const read = await house.app.server.inject(house.linkIn(step, '/read/'));
    expect(read.headers.location).toMatch(/^\/fr\/articles\/[a-z-]+\?utm_source=email/);
    isFrench((await house.app.server.inject(house.linkIn(step, '/preferences/'))).body);
    const left = await house.post(house.linkIn(step, '/unsubscribe/'), {});
    isFrench(left.body);
    const preferences = house.linkIn(step, '/preferences/');
    await house.post(preferences, { action: 'request_data' });
    await house.send();
    expect(house.inbox.at(-1)?.html).toContain('lang="fr"');
  });

  it('keeps the sentence that she ticked, in French, as her receipt', async () => {
    const { funnel, page, post, app, inbox, linkIn, send, clock } = await reader();
    await post(page, {});
    clock.advance(4 * DAY);
    await send();
    const preferences = linkIn(inbox.at(-1) as Email, '/preferences/');
    const { consent } = Object.values(funnel.content.current().translations)[0] ?? {};
    expect((await app.server.inject(preferences)).body).toContain(consent?.version);
    expect(consent?.version).not.toBe(funnel.content.current().consent.version);
  });

  it('gets a document in French, under a French name', async () => {
    const house = await reader();
    await house.post(house.page, { first_name: 'Hélène', situation: 'next-level' });
    const pdf = await house.app.server.inject(`${house.page}/livre-blanc.pdf`);
    expect(pdf.statusCode).toBe(200);
    expect(pdf.headers['content-disposition']).toMatch(/Livre-blanc/i);
    expect(pdf.rawPayload.toString('latin1')).toMatch(/\/Lang \(fr\)/);
  });

  it('is told of days as Canada writes them', async () => {
    const house = await reader();
    expect((await house.app.server.inject(house.page)).body).toContain('30 novembre 2026');
  });
});

describe('a reader whose sequence is in French and who then asks for the English paper', () => {
  it('has her emails, what is told of them ahead and her pages in French until she asks anew after its end', async () => {
    const house = await reader();
    const { funnel, app, inbox, clock, linkIn } = house;
    await house.post(house.page, {});
    clock.advance(20 * MINUTE);
    await house.signUp({}, 'white-paper');
    await house.send();
    await house.post(linkIn(inbox.at(-1) as Email, '/download/'), {});
    const { leadId = '' } = (await funnel.store.findLeadByEmail('ana@example.com')) ?? {};
    const { store, content, timetable } = funnel;
    const parts = { store, content: content.current(), timetable: timetable(), now: clock.now() };
    const rehearsed = await rehearseLeadById(parts, leadId);
    const ahead = rehearsed?.emails.find(({ step }) => step === 'two-markets');
    for (let hour = 0; hour < 5 * 24; hour += 1) {
      clock.advance(HOUR);
      await house.send();
    }
    const step = inbox.find(({ tags }) => tags.some(({ value }) => value === 'two-markets'));
    if (step === undefined) throw new Error('No step.');
    expect(step.html).toContain('lang="fr"');
    expect(step.subject).toBe(ahead?.subject);
    const preferences = linkIn(step, '/preferences/');
    isFrench((await app.server.inject(preferences)).body);
    isFrench((await app.server.inject(linkIn(step, '/unsubscribe/'))).body);
    await house.post(preferences, { action: 'request_data' });
    await house.send();
    expect(inbox.at(-1)?.html).toContain('lang="fr"');
    isFrench((await house.post(linkIn(step, '/unsubscribe/'), {})).body);
    isFrench((await app.server.inject(preferences)).body);
    await house.signUp({}, 'white-paper');
    await house.send();
    await house.post(linkIn(inbox.at(-1) as Email, '/download/'), {});
    expect((await app.server.inject(preferences)).body).toContain('<html lang="en">');
  });
});

describe('a reader of French, once the content is no longer written in it', () => {
  /** Her sequence is under way; then everything in French is removed. */
  async function forsaken() {
    const content = join(mkdtempSync(join(tmpdir(), 'content-')), 'content');
    onTestFinished(() => rmSync(join(content, '..'), { recursive: true }));
    cpSync(join(ROOT, 'assets/content'), content, { recursive: true });
    const house = await reader({ CONTENT_DIR: content });
    await house.post(house.page, {});
    for (const place of ['languages/fr', 'offers/livre-blanc', 'offers/infographie', 'words/fr.yaml'])
      rmSync(join(content, place), { recursive: true });
    expect(await house.funnel.content.reload()).toEqual([]);
    const { leadId = '' } = (await house.funnel.store.findLeadByEmail('ana@example.com')) ?? {};
    return { ...house, content, leadId };
  }

  it('gets no email of the sequence in another language, and the ledger and the rehearsal say why', async () => {
    const { funnel, clock, send, inbox, leadId } = await forsaken();
    const { store, content, timetable } = funnel;
    const parts = { store, content: content.current(), timetable: timetable(), now: clock.now() };
    const reason = 'the content is no longer written in her language (fr)';
    const steps = content.current().sequence.map(({ key }) => key);
    const { emails = [] } = (await rehearseLeadById(parts, leadId)) ?? {};
    const told = emails.filter(({ step }) => steps.includes(step));
    expect(told).toHaveLength(steps.length);
    for (const email of told) expect(email).toMatchObject({ state: 'skipped', note: reason });
    for (let hour = 0; hour < 5 * 24; hour += 1) {
      clock.advance(HOUR);
      await send();
    }
    expect(inbox).toHaveLength(1);
    const step = (await store.messagesOf(leadId)).find(({ kind }) => kind === 'step');
    expect(step).toMatchObject({ step: 'two-markets', reason });
  });

  it('still has her pages and what she asks for, in the main language', async () => {
    const { app, page, funnel, leadId, post, send, inbox, clock } = await forsaken();
    expect((await app.server.inject(page)).statusCode).toBe(410);
    const expiresAt = clock.now() + DAY;
    const token = funnel.tokens.mint({ purpose: 'preferences', id: leadId, expiresAt });
    const preferences = await app.server.inject(`/preferences/${token}`);
    expect(preferences.body).toContain('<html lang="en">');
    await post(`/preferences/${token}`, { action: 'request_data' });
    await send();
    expect(inbox.at(-1)?.html).toContain('lang="en"');
  });
});

it('a reader of French whose offer alone is gone still reads French', async () => {
  const content = join(mkdtempSync(join(tmpdir(), 'content-')), 'content');
  onTestFinished(() => rmSync(join(content, '..'), { recursive: true }));
  cpSync(join(ROOT, 'assets/content'), content, { recursive: true });
  const house = await reader({ CONTENT_DIR: content });
  await house.post(house.page, {});
  renameSync(join(content, 'offers/livre-blanc'), join(content, 'offers/un-livre'));
  for (const name of readdirSync(content, { recursive: true, encoding: 'utf8' })) {
    const file = join(content, name);
    if (/\.(?:md|yaml)$/.test(name))
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll('livre-blanc', 'un-livre'));
  }
  expect(await house.funnel.content.reload()).toEqual([]);
  isFrench((await house.app.server.inject(house.page)).body);
  for (let hour = 0; hour < 5 * 24; hour += 1) {
    house.clock.advance(HOUR);
    await house.send();
  }
  const step = house.inbox.find(({ tags }) => tags.some(({ value }) => value === 'two-markets'));
  expect(step?.html).toContain('lang="fr"');
  isFrench((await house.app.server.inject(house.linkIn(step as Email, '/unsubscribe/'))).body);
});

describe('a reader of English', () => {
  it('is led to the same page in French, and back', async () => {
    const { app } = await testFunnel();
    const page = async (url: string) => (await app.server.inject(url)).body;
    expect(await page('/white-paper')).toContain('href="/livre-blanc"');
    expect(await page('/livre-blanc')).toContain('href="/white-paper"');
    expect(await page('/articles/losing-the-job-offer')).toContain(
      'href="/fr/articles/losing-the-job-offer"',
    );
    expect(await page('/')).not.toContain('>Livre blanc<');
  });

  it('finds no page of a language that nobody wrote', async () => {
    const { app } = await testFunnel();
    for (const url of ['/de', '/de/articles', '/en/articles', '/fr/articles/nothing', '/fr/'])
      expect((await app.server.inject(url)).statusCode).toBe(404);
  });
});
