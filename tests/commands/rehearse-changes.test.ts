import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadContent } from '../../src/content/load.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import { ROOT } from '../../src/root.ts';
import { createTimetable } from '../../src/sequence/calendar.ts';
import { publish } from '../support/publish.ts';
import { freshFolder, freshStore, press, signUp, START } from '../support/store.ts';
import { funnel } from './run.ts';

const NOON = { FUNNEL_CLOCK: '2026-11-23T12:00:00Z' };

describe('rehearse --changes', () => {
  it('tells whom an edit touches, compared with what the server published; no command publishes it', async () => {
    const content = join(freshFolder(), 'content');
    cpSync(join(ROOT, 'assets/content'), content, { recursive: true });
    const { store, dataDir } = freshStore();
    const env = { DATA_DIR: dataDir, CONTENT_DIR: content, ...NOON };
    const nothing = await funnel(['rehearse', '--changes'], env);
    expect([nothing.code, nothing.out]).toEqual([
      0,
      'No server has published a content on this data folder yet: all of it would be new.\n',
    ]);
    await publish(env);
    const { steps, timetable } = await sequenceOf(content);
    const signup = await signUp(store, { at: START });
    await store.confirm(signup.signupId, press(START, { timetable }));
    const same = await funnel(['rehearse', '--changes'], env);
    expect([same.code, same.out, same.err]).toEqual([0, 'The sequence does not change.\n', '']);
    const [first = ''] = steps;
    const file = join(content, 'sequence', `01-${first}.md`);
    writeFileSync(file, readFileSync(file, 'utf8').replace('hour: 9', 'hour: 8'));
    for (const command of [['stats'], ['rehearse'], ['export'], ['send']]) {
      expect((await funnel(command, env)).code).toBe(0);
    }
    const told = await funnel(['rehearse', '--changes'], env);
    expect(told.out).toMatch(
      /^The sequence changes: one person is in it, and it touches the emails to come of 1\.\n\n/,
    );
    expect(told.out).toContain(
      `“${first}” has another hour.\n  One person will get it so; it is the email that waits.\n`,
    );
    expect(told.err).toContain('It takes effect when the server starts');
    const json = await funnel(['rehearse', '--changes', '--json'], env);
    expect(JSON.parse(json.out)).toEqual({
      published: true,
      people: 1,
      touched: 1,
      finished: 0,
      silenced: [],
      edits: [
        {
          kind: 'changed',
          step: first,
          what: ['hour'],
          ahead: 1,
          waiting: 1,
          written: 0,
          afterLater: 0,
          had: 0,
          languages: null,
        },
      ],
    });
    await publish(env);
    expect((await funnel(['rehearse', '--changes'], env)).out).toBe('The sequence does not change.\n');
  });

  it('tells no changes as long as the content has mistakes, and none of one lead', async () => {
    const content = join(freshFolder(), 'content');
    cpSync(join(ROOT, 'assets/content'), content, { recursive: true });
    const env = { DATA_DIR: freshFolder(), CONTENT_DIR: content, ...NOON };
    await publish(env);
    writeFileSync(join(content, 'legal/privacy.md'), 'no front matter');
    const ran = await funnel(['rehearse', '--changes'], env);
    expect([ran.code, ran.out]).toEqual([1, '']);
    expect(ran.err).toMatch(/privacy\.md:1[^]*Mend the content first/);
    const lead = await funnel(['rehearse', '--changes', '--email', 'a@example.com'], env);
    expect([lead.code, lead.err]).toEqual([
      2,
      '--changes is about everybody: leave out --email, --from, --timezone.\n',
    ]);
  });
});

async function sequenceOf(dir: string) {
  const loaded = await loadContent([dir]);
  if (!loaded.ok) throw new Error('the content has mistakes');
  const { sequence, site } = loaded.content;
  return {
    steps: sequence.map(({ key }) => key),
    timetable: createTimetable(sequence, site.timeZone, systemRandom),
  };
}
