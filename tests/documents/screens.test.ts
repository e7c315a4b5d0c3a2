import { expect, test } from 'vitest';
import type { Content } from '../../src/content/model.ts';
import type { ScreenPictures } from '../../src/documents/model.ts';
import { createScreens } from '../../src/documents/press/screens.ts';
import { createPrinter } from '../../src/documents/press/printer.ts';
import { FONTS, sampleContent } from './fixture.ts';

/** Screens of a content that changes, on a printer whose pictures are finished by hand. */
function slowPrinter() {
  const [old, next] = ['one', 'two'].map((version) => ({ ...sampleContent(), version }));
  if (old === undefined || next === undefined) throw new Error('There are no contents.');
  let content: Content = old;
  const works = new Map<string, PromiseWithResolvers<ScreenPictures>>();
  const screen = async ({ version }: Content) => {
    const work = Promise.withResolvers<ScreenPictures>();
    works.set(version, work);
    return await work.promise;
  };
  const { ready } = createScreens({ ...createPrinter(FONTS), screen }, () => content);
  return {
    ready: () => ready('graphic'),
    publish: () => void (content = next),
    finish: (version: string) => works.get(version)?.resolve(picturesOf(version)),
    fail: (version: string) => works.get(version)?.reject(new Error('no ink')),
    begun: () => [...works.keys()],
  };
}

test('a picture is shown once it is made, and nobody waits for it', async () => {
  const { ready, finish } = slowPrinter();
  expect(await ready()).toBeNull();
  finish('one');
  await expect.poll(ready).toEqual(picturesOf('one'));
});

test('a picture of a version that is no longer in force is not shown, whenever it is finished', async () => {
  for (const finishes of [
    ['one', 'two'],
    ['two', 'one'],
  ]) {
    const { ready, publish, finish } = slowPrinter();
    expect(await ready()).toBeNull();
    publish();
    expect(await ready()).toBeNull();
    for (const version of finishes) {
      finish(version);
      for (let turns = 0; turns < 5; turns++) expect(await ready()).not.toEqual(picturesOf('one'));
    }
    expect(await ready()).toEqual(picturesOf('two'));
  }
});

test('a picture that was finished before other content came into force is not shown for it', async () => {
  const { ready, publish, finish } = slowPrinter();
  await ready();
  finish('one');
  await expect.poll(ready).toEqual(picturesOf('one'));
  publish();
  expect(await ready()).toBeNull();
});

test('a picture of an older version that fails does not begin the newer one anew', async () => {
  const { ready, publish, fail, finish, begun } = slowPrinter();
  await ready();
  publish();
  await ready();
  fail('one');
  for (let turns = 0; turns < 5; turns++) expect(await ready()).toBeNull();
  finish('two');
  await expect.poll(ready).toEqual(picturesOf('two'));
  expect(begun()).toEqual(['one', 'two']);
});

function picturesOf(version: string): ScreenPictures {
  const picture = { svg: `<svg id="${version}"/>`, width: 360, height: 640 };
  return { narrow: picture, wide: picture };
}
