import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Where the keyboard stands: the element, whether it can be seen, and whether it comes after the one of before. */
type Stop = {
  readonly element: string;
  readonly matches: boolean;
  readonly ring: boolean;
  readonly seen: boolean;
  readonly isAfter: boolean;
};

/** More presses of Tab than any page needs. */
const MOST = 60;

/**
 * Presses Tab until the focus is on what a selector names. Each stop on the way must be seen: with a ring around it, on the screen, covered
 * by nothing, and further down in the document than the one before (WCAG 2.4.3, 2.4.7, 2.4.11).
 */
export async function tabTo(page: Page, selector: string): Promise<void> {
  const way: string[] = [];
  for (let presses = 0; presses < MOST; presses += 1) {
    await page.keyboard.press('Tab');
    const { element, matches, ring, seen, isAfter } = await stopAt(page, selector);
    way.push(element);
    expect({ element, ring, seen, isAfter }).toEqual({ element, ring: true, seen: true, isAfter: true });
    if (matches) return;
  }
  throw new Error(`Tab never comes to ${selector}; it comes to:\n${way.join('\n')}`);
}

/** Presses a key that leads to another page, and waits for that. */
export async function pressTo(page: Page, key: 'Enter' | 'Space'): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.keyboard.press(key)]);
}

/** Whether the focus is where a selector says. */
export async function isAt(page: Page, selector: string): Promise<boolean> {
  return await page.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`);
}

async function stopAt(page: Page, selector: string): Promise<Stop> {
  return await page.evaluate<Stop>(`(() => {
    const at = document.activeElement;
    const style = getComputedStyle(at);
    const [box] = at.getClientRects();
    const middle = box === undefined ? [0, 0] : [box.x + box.width / 2, box.y + box.height / 2];
    const top = document.elementFromPoint(...middle);
    const before = window.lastStop;
    window.lastStop = at;
    return {
      element: at.outerHTML.slice(0, 120),
      matches: at.matches(${JSON.stringify(selector)}),
      ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
      seen: box !== undefined && box.top >= 0 && box.bottom <= innerHeight + 1 && top !== null && (at.contains(top) || top.contains(at) && top.tagName === 'LABEL'),
      // A day has a stop for each of its parts.
      isAfter: before === undefined || before === at || (before.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
    };
  })()`);
}
