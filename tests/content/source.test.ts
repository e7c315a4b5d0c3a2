import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ContentProblem } from '../../src/content/model.ts';
import type { Proof } from '../../src/content/proof.ts';
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
  const tried: string[] = [];
  let mistakes: readonly ContentProblem[] | null = [];
  const proof: Proof = async ({ version }) => {
    tried.push(version);
    return mistakes;
  };
  const open = async (use: ContentUse, build: string | null = null) => {
    const opened = await openContent({ dirs: [dir], shelf, build, use, proof });
    if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
    return opened.source;
  };
  const edit = (title: string) =>
    writeFile(
      join(dir, 'legal/privacy.md'),
      `---\ntitle: ${title}\ndescription: d\nupdated: 2026-11-23\n---\n\nText.\n`,
    );
  return {
    open,
    edit,
    mislink: async () => {
      const path = join(dir, 'offers/white-paper/document.md');
      const text = await readFile(path, 'utf8');
      await writeFile(path, text.replace(/^# .*$/m, '$&\n\nSee [that](#100%ae).'));
    },
    puts: () => puts,
    /** How often documents were tried out. */
    tries: () => tried.length,
    /** What trying out finds from now on; null: the press fails. */
    finding: (found: readonly ContentProblem[] | null) => void (mistakes = found),
  };
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

  it('stays when a link within a paper cannot be read', async () => {
    const { open, edit, mislink } = await folder();
    await edit('One');
    await open('publish');
    await edit('Two');
    await mislink();
    const again = await open('publish');
    expect(again.current().privacy.title).toBe('One');
    expect(again.problems()).toMatchObject([{ problem: 'The link leads to no heading: “#100%ae”.' }]);
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

const TOO_LONG: ContentProblem = {
  file: 'offers/infographic/document.yaml',
  line: 7,
  problem: 'The panels are longer than the page.',
  remedy: 'Shorten one.',
};

describe('a version whose documents show mistakes when they are set', () => {
  it('is not published when the folders are read again', async () => {
    const { open, edit, finding } = await folder();
    await edit('One');
    const server = await open('publish');
    await edit('Two');
    finding([TOO_LONG]);
    expect(await server.reload()).toEqual([TOO_LONG]);
    expect([server.current().privacy.title, server.isBehind()]).toEqual(['One', true]);
    expect(server.problems()).toEqual([TOO_LONG]);
    expect((await server.published())?.privacy.title).toBe('One');
    finding([]);
    expect(await server.reload()).toEqual([]);
    expect([server.current().privacy.title, server.isBehind(), server.problems()]).toEqual([
      'Two',
      false,
      [],
    ]);
  });

  it('waits at a start, where an earlier one is kept, and is not published', async () => {
    const { open, edit, tries, finding } = await folder();
    await edit('One');
    await open('publish', 'a');
    await edit('Two');
    finding([TOO_LONG]);
    const server = await open('publish', 'a');
    expect([server.current().privacy.title, server.isPending(), tries()]).toEqual(['One', true, 0]);
    expect(await server.prove()).toEqual([]);
    expect(await server.reload()).toEqual([TOO_LONG]);
    expect([server.isPending(), server.isBehind()]).toEqual([false, true]);
    expect((await server.published())?.privacy.title).toBe('One');
  });

  it('is known at the next start, and not tried out again by the same program', async () => {
    const { open, edit, tries, finding } = await folder();
    await edit('One');
    await open('publish', 'a');
    await edit('Two');
    finding([TOO_LONG]);
    await (await open('publish', 'a')).reload();
    const again = await open('publish', 'a');
    expect([again.current().privacy.title, again.isBehind(), again.isPending()]).toEqual([
      'One',
      true,
      false,
    ]);
    expect([again.problems(), tries()]).toEqual([[TOO_LONG], 1]);
    expect((await open('publish', 'b')).isPending()).toBe(true);
    await edit('Three');
    finding([]);
    const mended = await open('publish', 'a');
    await mended.reload();
    expect([mended.current().privacy.title, mended.problems()]).toEqual(['Three', []]);
  });

  it('is used at the very first start, since there is no other, and is told afterwards', async () => {
    const { open, edit, tries, finding } = await folder();
    await edit('One');
    finding([TOO_LONG]);
    const server = await open('publish', 'a');
    expect([server.current().privacy.title, tries(), server.problems()]).toEqual(['One', 0, []]);
    expect(await server.prove()).toEqual([TOO_LONG]);
    expect([server.current().privacy.title, server.isBehind()]).toEqual(['One', false]);
    expect(server.problems()).toEqual([TOO_LONG]);
    // A later start knows it at once, and tries it anew: nobody mended it.
    const again = await open('publish', 'a');
    expect([again.problems(), again.isBehind()]).toEqual([[TOO_LONG], false]);
    expect((await open('look', 'a')).problems()).toEqual([]);
    expect(await again.prove()).toEqual([TOO_LONG]);
    await edit('Two');
    finding([]);
    expect([await again.reload(), again.current().privacy.title]).toEqual([[], 'Two']);
  });

  it('does not hide a mistake of spelling that keeps the folders from being read', async () => {
    const { open, edit, tries } = await folder();
    await edit('One');
    await open('publish', 'a');
    await edit('');
    const server = await open('publish', 'a');
    await server.prove();
    expect([tries(), server.isBehind()]).toEqual([0, true]);
    expect(server.problems()).toMatchObject([{ file: 'legal/privacy.md', line: 2 }]);
  });
});

describe('trying documents out', () => {
  it('is done once for a version by one build of the program, and anew by another', async () => {
    const { open, edit, tries } = await folder();
    await edit('One');
    await (await open('publish', 'a')).prove();
    const again = await open('publish', 'a');
    await again.prove();
    await again.reload();
    expect(tries()).toBe(1);
    const updated = await open('publish', 'b');
    expect(tries()).toBe(1);
    await updated.prove();
    expect(tries()).toBe(2);
    await edit('Two');
    await (await open('publish', 'b')).reload();
    expect(tries()).toBe(3);
    await (await open('publish', 'b')).prove();
    expect(tries()).toBe(3);
  });

  it('keeps nothing back when the press fails, and is done at the next start', async () => {
    const { open, edit, tries, finding } = await folder();
    await edit('One');
    await open('publish', 'a');
    await edit('Two');
    finding(null);
    const server = await open('publish', 'a');
    await server.reload();
    expect([server.current().privacy.title, server.problems(), server.isBehind()]).toEqual([
      'Two',
      [],
      false,
    ]);
    finding([]);
    await (await open('publish', 'a')).prove();
    expect(tries()).toBe(2);
  });

  it('is no business of a program that only looks or sends', async () => {
    const { open, edit, tries } = await folder();
    await edit('One');
    await open('publish', 'a');
    await edit('Two');
    expect((await open('look', 'a')).current().privacy.title).toBe('Two');
    await open('send', 'a');
    await (await open('look', 'a')).reload();
    expect(tries()).toBe(0);
  });

  it('happens once at a time: the second reading sees what the first has published', async () => {
    const { open, edit, tries } = await folder();
    await edit('One');
    const server = await open('publish');
    await edit('Two');
    await Promise.all([server.reload(), server.reload(), server.prove()]);
    expect([tries(), server.current().privacy.title]).toEqual([1, 'Two']);
  });

  it('is broken off when the program stops, and then nothing is kept', async () => {
    const { open, edit, puts } = await folder();
    await edit('One');
    const server = await open('publish');
    await edit('Two');
    const reading = server.reload();
    await server.close();
    await reading;
    expect(puts()).toBe(1);
  });
});
