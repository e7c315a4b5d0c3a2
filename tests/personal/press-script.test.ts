import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../src/root.ts';

const SCRIPT = readFileSync(join(ROOT, 'assets/web/press.js'), 'utf8');
const MAIN = {};
const DOCUMENT_ONLY = { name: 'follow_up', value: 'no' };

type Field = { name: string; value: string; remove?: () => void };
type Sending = { readonly preventDefault: () => void; readonly submitter: object };

/** The page with the button, as far as the script touches it. */
function pageWith(search = '') {
  const fields: Field[] = [{ name: 'first_name', value: 'Ana' }];
  const written = () => new URLSearchParams(fields.map(({ name, value }) => [name, value])).toString();
  /** What went out: by the script, by the form itself, and where the browser was led. */
  const seen = { fetched: [] as string[], submitted: [] as string[], led: [] as string[], address: search };
  let answer: () => Promise<object> = async () => ({ type: 'opaqueredirect' });
  let onSubmit: (event: Sending) => unknown = () => {};
  const form = {
    getAttribute: () => '/download/t',
    addEventListener: (_: string, listener: typeof onSubmit) => (onSubmit = listener),
    append: (field: Field) =>
      fields.push(Object.assign(field, { remove: () => void fields.splice(fields.indexOf(field), 1) })),
    submit: () => void seen.submitted.push(written()),
  };
  const FormData = function () {
    return new URLSearchParams(written());
  };
  const context = {
    document: { querySelectorAll: () => [form], createElement: () => ({ remove: () => {} }) },
    addEventListener: () => {},
    FormData,
    URLSearchParams,
    fetch: async (_: string, { body }: { body: URLSearchParams }) => {
      seen.fetched.push(body.toString());
      return await answer();
    },
    location: { search, pathname: '/download/t', replace: (to: string) => void seen.led.push(to) },
    history: { replaceState: (_: unknown, _title: string, to: string) => (seen.address = to) },
  };
  runInContext(SCRIPT, createContext(context));
  return {
    seen,
    offline: () => (answer = () => Promise.reject(new Error('no network'))),
    online: () => (answer = async () => ({ type: 'opaqueredirect' })),
    press: async (submitter: object) => {
      onSubmit({ preventDefault: () => {}, submitter });
      // The script's promises have settled by the next turn of the loop.
      await setImmediate();
    },
  };
}

describe('the script behind the button', () => {
  it('sends the form, and leads to the page that hands the file over', async () => {
    const { press, seen } = pageWith();
    await press(DOCUMENT_ONLY);
    expect(seen).toMatchObject({
      fetched: ['first_name=Ana&follow_up=no'],
      submitted: [],
      led: ['/download/t?file=1'],
    });
  });

  it('leaves it to the browser when it cannot, with the button that was pressed and no trace of it afterwards', async () => {
    const { press, seen, offline, online } = pageWith();
    offline();
    await press(DOCUMENT_ONLY);
    expect(seen.submitted).toEqual(['first_name=Ana&follow_up=no']);
    // She comes back, thinks again, and takes the emails as well.
    online();
    await press(MAIN);
    expect(seen.fetched.at(-1)).toBe('first_name=Ana');
    offline();
    await press(MAIN);
    expect(seen.submitted.at(-1)).toBe('first_name=Ana');
  });

  it('takes one press at a time, and another one after it, also when the browser stayed', async () => {
    const { press, seen, offline } = pageWith();
    await Promise.all([press(MAIN), press(MAIN)]);
    expect(seen.fetched).toHaveLength(1);
    offline();
    await press(MAIN);
    await press(MAIN);
    expect(seen.submitted).toHaveLength(2);
  });

  it('takes the file out of the page’s address at once: Back from the file must not fetch it again', () => {
    expect(pageWith('?file=1').seen.address).toBe('/download/t');
    expect(pageWith('?utm_source=talk').seen.address).toBe('?utm_source=talk');
  });
});
