import { describe, expect, it } from 'vitest';
import { testFunnel } from '../support/funnel.ts';

const INBOX = '/white-paper/check-inbox';
const typed = {
  email: 'maria@gmial.com',
  first_name: 'Maria',
  follow_up: 'yes',
  timezone: 'Europe/Paris',
  referrer: 'https://www.example.net/a',
};

describe('the question about a mistyped domain', () => {
  it('stands beside the field with both addresses on buttons, and all that was typed is kept', async () => {
    const { signUp, funnel } = await testFunnel();
    const answer = await signUp(typed);
    expect(answer.statusCode).toBe(422);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body).toContain('Did you mean maria@gmail.com?');
    expect(answer.body).toMatch(/<button[^>]* name="email_instead" value="maria@gmail\.com">Yes, use/);
    expect(answer.body).toMatch(/<button[^>]* name="email_instead" value="maria@gmial\.com">No, keep/);
    expect(answer.body).toMatch(/name="email_asked" value="maria@gmial\.com"/);
    for (const kept of [
      'name="email" value="maria@gmial.com"',
      'name="first_name" value="Maria"',
      'value="yes" checked',
      'name="timezone" value="Europe/Paris"',
      'name="referrer" value="https://www.example.net/a"',
    ])
      expect(answer.body).toContain(kept);
    expect(await funnel.store.countLeads({})).toBe(0);
  });

  it('is no error: the title asks to check, nothing is marked wrong, and the focus goes to the question', async () => {
    const { signUp } = await testFunnel();
    const { body } = await signUp(typed);
    expect(body).toMatch(/<title>Please check: /);
    expect(body).not.toMatch(/role="alert"|aria-invalid/);
    expect(body).toMatch(/role="group" aria-labelledby="email-question" tabindex="-1" autofocus/);
  });

  it('leaves Enter to what stands in the field: the first button of the form says nothing', async () => {
    const { signUp } = await testFunnel();
    const form = /<form class="form"[\s\S]*?<\/form>/.exec((await signUp(typed)).body)?.[0] ?? '';
    const [first = ''] = /<button[^>]*>/.exec(form) ?? [];
    expect(first).toMatch(/type="submit" tabindex="-1" aria-hidden="true"/);
    expect(first).not.toContain('name=');
  });

  it.each([
    [{ email_instead: 'maria@gmail.com' }, 'maria@gmail.com'],
    [{ email_instead: 'maria@gmial.com' }, 'maria@gmial.com'],
    [{}, 'maria@gmial.com'],
    [{ email: 'maria@example.com' }, 'maria@example.com'],
  ])('is answered by %o: the email goes to %s', async (answer, address) => {
    const { signUp, send, inbox } = await testFunnel();
    const again = await signUp({ ...typed, email_asked: 'maria@gmial.com', ...answer });
    expect([again.statusCode, again.headers.location]).toEqual([303, INBOX]);
    await send();
    expect(inbox.map(({ to }) => to)).toEqual([address]);
  });

  it('stays answered when something else was wrong', async () => {
    const { signUp } = await testFunnel();
    const { body } = await signUp({ ...typed, email_asked: 'maria@gmial.com', first_name: '' });
    expect(body).not.toContain('Did you mean');
    expect(body).toMatch(/name="email_asked" value="maria@gmial\.com"/);
  });

  it('is asked again about another slip', async () => {
    const { signUp } = await testFunnel();
    const answer = await signUp({ ...typed, email_asked: 'maria@gmial.com', email: 'maria@hotnail.com' });
    expect([answer.statusCode, answer.body.includes('Did you mean maria@hotmail.com?')]).toEqual([422, true]);
  });

  it('comes with the errors of the page, whose summary then has the focus', async () => {
    const { signUp } = await testFunnel();
    const { body } = await signUp({ ...typed, first_name: '' });
    expect(body).toMatch(/<title>Error: /);
    expect(body.match(/ autofocus/g)).toHaveLength(1);
    expect(body).toMatch(/role="alert" tabindex="-1" autofocus/);
    expect(body).toContain('Did you mean maria@gmail.com?');
  });

  it('of what is no address at all is an error with a proposal, and nothing to keep', async () => {
    const { signUp } = await testFunnel();
    const { body } = await signUp({ ...typed, email: 'maria@gmail,com' });
    expect(body).toMatch(/<title>Error: /);
    expect(body).toContain('Yes, use maria@gmail.com');
    expect(body).not.toMatch(/No, keep|email_asked/);
  });

  it('shows a hostile address as text', async () => {
    const { signUp } = await testFunnel();
    const { body } = await signUp({ ...typed, email: `"><b>'&@gmial.com` });
    expect(body).not.toContain('<b>');
  });
});
