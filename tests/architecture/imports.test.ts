import { describe, expect, it } from 'vitest';
import { faultsOf } from './rules.ts';
import { sourceFiles } from './source.ts';

describe('the house', () => {
  it('keeps its own rules', () => {
    const files = sourceFiles();
    expect(files.length).toBeGreaterThan(20);
    expect(files.flatMap(faultsOf)).toEqual([]);
  });
});

describe('the rules', () => {
  const cases: readonly (readonly [string, string, string, RegExp | null])[] = [
    ['lets a room look to its left', 'signup/a.ts', "import { x } from '../leads/b.ts';", null],
    [
      'stops a room from looking to its right',
      'leads/a.ts',
      "import { x } from '../signup/b.ts';",
      /right of leads/,
    ],
    ['counts types too', 'mail/a.ts', "import type { X } from '../desk/b.ts';", /right of mail/],
    [
      'sees an import over several lines',
      'kernel/a.ts',
      "import {\n  x,\n  y,\n} from '../mail/b.ts';",
      /right of kernel/,
    ],
    [
      'sees an import at first use',
      'kernel/a.ts',
      "const m = await import('../mail/b.ts');",
      /right of kernel/,
    ],
    ['lets routes use http', 'leads/routes.ts', "import { x } from '../http/forms.ts';", null],
    [
      'keeps requests out of the rules',
      'leads/a.ts',
      "import { x } from '../http/forms.ts';",
      /never see a request/,
    ],
    [
      'keeps rooms away from the store',
      'desk/a.ts',
      "import type { S } from '../store/port.ts';",
      /own port\.ts/,
    ],
    [
      'keeps routes from each other’s rooms',
      'desk/routes.ts',
      "import { x } from '../leads/routes.ts';",
      /only app\.ts/,
    ],
    ['lets a store know a port', 'store/sqlite/a.ts', "import type { X } from '../../signup/port.ts';", null],
    [
      'stops a store from acting',
      'store/sqlite/a.ts',
      "import { signUp } from '../../signup/signup.ts';",
      /not their acts/,
    ],
    [
      'keeps the wiring from the edge',
      'funnel.ts',
      "import { x } from './leads/routes.ts';",
      /does not know the edge/,
    ],
    ['keeps everybody from the top', 'content/a.ts', "import { x } from '../funnel.ts';", /know the top/],
    [
      'knows the place of a library',
      'signup/signup.ts',
      "import { eq } from 'drizzle-orm';",
      /no business here/,
    ],
    [
      'knows it by its first name',
      'signup/signup.ts',
      "import { x } from 'drizzle-orm/sqlite-core';",
      /no business here/,
    ],
    ['lets zod check forms', 'signup/form.ts', "import { z } from 'zod';", null],
    ['asks for a place for a new library', 'kernel/a.ts', "import _ from 'lodash';", /no place yet/],
    ['wants heavy libraries late', 'documents/a.ts', "import P from 'pdfkit';", /at first use/],
    ['takes heavy libraries late', 'documents/a.ts', "const { default: P } = await import('pdfkit');", null],
    ['takes their types early', 'documents/a.ts', "import type P from 'pdfkit';", null],
    ['finds the environment', 'config/a.ts', "const k = process.env['KEY'];", /environment/],
    ['finds the system clock', 'signup/a.ts', 'const now = new Date();', /clock/],
    ['lets a given instant be a date', 'signup/a.ts', 'const day = new Date(at);', null],
    ['does not mind a comment', 'signup/a.ts', '// never new Date() here, nor process.env', null],
    ['finds chance', 'mail/a.ts', 'const jitter = Math.random();', /chance/],
    ['wants names', 'mail/a.ts', 'export default function x() {}', /names/],
    ['wants no barrel', 'mail/a.ts', "export { x } from './b.ts';", /re-exports/],
    ['wants short files', 'mail/a.ts', 'const a = 1;\n'.repeat(201), /201 lines/],
  ];
  it.each(cases)('%s', (_, path, text, fault) => {
    const found = faultsOf({ path, text }).join('\n');
    expect(found).toMatch(fault ?? /^$/);
  });
});
