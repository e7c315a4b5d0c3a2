import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { visited } from '../support/browser.ts';
import { isAt, pressTo, tabTo } from '../support/keyboard.ts';
import { linkIn, nthEmail } from '../support/outbox.ts';

const house = visited();

test.each([
  ['on a phone, with scripts', { width: 360, height: 740 }, true],
  ['on a desk, without scripts', { width: 1280, height: 800 }, false],
] as const)(
  'the whole way by keyboard alone, the focus always in sight and in the order of the page: %s',
  async (_name, viewport, javaScriptEnabled) => {
    // Nothing can be asked of a page without scripts; so they run, and only the ones of the pages themselves do not.
    const context = await house.browser.newContext({ viewport, reducedMotion: 'reduce' });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    if (!javaScriptEnabled) await withoutScripts(page);
    const before = javaScriptEnabled ? 0 : 1;

    await page.goto(`${house.server.url}/white-paper`);
    await page.keyboard.press('Tab');
    expect(await isAt(page, '.skip')).toBe(true);
    await page.keyboard.press('Enter');
    expect(await isAt(page, '#main')).toBe(true);

    await tabTo(page, '#first_name');
    await page.keyboard.type('Maria');
    await tabTo(page, '#email');
    await page.keyboard.type('maria@');
    await tabTo(page, '#follow_up');
    await page.keyboard.press('Space');
    await tabTo(page, 'form[data-signup] button[type=submit]');
    await pressTo(page, 'Enter');

    expect(await page.title()).toMatch(/^Error/);
    // The address still ends in #main, and then browsers look at no autofocus; without scripts the focus is on the main part.
    expect(await isAt(page, javaScriptEnabled ? '.error-summary' : '#main')).toBe(true);
    await tabTo(page, '.error-summary a');
    await page.keyboard.press('Enter');
    expect(await isAt(page, '#email')).toBe(true);
    expect(await page.inputValue('#first_name')).toBe('Maria');
    expect(await page.isChecked('#follow_up')).toBe(true);
    await page.keyboard.press('End');
    await page.keyboard.type(`example.com${before === 0 ? '' : '.example'}`);
    await pressTo(page, 'Enter');
    expect(new URL(page.url()).pathname).toBe('/white-paper/check-inbox');
    await tabTo(page, 'main a');

    const download = linkIn(await nthEmail(house.server.dataDir, before + 1), '/download/');
    await page.goto(download);
    await tabTo(page, '#first_name');
    expect(await page.inputValue('#first_name')).toBe('Maria');
    await tabTo(page, '.questions-box summary');
    await page.keyboard.press('Enter');
    await tabTo(page, 'input[name=situation]');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await page.isChecked('#situation-between-roles')).toBe(true);
    await tabTo(page, '#target_role');
    await page.keyboard.type('Chief Operating Officer');
    await tabTo(page, '.presses button');
    const saved = page.waitForEvent('download');
    if (javaScriptEnabled) await pressTo(page, 'Enter');
    else await page.keyboard.press('Enter');
    expect((await saved).suggestedFilename()).toMatch(/\.pdf$/);

    if (!javaScriptEnabled) await page.goto(download);
    const isSaving = await page.getByText('Your browser is saving the file.').isVisible();
    expect(isSaving).toBe(javaScriptEnabled);
    await tabTo(page, 'a[href$="?view=1"]');
    await tabTo(page, 'main a[href^="/preferences/"]');
    await pressTo(page, 'Enter');

    await tabTo(page, 'button[name=until]');
    await pressTo(page, 'Space');
    expect(await page.title()).toMatch(/^Done/);
    expect(await isAt(page, '.notice')).toBe(true);
    await tabTo(page, 'button[value=resume]');
    await pressTo(page, 'Enter');
    expect(await page.locator('.notice').textContent()).toBe('The emails go on.');

    await tabTo(page, '.act summary');
    await page.keyboard.press('Enter');
    await tabTo(page, 'button[value=pause]');
    await pressTo(page, 'Enter');
    expect(await isAt(page, '.error-summary')).toBe(true);
    await tabTo(page, '.error-summary a');
    await page.keyboard.press('Enter');
    expect(await isAt(page, '#until')).toBe(true);

    await tabTo(page, 'button[value=stop]');
    await pressTo(page, 'Enter');
    expect(await page.locator('.notice').textContent()).toMatch(/^The emails are stopped/);
    await context.close();
  },
  90_000,
);

/** Takes the scripts out of every page as if the browser ran none, so that the test can still ask where the focus is. */
async function withoutScripts(page: Page): Promise<void> {
  await page.route('**/*', async (route) => {
    if (route.request().resourceType() !== 'document') return await route.continue();
    const answer = await route.fetch({ maxRedirects: 0 });
    if (!(answer.headers()['content-type'] ?? '').startsWith('text/html'))
      return await route.fulfill({ response: answer });
    const body = (await answer.text()).replace(/<script>[\s\S]*?<\/script>/g, '');
    return await route.fulfill({ response: answer, body });
  });
}
