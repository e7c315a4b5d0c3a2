import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openContent } from '../../src/content/source.ts';
import type { ContentShelf, ContentUse, KeptContent } from '../../src/content/source.ts';
import { ROOT } from '../../src/root.ts';

/** A content folder that can be edited, and a shelf that counts what is put on it. */
async function folder() {
  const dir = await mkdtemp(join(tmpdir(), 'source-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  await cp(join(ROOT, 'assets/content'), dir, { recursive: true });
  let kept: string | null = null;
  let puts = 0;
  const shelf: ContentShelf = {
    take: async () => (kept === null ? null : (JSON.parse(kept) as KeptContent)),
    put: async (value) => {
      kept = JSON.stringify(value);
      puts += 1;
    },
  };
  const open = async (use: ContentUse) => {
    const opened = await openContent([dir], shelf, null, use);
    if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
    return opened.source;
  };
  const edit = (title: string) =>
    writeFile(
      join(dir, 'legal/privacy.md'),
      `---\ntitle: ${title}\ndescription: d\nupdated: 2026-11-23\n---\n\nText.\n`,
    );
  return { open, edit, puts: () => puts };
}

describe('the content that is in force', () => {
  it('is what the server read last, at its start and when it is told to', async () => {
    const { open, edit } = await folder();
    await edit('One');
    const server = await open('publish');
    expect((await server.published())?.privacy.title).toBe('One');
    await edit('Two');
    expect((await server.published())?.privacy.title).toBe('One');
    await server.reload();
    expect((await server.published())?.privacy.title).toBe('Two');
  });

  it('is not what a command reads that looks at the folders beside it', async () => {
    const { open, edit, puts } = await folder();
    await edit('One');
    await open('publish');
    await edit('Two');
    const command = await open('look');
    expect(command.current().privacy.title).toBe('Two');
    await command.reload();
    expect((await command.published())?.privacy.title).toBe('One');
    expect(puts()).toBe(1);
  });

  it('is what is sent, whatever lies in the folders by now', async () => {
    const { open, edit, puts } = await folder();
    await edit('One');
    await open('publish');
    await edit('Two');
    expect((await open('send')).current().privacy.title).toBe('One');
    expect(puts()).toBe(1);
  });

  it('is the folders’ for what sends where no server ever published', async () => {
    const { open, edit, puts } = await folder();
    await edit('One');
    const sender = await open('send');
    expect(sender.current().privacy.title).toBe('One');
    expect(await sender.published()).toBeNull();
    expect(puts()).toBe(0);
  });

  it('stays when the folders have a mistake, and is told to have one', async () => {
    const { open, edit } = await folder();
    await edit('One');
    await open('publish');
    await edit('');
    const again = await open('publish');
    expect(again.current().privacy.title).toBe('One');
    expect(again.problems()).toMatchObject([{ file: 'legal/privacy.md', line: 2 }]);
  });
});
