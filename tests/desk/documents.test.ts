import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPdf } from '../documents/read.ts';
import { printerWithPictures } from '../support/printer.ts';
import { addDemoLeads, confirmedLead, signedInDesk } from './desk.ts';

const PAPER = '/admin/documents/white-paper';

async function deskWithPictures() {
  const printer = printerWithPictures();
  return { ...(await deskOf(printer)), printer };
}

/** A spread would freeze the cookie, which is read anew each time. */
async function deskOf(printer: ReturnType<typeof printerWithPictures>) {
  const desk = await signedInDesk({ printer });
  return { desk, get: desk.get };
}

describe('the list of documents', () => {
  it('shows each offer with its pages, its reading time and who has it', async () => {
    const { desk, get } = await deskWithPictures();
    expect((await get('/admin/documents')).body).toContain('being counted');
    await desk.app.contentChanged();
    await addDemoLeads(desk, 50);
    const { body } = await get('/admin/documents');
    const facts = [...body.matchAll(/<dd>([^<]*)<\/dd>/g)].map(([, text]) => text);
    const inOneLanguage = [
      expect.stringMatching(/^1\d$/),
      expect.stringMatching(/^\d\d minutes$/),
      '0',
      '1',
      expect.stringMatching(/^\d minutes$/),
      '0',
    ];
    expect(facts).toEqual([...inOneLanguage, ...inOneLanguage]);
    expect(body).toContain(`<a href="${PAPER}">Early and by Name`);
    expect(body).toContain(`content version <code>${desk.funnel.content.current().version}</code>`);
    expect(body).toContain('Edition of November 23, 2026');
    expect(body).not.toContain('Mistakes in the content');
  });

  it('counts a person’s downloads, and not the coach’s looks', async () => {
    const { desk, get } = await deskWithPictures();
    await confirmedLead(desk);
    const email = desk.inbox[0];
    if (email === undefined) throw new Error('No email.');
    const file = `${desk.linkIn(email, '/download/')}/white-paper.pdf`;
    for (let times = 0; times < 2; times++) await desk.app.server.inject(file);
    expect((await get(`${PAPER}.pdf`)).statusCode).toBe(200);
    expect((await get('/admin/documents')).body).toContain('<dd>2, by 1 person</dd>');
  });
});

