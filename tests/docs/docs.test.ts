import { existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../src/cli.ts';
import type { Terminal } from '../../src/commands/terminal.ts';
import { SECRET_SETTINGS, SETTING_NAMES } from '../../src/config/settings.ts';
import {
  EXIT_REASONS,
  FOLLOW_UPS,
  LEAD_STATUSES,
  MESSAGE_KINDS,
  MESSAGE_STATES,
} from '../../src/kernel/words.ts';
import { LEAD_COLUMNS } from '../../src/leads/csv.ts';
import { ROOT } from '../../src/root.ts';
import { explainedIn, missingFrom, textOf } from './documents.ts';

const documents = ['README.md', 'CHANGELOG.md', ...globSync('docs/**/*.md', { cwd: ROOT })];

describe('the documents name', () => {
  it('every setting, and no other', () => {
    expect(missingFrom('docs/settings.md', SETTING_NAMES)).toEqual([]);
    const explained = [...explainedIn('docs/settings.md')].filter((name) => /^[A-Z_]+$/.test(name));
    expect(explained.filter((name) => !SETTING_NAMES.includes(name))).toEqual([]);
  });

  it('which settings are secrets', () => {
    const secrets = [...textOf('docs/settings.md').matchAll(/^\| `([A-Z_]+)` \*\*s\*\* \|/gm)].map(
      ([, name]) => name,
    );
    expect(new Set(secrets)).toEqual(new Set(SECRET_SETTINGS));
  });

  it('every limit of site.yaml', () => {
    const limits = [...textOf('src/content/site-shape.ts').matchAll(/^ {2}(\w+): atMost\(/gm)].map(
      ([, name = '']) => name,
    );
    expect(limits.length).toBeGreaterThan(5);
    expect(missingFrom('docs/settings.md', limits)).toEqual([]);
  });

  it('every command, and no other', () => {
    const commands = commandNames(buildProgram(nowhere));
    expect(missingFrom('docs/operating.md', commands)).toEqual([]);
    const table = textOf('docs/operating.md').split('## Commands')[1]?.split('\n## ')[0] ?? '';
    const explained = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name);
    expect(explained.filter((name) => !commands.includes(name ?? ''))).toEqual([]);
  });

  it('every column of the CSV, in its order', () => {
    const explained = [...textOf('docs/csv.md').matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name);
    expect(explained).toEqual(LEAD_COLUMNS);
  });

  it('every word that a column can hold', () => {
    const text = textOf('docs/csv.md');
    const words = [...LEAD_STATUSES, ...FOLLOW_UPS, ...EXIT_REASONS];
    expect(words.filter((word) => !text.includes(`\`${word}\``))).toEqual([]);
  });

  it('every sort of email and every state of one', () => {
    expect(missingFrom('docs/operating.md', MESSAGE_KINDS)).toEqual([]);
    const [operating, architecture] = [textOf('docs/operating.md'), textOf('docs/architecture.md')];
    expect(MESSAGE_STATES.filter((state) => !operating.includes(`\`${state}\``))).toEqual([]);
    expect(MESSAGE_STATES.filter((state) => !architecture.includes(state))).toEqual([]);
  });

  it('every address, and no other', () => {
    const routes = [...textOf('src/app.ts').matchAll(/^\s+\['(GET|POST)', '([^']+)'/gm)].map(
      ([, method, path]) => `${method} ${path}`,
    );
    expect(routes.length).toBeGreaterThan(20);
    const explained = [...explainedIn('docs/addresses.md')].filter((name) => / \//.test(name));
    expect(new Set(explained)).toEqual(new Set(routes));
  });
});

describe('the documents', () => {
  it('give the two commands word for word', () => {
    for (const command of ['npm ci && npm start', 'npm ci && npm test']) {
      expect(textOf('README.md')).toContain(`\n\`\`\`sh\n${command}\n\`\`\`\n`);
    }
  });

  it('link only to what is there', () => {
    const broken = documents.flatMap((file) =>
      [...textOf(file).matchAll(/\]\((?!https?:|mailto:|post:|offer:|talk:|…)([^)#\s]+)[^)]*\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !existsSync(join(ROOT, dirname(file), target)))
        .map((target) => `${file}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('name only npm scripts that exist', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    const named = documents.flatMap((file) =>
      [...textOf(file).matchAll(/npm run (?:-s )?([a-z:]+)/g)].map(([, name = '']) => name),
    );
    expect(named.length).toBeGreaterThan(5);
    expect([...new Set(named)].filter((name) => !(name in scripts))).toEqual([]);
  });

  it('number the decisions without a gap', () => {
    const numbers = globSync('docs/decisions/*.md', { cwd: ROOT })
      .map((file) => Number(/(\d{4})-/.exec(file)?.[1]))
      .toSorted((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });
});

/** `admin password`, not `admin` and `password`: what one can type. */
function commandNames(command: Command): readonly string[] {
  return command.commands.flatMap((child) => {
    const below = commandNames(child);
    return below.length === 0 ? [child.name()] : below.map((name) => `${child.name()} ${name}`);
  });
}

const nowhere: Terminal = {
  out: () => {},
  drained: async () => {},
  err: () => {},
  outIsTerminal: false,
  errIsTerminal: false,
  env: {},
  readInput: async () => '',
  untilStopped: async () => {},
  onReload: () => {},
};
