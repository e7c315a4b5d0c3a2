import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Content } from '../../src/content/model.ts';
import { bytesOf } from '../../src/documents/model.ts';
import { createPress } from '../../src/documents/press.ts';
import { createPrinter } from '../../src/documents/press/printer.ts';
import type { Printer } from '../../src/documents/press/printer.ts';
import { FONTS, pressFor, sampleContent } from './fixture.ts';
import { readPdf } from './read.ts';

const press = pressFor();
const ann = requestFor('Ann Lee');

describe('a document from a base', () => {
  test('has the hash of its bytes, and their number', async () => {
    const made = await press.make(ann);
    const bytes = bytesOf(made);
    expect(made.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(made.length).toBe(bytes.length);
  });

  test('is the same for the same reader, and another for another one', async () => {
    const [first, again, other] = [
      await press.make(ann),
      await pressFor().make(ann),
      await press.make(requestFor('Ann Leo')),
    ];
    expect(Buffer.from(bytesOf(again)).equals(bytesOf(first))).toBe(true);
    expect(other.sha256).not.toBe(first.sha256);
    expect(other.length).toBe(first.length);
    expect(idOf(other)[0]).toBe(idOf(first)[0]);
    expect(idOf(other)[1]).not.toBe(idOf(first)[1]);
  });

  test('shares all but its end with the next reader’s', async () => {
    const [one, two] = [await press.make(ann), await press.make(requestFor('Bo'))];
    expect(one.parts[0]).toBe(two.parts[0]);
    expect(one.parts[0]?.length).toBeGreaterThan(one.length / 2);
  });

  test('keeps nothing of the reader before, and no empty room', async () => {
    const long = bytesOf(await press.make(requestFor('Bartholomew Featherstonehaugh')));
    const none = bytesOf(await press.make(requestFor('')));
    for (const bytes of [long, none]) expect(Buffer.from(bytes).includes('%personal-')).toBe(false);
    const { pages } = await readPdf(await press.make(requestFor('Bo')));
    expect(pages.map(({ text }) => text).join(' ')).not.toContain('Featherstone');
  });

  test('says the lines that need no answer where there is none', async () => {
    const without = await readPdf(await press.make(requestFor('', null)));
    const text = without.pages.map((page) => page.text).join(' ');
    expect(text).not.toContain('Prepared for');
    expect(text).toContain('For your next post');
    const withRole = await readPdf(await press.make(requestFor('Ann', 'Chief (Risk) \\ Officer')));
    expect(withRole.pages.map((page) => page.text).join(' ')).toContain('For Chief (Risk) \\ Officer');
  });
});

describe('the press', () => {
  test('prints a base once, however many ask for it at the same time', async () => {
    const { printer, printed } = counting();
    const busy = createPress(printer, sampleContent, () => 'https://funnel.example');
    await Promise.all(Array.from({ length: 50 }, (_, index) => busy.make(requestFor(`Reader ${index}`))));
    expect(printed).toEqual(['paper looking a4']);
  });

  test('prints anew when the content or the address of the links has changed', async () => {
    const { printer, printed } = counting();
    let content: Content = sampleContent();
    let url = 'https://one.example';
    const changing = createPress(
      printer,
      () => content,
      () => url,
    );
    const first = await changing.make(ann);
    content = { ...content, version: 'ba9876543210' };
    const second = await changing.make(ann);
    url = 'https://two.example';
    const third = await changing.make(ann);
    expect(printed).toHaveLength(3);
    expect([first.contentVersion, second.contentVersion]).toEqual(['0123456789ab', 'ba9876543210']);
    expect(third.sha256).not.toBe(second.sha256);
  });

  test('labels a document with the version that it was made of, whatever is published meanwhile', async () => {
    const printer = createPrinter(FONTS);
    let content: Content = sampleContent();
    const base: Printer['base'] = async (order) => {
      const made = await printer.base(order);
      content = { ...content, version: 'ba9876543210', offers: [] };
      return made;
    };
    const ordered: string[] = [];
    const whole: Printer['whole'] = async (order, reader) => {
      ordered.push(order.content.version);
      return await printer.whole(order, reader);
    };
    const press = createPress(
      { ...printer, base, whole },
      () => content,
      () => 'https://funnel.example',
    );
    const made = await press.make(requestFor('محمد'));
    expect(made.contentVersion).toBe('0123456789ab');
    expect(ordered).toEqual(['0123456789ab']);
  });

  test('gives a reader a document without her letters when it cannot be made whole, and tells', async () => {
    const printer = createPrinter(FONTS);
    const whole: Printer['whole'] = async () => Promise.reject(new Error('no paper'));
    const faults: unknown[] = [];
    const short = createPress(
      { ...printer, whole },
      sampleContent,
      () => 'https://funnel.example',
      (fault) => faults.push(fault),
    );
    const { pages } = await readPdf(await short.make(requestFor('Ann محمد')));
    expect(pages[0]?.text).toContain('Prepared for Ann');
    expect(faults).toEqual([new Error('no paper')]);
  });

  test('tries again after a failure', async () => {
    const printer = createPrinter(FONTS);
    let failures = 1;
    const base: Printer['base'] = async (order) => {
      if (failures-- > 0) throw new Error('no paper');
      return await printer.base(order);
    };
    const shaky = createPress({ ...printer, base }, sampleContent, () => 'https://funnel.example');
    await expect(shaky.make(ann)).rejects.toThrow('no paper');
    expect((await shaky.make(ann)).length).toBeGreaterThan(1000);
  });

  test('prepares every variant', async () => {
    const { printer, printed } = counting();
    const early = createPress(printer, sampleContent, () => 'https://funnel.example');
    await early.warm();
    expect(new Set(printed).size).toBe(2 * 2 * 2);
    await early.make(ann);
    expect(printed).toHaveLength(8);
  });

  test('prepares no further one when nobody will ask any more', async () => {
    const { printer, printed } = counting();
    const early = createPress(printer, sampleContent, () => 'https://funnel.example');
    const stopping = new AbortController();
    const warming = early.warm(stopping.signal);
    stopping.abort();
    await warming;
    expect(printed.length).toBeLessThanOrEqual(1);
  });

  test('draws the pictures of a variant once', async () => {
    let drawn = 0;
    const pictures = async () => [`picture ${(drawn += 1)}`];
    const press = createPress(
      { ...createPrinter(FONTS), pictures },
      sampleContent,
      () => 'https://funnel.example',
    );
    const variant = { offer: 'paper', situation: null, paper: 'a4' } as const;
    expect(await press.pictures(variant)).toEqual(await press.pictures(variant));
    expect(await press.pictures({ ...variant, paper: 'letter' })).toEqual(['picture 2']);
  });
});

function requestFor(name: string, role: string | null = null) {
  return { offer: 'paper', reader: { name, situation: 'looking', role }, paper: 'a4' } as const;
}

function idOf(made: Parameters<typeof bytesOf>[0]): readonly string[] {
  const [, first = '', second = ''] =
    /\/ID \[<(\w+)> <(\w+)>\]/.exec(Buffer.from(bytesOf(made)).toString('latin1')) ?? [];
  return [first, second];
}

/** A printer that notes which bases it printed. */
function counting() {
  const printed: string[] = [];
  const printer = createPrinter(FONTS);
  const base: Printer['base'] = async (order) => {
    const { offer, situation, paper } = order.variant;
    printed.push(`${offer} ${situation ?? 'none'} ${paper}`);
    return await printer.base(order);
  };
  return { printer: { ...printer, base }, printed };
}
