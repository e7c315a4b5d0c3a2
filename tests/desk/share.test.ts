import { describe, expect, it } from 'vitest';
import { contentFor } from '../../src/content/languages.ts';
import { pictureSays } from '../support/read-qr.ts';
import { signedInDesk } from './desk.ts';

const ENV = { PUBLIC_URL: 'https://funnel.example' };

/** What stands in the field from which the coach copies the form. */
function snippetIn(page: string): string {
  const [, text = ''] = /<textarea id="snippet"[^>]*>\n([\s\S]*?)<\/textarea>/.exec(page) ?? [];
  return unescaped(text);
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

describe('the form for the coach’s own site', () => {
  it('is a whole form that needs no script and no style of the page', async () => {
    const { get, funnel } = await signedInDesk({ env: ENV });
    const { consent } = funnel.content.current();
    const snippet = snippetIn((await get('/admin/share')).body);
    expect(snippet).toContain(
      '<form action="https://funnel.example/white-paper?utm_source=own-site" method="post"',
    );
    expect(snippet).toContain(`>${consent.wording}</label>`);
    expect(snippet).toContain(`<input type="hidden" name="consent_version" value="${consent.version}">`);
    expect(snippet).toContain('>Email me the white paper</button>');
    expect(snippet).toContain('href="https://funnel.example/privacy"');
    expect(snippet).toContain('<div hidden style="display:none!important">');
    expect(snippet).toMatch(/name="website" autocomplete="off" tabindex="-1"/);
    expect(snippet).toMatch(/name="first_name" autocomplete="given-name"/);
    expect(snippet).toMatch(/name="email" autocomplete="email"/);
    expect(snippet).not.toMatch(/checked|<script|\n\n|class=/);
    const ids = [...snippet.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    const labelled = [...snippet.matchAll(/ for="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(4);
    expect(labelled).toEqual(ids.toSorted((a, b) => labelled.indexOf(a) - labelled.indexOf(b)));
  });

  it('counts under the place that the coach names, and has ids of its own for each offer and place', async () => {
    const { get } = await signedInDesk({ env: ENV });
    const page = await get('/admin/share?offer=infographic&place=Blog+footer');
    const snippet = snippetIn(page.body);
    expect(snippet).toContain('action="https://funnel.example/infographic?utm_source=blog-footer"');
    expect(snippet).toContain('id="blog-footer-infographic-email"');
  });

  it('speaks the language of its offer, and leads to the privacy page of that language', async () => {
    const { get, funnel } = await signedInDesk({ env: ENV });
    const { consent } = contentFor(funnel.content.current(), 'livre-blanc');
    const snippet = snippetIn((await get('/admin/share?offer=livre-blanc')).body);
    expect(snippet).toMatch(/<form [^>]*lang="fr"/);
    expect(snippet).toContain(`>${consent.wording}</label>`);
    expect(snippet).toContain(`value="${consent.version}"`);
    expect(snippet).toContain('href="https://funnel.example/fr/privacy"');
  });

  it('is shown in a frame that may do nothing, as it looks without styles', async () => {
    const { get } = await signedInDesk({ env: ENV });
    const page = await get('/admin/share');
    const frame = /<iframe[^>]* src="([^"]+)" sandbox /.exec(page.body)?.[1] ?? '';
    expect(page.headers['content-security-policy']).toContain("frame-src 'self'");
    const shown = await get(unescaped(frame));
    expect(shown.statusCode).toBe(200);
    expect(shown.body).toContain(snippetIn(page.body));
    expect(shown.headers['content-security-policy']).toMatch(/form-action 'none'.*sandbox/);
  });

  it('refuses an offer that is not there, and the names of our own links', async () => {
    const { get } = await signedInDesk({ env: ENV });
    for (const query of ['offer=nope', 'place=shared-copy']) {
      const page = await get(`/admin/share?${query}`);
      expect([page.statusCode, page.body.includes('id="snippet"')]).toEqual([422, false]);
      expect(page.body).toContain('<title>Error: share');
      expect((await get(`/admin/share/form.html?${query}`)).statusCode).toBe(404);
    }
  });
});

describe('whether the coach’s site may send it', () => {
  it('is said plainly, with the setting that lacks', async () => {
    const { get } = await signedInDesk({ env: ENV });
    const { body } = await get('/admin/share');
    expect(body).toContain('<strong>Not yet</strong>: <code>https://wordrightcareer.com</code>');
    expect(body).toContain(
      '<code>ALLOWED_ORIGINS=https://wordrightcareer.com,https://www.wordrightcareer.com</code>',
    );
  });

  it('and no setting is asked for when it may', async () => {
    const { get } = await signedInDesk({
      env: { ...ENV, ALLOWED_ORIGINS: 'https://wordrightcareer.com,https://friend.example' },
    });
    const { body } = await get('/admin/share');
    expect(body).toContain('<strong>Yes</strong>: <code>https://wordrightcareer.com</code>');
    expect(body).toContain('<strong>Not yet</strong>: <code>https://www.wordrightcareer.com</code>');
    expect(body).toContain('<strong>Yes</strong>: <code>https://friend.example</code>');
    expect(body).not.toContain('ALLOWED_ORIGINS=');
  });
});

describe('a post from the coach’s site', () => {
  const OWN = { origin: 'https://wordrightcareer.com', 'sec-fetch-site': 'cross-site' };
  const FROM = { ...OWN, referer: 'https://wordrightcareer.com/' };
  const GOOD = { first_name: 'Ana', email: 'ana@example.com' };
  const desk = () => signedInDesk({ env: { ...ENV, ALLOWED_ORIGINS: 'https://wordrightcareer.com' } });
  const PATH = '/white-paper?utm_source=own-site';

  it('is a signup by that site', async () => {
    const { post, funnel } = await desk();
    const answer = await post(PATH, GOOD, FROM);
    expect([answer.statusCode, answer.headers.location]).toEqual([
      303,
      '/white-paper/check-inbox?utm_source=own-site',
    ]);
    const { rows } = await funnel.store.leadsPage({}, { after: null, limit: 9, order: 'oldest' });
    expect(rows[0]?.first).toMatchObject({ source: 'own-site', referrer: 'https://wordrightcareer.com/' });
  });

  it('with a mistake ends on our page with what was typed, and still counts as that site’s', async () => {
    const { post, funnel } = await desk();
    const answer = await post(PATH, { ...GOOD, email: 'ana@example', follow_up: 'yes' }, FROM);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('value="ana@example"');
    expect(answer.body).toMatch(/value="yes" checked/);
    expect(answer.body).toContain('href="/privacy?utm_source=own-site"');
    const [, referrer = ''] = /name="referrer" value="([^"]*)"/.exec(answer.body) ?? [];
    await post(
      PATH,
      { ...GOOD, referrer },
      { origin: 'https://funnel.example', referer: `https://funnel.example${PATH}` },
    );
    const { rows } = await funnel.store.leadsPage({}, { after: null, limit: 9, order: 'oldest' });
    expect(rows[0]?.first).toMatchObject({ source: 'own-site', referrer: 'https://wordrightcareer.com/' });
  });

  it('whose tick stood beside an older sentence shows today’s sentence unticked', async () => {
    const { post } = await desk();
    const stale = { ...GOOD, email: 'x', follow_up: 'yes', consent_version: '000000000000' };
    expect((await post(PATH, stale, FROM)).body).not.toMatch(/value="yes" checked/);
  });

  it('is refused as long as the site is not allowed, and the way to our form keeps its tag', async () => {
    const { post } = await signedInDesk({ env: ENV });
    const answer = await post(PATH, GOOD, FROM);
    expect(answer.statusCode).toBe(403);
    expect(answer.body).toContain('This form was sent from another site');
    expect(answer.body).toContain('href="/?utm_source=own-site"');
  });
});

