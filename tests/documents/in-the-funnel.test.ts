import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import type { Printer } from '../../src/documents/press/printer.ts';
import { createFunnel } from '../../src/funnel.ts';
import { testFunnel } from '../support/funnel.ts';
import { printerWithPictures } from '../support/printer.ts';
import { freshFolder } from '../support/store.ts';

describe('the press of a funnel', () => {
  it('keeps nothing back when it fails while new content is tried out: that is logged, and the content published', async () => {
    const printer: Printer = {
      ...printerWithPictures(),
      proof: () => Promise.reject(new Error('no ink for a proof')),
    };
    const { funnel, dataDir, takeLog } = await testFunnel({ printer, content: 'publish' });
    const before = funnel.content.current().version;
    mkdirSync(join(dataDir, 'content'));
    const site = readFileSync('assets/content/site.yaml', 'utf8');
    writeFileSync(join(dataDir, 'content/site.yaml'), `paper: a4\n${site}`);
    expect(await funnel.content.reload()).toEqual([]);
    expect(takeLog()).toEqual([
      expect.stringMatching(/^error the documents could not be tried out; .*no ink for a proof/),
    ]);
    const { version, site: read } = funnel.content.current();
    expect([version === before, read.paper, funnel.content.isBehind()]).toEqual([false, 'a4', false]);
    expect((await funnel.content.published())?.version).toBe(version);
  });

  it('is closed with it, while the store is still there for what it breaks off', async () => {
    const read = readConfig({ DATA_DIR: freshFolder() }, () => '');
    if (!read.ok) throw new Error(read.problems.join('\n'));
    const closed: unknown[] = [];
    const printer: Printer = {
      ...printerWithPictures(),
      close: async () => {
        const { funnel } = outcome.ok ? outcome : { funnel: null };
        closed.push(await funnel?.store.setting('documents.facts'));
      },
    };
    const outcome = await createFunnel(read.config, { printer });
    if (!outcome.ok) throw new Error(outcome.problems.join('\n'));
    await outcome.funnel.close();
    expect(closed).toEqual([null]);
  });
});