describe('the page of a document', () => {
  it('shows every page of the variant that is asked for, the same pages being drawn once', async () => {
    const { get, printer } = await deskWithPictures();
    const page = await get(`${PAPER}?situation=between-roles&paper=a4`);
    expect(page.statusCode).toBe(200);
    const images = [...page.body.matchAll(/<img class="page" src="([^"]+)"[^>]* alt="([^"]+)"/g)];
    expect(images.map(([, , alt]) => alt)).toEqual(['Page 1 of 3', 'Page 2 of 3', 'Page 3 of 3']);
    expect(page.body).toContain('<option value="between-roles" selected>');
    for (const [index, [, src = '']] of images.entries()) {
      const picture = await get(src.replaceAll('&amp;', '&'));
      expect(picture.statusCode).toBe(200);
      expect(picture.headers['content-type']).toBe('image/svg+xml');
      expect(picture.body).toContain(`white-paper between-roles a4 ${index + 1}`);
    }
    expect(printer.pictured).toHaveLength(1);
  });

  it('begins with nobody’s answers, on the paper of readers whose zone is not known', async () => {
    const { get, printer } = await deskWithPictures();
    const { body } = await get(PAPER);
    expect(printer.pictured[0]?.variant).toEqual({
      offer: 'white-paper',
      situation: null,
      paper: 'letter',
    });
    expect(body).toContain('<option value="letter" selected>US Letter</option>');
    expect(body).toContain('name="name" value="Alex"');
    expect(body).toContain('name="role" value="Chief Operating Officer"');
    expect(body.match(/in the PDF only/g)).toHaveLength(2);
    expect(body).toContain('without name and role');
  });

  it('shows one page large, with the way to its neighbours', async () => {
    const { get } = await deskWithPictures();
    const { body, statusCode } = await get(`${PAPER}/pages/2?situation=final-rounds&paper=a4`);
    expect(statusCode).toBe(200);
    expect(body).toContain('<h1>Page 2 of 3</h1>');
    for (const page of [1, 3])
      expect(body).toContain(`href="${PAPER}/pages/${page}?situation=final-rounds&amp;paper=a4"`);
    expect((await get(`${PAPER}/pages/3`)).body).not.toContain('rel="next"');
  });

  it('tells what is wrong with the query, and keeps what was typed', async () => {
    const { get, printer } = await deskWithPictures();
    const name = 'x'.repeat(81);
    const page = await get(`${PAPER}?situation=happy&paper=a5&name=${name}&role=${name}`);
    expect(page.statusCode).toBe(422);
    expect(page.body).toMatch(/<title>Error/);
    for (const field of ['situation', 'paper', 'name', 'role'])
      expect(page.body).toContain(`<li><a href="#${field}">`);
    expect(page.body).toContain(`value="${name}"`);
    expect(page.body).not.toContain('<img');
    expect((await get(`${PAPER}.pdf?situation=happy`)).statusCode).toBe(422);
    expect(printer.pictured).toEqual([]);
  });

  it('survives any query, and knows no page that is not there', async () => {
    const { get } = await deskWithPictures();
    for (const query of ['name=', 'role=%00', 'name=a&name=b', 'paper=', '__proto__=1', 'situation=&x=%F0'])
      expect([query, (await get(`${PAPER}?${query}`)).statusCode]).toEqual([query, 200]);
    expect((await get(`${PAPER}?name=%3Cb%3E`)).body).toContain('value="&lt;b&gt;"');
    for (const path of [
      '/admin/documents/nothing',
      '/admin/documents/nothing.pdf',
      '/admin/documents/__proto__',
      `${PAPER}/pages/4`,
      `${PAPER}/pages/4.svg`,
      `${PAPER}/pages/0.svg`,
      `${PAPER}/pages/-1.svg`,
      `${PAPER}/pages/1e0.svg`,
      `${PAPER}/pages/1.svg?paper=a5`,
      `${PAPER}/pages/.svg`,
    ])
      expect([path, (await get(path)).statusCode]).toEqual([path, 404]);
  });

  it('says so when the pages cannot be drawn, tries again, and still gives the PDF', async () => {
    let broken = true;
    const printer = printerWithPictures(async () => {
      if (broken) throw new Error('no ink');
      return ['<svg xmlns="http://www.w3.org/2000/svg"/>'];
    });
    const { desk, get } = await deskOf(printer);
    for (const url of [PAPER, `${PAPER}/pages/1`]) {
      const page = await get(url);
      expect([page.statusCode, page.body.includes('The pages cannot be shown.')]).toEqual([503, true]);
    }
    const picture = await get(`${PAPER}/pages/1.svg`);
    expect([picture.statusCode, picture.headers['content-type']]).toEqual([503, 'text/plain; charset=utf-8']);
    expect(desk.takeLog()).toEqual([1, 2, 3].map(() => expect.stringMatching(/could not be drawn.*no ink/)));
    expect((await get(`${PAPER}.pdf`)).statusCode).toBe(200);
    broken = false;
    expect((await get(PAPER)).body).toContain('alt="Page 1 of 1"');
  });
});

describe('a picture of a page', () => {
  it('is kept by the browser for itself, and may do nothing but be looked at', async () => {
    const { get } = await deskWithPictures();
    const { headers } = await get(`${PAPER}/pages/1.svg`);
    expect(headers['cache-control']).toBe('private, no-cache');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none';.*sandbox$/);
    expect(headers['content-security-policy']).not.toMatch(/script/);
    const again = await get(`${PAPER}/pages/1.svg`, { 'if-none-match': String(headers['etag']) });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });
});

describe('the preview as a PDF', () => {
  it('is made for the name and the role that were typed, and shown in the browser', async () => {
    const { get } = await deskWithPictures();
    const query = 'situation=between-roles&paper=a4&name=Zo%C3%AB+Quay&role=Head+of+Tides';
    const answer = await get(`${PAPER}.pdf?${query}`);
    expect(answer.headers['content-type']).toBe('application/pdf');
    expect(answer.headers['content-disposition']).toMatch(/^inline; filename="Preview-/);
    expect(answer.headers['cache-control']).toBe('private, no-cache');
    const { pages } = await readPdf({ parts: [answer.rawPayload] });
    expect(pages[0]?.text).toContain('Zoë Quay');
    expect(pages[0]?.width).toBeCloseTo(595, 0);
  });
});

describe('mistakes of the content', () => {
  it('stand on the pages of the documents and under Health, with file, line and remedy, while an earlier version is served', async () => {
    const { desk, get } = await deskWithPictures();
    const { version } = desk.funnel.content.current();
    const site = readFileSync('assets/content/site.yaml', 'utf8');
    mkdirSync(join(desk.dataDir, 'content'));
    writeFileSync(join(desk.dataDir, 'content/site.yaml'), `paper: a5\n${site}`);
    await desk.funnel.content.reload();
    for (const url of ['/admin/documents', PAPER, '/admin/health']) {
      const { body, statusCode } = await get(url);
      expect([url, statusCode]).toEqual([url, 200]);
      expect(body).toMatch(/site\.yaml:1<\/code> `paper` has a value .* Write one of: a4, letter\./);
      expect(body).toContain('The content folder has 1 mistake; the last valid version is served.');
      expect(body).toContain(version);
    }
  });
});
