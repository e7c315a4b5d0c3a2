import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshFolder } from '../support/store.ts';
import { funnel, spawned } from './run.ts';

const COMMANDS = ['serve', 'send', 'export', 'document', 'rehearse', 'preview', 'stats', 'admin', 'demo'];

const nowhere = { DATA_DIR: '/nonexistent/never-made' };

describe('the command line', () => {
  it('has help everywhere, on standard output', async () => {
    const whole = await funnel(['--help'], nowhere);
    expect([whole.code, whole.err]).toEqual([0, '']);
    for (const command of COMMANDS) expect(whole.out).toContain(`\n  ${command} `);
    for (const command of [...COMMANDS.map((name) => [name]), ['admin', 'password'], ['help', 'export']]) {
      const { code, out, err } = await funnel(
        [...command, ...(command[0] === 'help' ? [] : ['--help'])],
        nowhere,
      );
      expect([command, code, err]).toEqual([command, 0, '']);
      expect(out).toMatch(/^Usage: funnel [\s\S]*--help/);
    }
  });

  it.each([
    [['exprt'], /unknown command 'exprt'[\s\S]*Did you mean export/],
    [['export', '--formt', 'json'], /unknown option '--formt'[\s\S]*Did you mean --format/],
    [['export', 'leads.csv'], /too many arguments/],
    [['document', '--out', 'x.pdf'], /missing required argument 'offer'/],
    [['document', 'white-paper'], /required option '--out <file>' not specified/],
    [['document', 'white-paper', '--out', 'x.pdf', '--paper', 'a5'], /“a5” is no paper size/],
    [['document', 'white-paper', '--out', '-', '--json'], /would both write to standard output/],
    [
      ['document', 'white-paper', '--out', 'x.pdf', '--name', 'x'.repeat(81)],
      /--name takes 1 to 80 characters/,
    ],
    [['document', 'white-paper', '--out', 'x.pdf', '--role', ' '], /--role takes 1 to 80 characters/],
    [['export', '--format', 'xlsx'], /“xlsx” is no format/],
    [['export', '--status', 'happy', '--from', 'x'], /“happy” is no status[\s\S]*“x” is no day/],
    [['stats', '--from', '2026-12-02', '--to', '2026-12-01'], /is after the last/],
    [['rehearse', '--email', 'a@example.com', '--timezone', 'Europe/London'], /are for a new lead/],
    [['demo', '--leads', 'many'], /--leads takes a whole number/],
    [['demo', '--leads', '0'], /--leads takes a whole number/],
    [['admin', 'password', '--email', 'nobody'], /“nobody” is no email address/],
  ])('ends %j with 2 and says why', async (args, words) => {
    const { code, out, err } = await funnel(args, nowhere);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(words);
  });

  it('shows its help and ends with 2 when nothing is asked', async () => {
    const { code, err } = await funnel([], nowhere);
    expect(code).toBe(2);
    expect(err).toContain('Usage: funnel');
  });

  it('ends with 78 and every problem when the configuration is wrong, and makes nothing', async () => {
    const folder = freshFolder();
    const DATA_DIR = join(folder, 'data');
    const ran = await spawned(['stats'], { DATA_DIR, PORT: 'x', FUNNEL_CLOCK: 'now', FUNNEL_KEY: 'y' });
    expect([ran.code, ran.out]).toEqual([78, '']);
    expect(ran.err).toMatch(
      /^The configuration has 3 problems:\n {2}- FUNNEL_KEY.*\n {2}- PORT.*\n {2}- FUNNEL_CLOCK.*\n$/,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('ends with 78 and file and line when the content is wrong', async () => {
    const DATA_DIR = freshFolder();
    const CONTENT_DIR = freshFolder();
    const nothing = await funnel(['stats'], { DATA_DIR, CONTENT_DIR: join(CONTENT_DIR, 'gone') });
    expect(nothing.code).toBe(78);
    expect(nothing.err).toMatch(/^The content has (one|\d+) problems?:\n {2}- /);
    mkdirSync(join(DATA_DIR, 'content'));
    writeFileSync(join(DATA_DIR, 'content/site.yaml'), 'name: A\nsample: perhaps\n');
    const wrong = await funnel(['stats'], { DATA_DIR });
    expect([wrong.code, wrong.out]).toEqual([78, '']);
    expect(wrong.err).toMatch(/site\.yaml:2: .*sample/);
  });

  it('ends with 78 when the data folder cannot be one', async () => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'file'), '');
    for (const command of ['stats', 'serve']) {
      const ran = await funnel([command], { DATA_DIR: join(folder, 'file'), PORT: '0' });
      expect([command, ran.code]).toEqual([command, 78]);
      expect(ran.err).toMatch(/^DATA_DIR \(.*\) cannot be written: /);
    }
  });
});