describe('a campaign’s link', () => {
  const MADE = 'to=%2Finfographic&source=Business+Card&medium=print&campaign=&content=';
  const LINK = 'https://funnel.example/infographic?utm_source=business-card&utm_medium=print';

  it('is shown ready to copy, with a code that says the same, on the page and in both files', async () => {
    const { get } = await signedInDesk({ env: ENV });
    const page = await get(`/admin/share?${MADE}`);
    expect(unescaped(/<textarea id="made"[^>]*>([^<]*)</.exec(page.body)?.[1] ?? '')).toBe(LINK);
    expect(page.body).toMatch(/<svg class="qr" role="img" aria-labelledby="qr-name qr-text"/);
    const links = [...page.body.matchAll(/href="(\/admin\/share\/qr\.(?:png|svg)[^"]*)" download/g)];
    const [png, svg] = await Promise.all(links.map(([, href = '']) => get(unescaped(href))));
    expect(png?.headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': 'attachment; filename="qr-business-card.png"',
    });
    expect(await pictureSays(png?.rawPayload ?? Buffer.alloc(0))).toBe(LINK);
    expect(svg?.headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'content-disposition': 'attachment; filename="qr-business-card.svg"',
    });
    const path = /stroke="#000" d="([^"]+)"/;
    expect(path.exec(svg?.body ?? '')?.[1]).toBe(path.exec(page.body)?.[1]);
  });

  it('can lead to every page that is nobody’s own, and only there', async () => {
    const { get, app } = await signedInDesk({ env: ENV });
    const { body } = await get('/admin/share');
    const paths = [...body.matchAll(/<option value="(\/[^"]*)"/g)].map(([, path = '']) => path);
    expect(paths.length).toBeGreaterThan(5);
    const answers = await Promise.all(paths.map((path) => app.server.inject(path)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(paths.map(() => 200));
  });

  it('with a mistake says what is wrong, keeps what was typed and makes nothing', async () => {
    const { get } = await signedInDesk({ env: ENV });
    const page = await get('/admin/share?to=%2Finfographic&source=&medium=print');
    expect(page.statusCode).toBe(422);
    expect(page.body).toContain('<a href="#source">Enter a source');
    expect(page.body).toContain('value="print"');
    expect(page.body).not.toContain('<svg class="qr"');
    for (const file of ['qr.svg', 'qr.png'])
      expect((await get(`/admin/share/${file}?to=%2Finfographic&source=`)).statusCode).toBe(404);
  });

  it('that no code can hold says so, at the field where shorter words help', async () => {
    const { get } = await signedInDesk({ env: ENV });
    const long = '東'.repeat(60);
    const query = new URLSearchParams({
      to: '/infographic',
      source: 'line',
      medium: long,
      campaign: long,
      content: long,
    }).toString();
    const page = await get(`/admin/share?${query}`);
    expect(page.statusCode).toBe(422);
    expect(page.body).toContain('<a href="#medium">This link is too long for a code');
    expect(page.body).toMatch(/<input id="medium"[^>]* aria-invalid="true"/);
    expect((await get(`/admin/share/qr.png?${query}`)).statusCode).toBe(404);
  });

  it('does not forget the form that was chosen beside it', async () => {
    const { get } = await signedInDesk({ env: ENV });
    const { body } = await get(`/admin/share?${MADE}&offer=infographic&place=blog`);
    expect(body).toContain('<input type="hidden" name="place" value="blog">');
    expect(body).toContain('<input type="hidden" name="source" value="business-card">');
  });

  it('warns as long as it leads to this machine only', async () => {
    const local = await signedInDesk({ env: { PUBLIC_URL: 'http://127.0.0.1:3000' } });
    expect((await local.get('/admin/share')).body).toContain('Do not print anything yet');
    const live = await signedInDesk({ env: ENV });
    expect((await live.get('/admin/share')).body).not.toContain('Do not print anything yet');
  });
});

describe('what the links brought', () => {
  it('is told by their names; our own links are explained, the coach’s can be used again', async () => {
    const { get, signUp, clock } = await signedInDesk({ env: ENV });
    await signUp({}, 'white-paper', '?utm_source=Li%26Co&utm_campaign=autumn');
    clock.advance(1000);
    await signUp({ email: 'b@example.com' }, 'white-paper', '?utm_source=shared-copy');
    const { body } = await get('/admin/share');
    expect(body).toContain('<a href="/admin/share?source=Li%26Co&amp;campaign=autumn#link">Use again');
    expect(body).toMatch(/shared-copy <span class="hint">a link in a document that was handed on/);
    expect(body.match(/Use again/g)).toHaveLength(1);
    expect(body).toContain('<option value="Li&amp;Co">');
  });

  it('is nothing at first', async () => {
    const { get } = await signedInDesk({ env: ENV });
    expect((await get('/admin/share')).body).toContain('When somebody signs up through a link with a source');
  });
});

describe('the Share page', () => {
  it('tells what is wrong at its field, and brings the list of mistakes into sight', async () => {
    const { get } = await signedInDesk({ env: ENV });
    const { statusCode, body } = await get('/admin/share?to=%2Fnope&source=&offer=nope&place=article');
    expect(statusCode).toBe(422);
    expect(body).toMatch(/<div class="problem" role="alert" tabindex="-1" autofocus>/);
    for (const field of ['to', 'source', 'offer', 'place']) {
      const control = new RegExp(`<(?:input|select) id="${field}"[^>]*>`).exec(body)?.[0];
      expect(control).toContain(`aria-invalid="true" aria-describedby="${field}-wrong"`);
      const [, told] = new RegExp(`<a href="#${field}">([^<]+)</a>`).exec(body) ?? [];
      expect(body).toContain(`id="${field}-wrong"><span class="unseen">Error: </span>${told}</span>`);
    }
    // An address with a target that is there would keep the browser from the mistakes.
    expect(body).not.toMatch(/ id="your-(?:link|form)"/);
  });

  it('sends each form to what it makes', async () => {
    const { get } = await signedInDesk({ env: ENV });
    const { body } = await get('/admin/share?to=%2Fwhite-paper&source=card');
    for (const [, target] of body.matchAll(/<form method="get" action="\/admin\/share#([^"]+)"/g))
      expect(body).toMatch(new RegExp(` id="${target}" tabindex="-1"`));
    expect(body).not.toContain('aria-invalid="true"');
    expect(body).not.toContain('autofocus');
  });

  it('says of each title in which language it is', async () => {
    const { get } = await signedInDesk({ env: ENV });
    const { body } = await get('/admin/share');
    const option = (value: string) => new RegExp(`<option value="${value}"[^>]*>`).exec(body)?.[0];
    for (const value of ['/livre-blanc', 'livre-blanc', '/fr/articles/losing-the-job-offer'])
      expect(option(value)).toContain(' lang="fr"');
    for (const value of ['/white-paper', 'white-paper', '/fr/articles'])
      expect(option(value)).not.toContain('lang=');
  });
});
