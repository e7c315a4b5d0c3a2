import { told } from '../file.ts';
import type { Check } from '../check.ts';

/** Nothing in the file does anything: links lead somewhere when they are clicked, and that is all. */
export const safety: Check = {
  answers: ['21-001'],
  *faults({ dicts }) {
    for (const [ref, dict] of dicts) {
      for (const key of FORBIDDEN) if (key in dict) yield { condition: 'safety', where: `${key} in ${ref}` };
      const action = dict['/S'];
      const acts =
        '/URI' in dict || dict['/Type'] === '/Action' || (typeof action === 'string' && ACTIONS.has(action));
      if (acts && action !== '/URI' && action !== '/GoTo')
        yield { condition: 'safety', where: `${told(action)} in ${ref}` };
      if (dict['/Type'] === '/Filespec' || dict['/Type'] === '/EmbeddedFile')
        yield { condition: '21-001', where: ref };
    }
  },
};

const FORBIDDEN = [
  '/JS',
  '/JavaScript',
  '/OpenAction',
  '/AA',
  '/Launch',
  '/EmbeddedFiles',
  '/EF',
  '/AF',
  '/XFA',
  '/RichMediaContent',
];

/** All kinds of action (ISO 32000-1, table 198, and its extensions). */
const ACTIONS = new Set(
  [
    'GoTo',
    'GoToR',
    'GoToE',
    'Launch',
    'Thread',
    'URI',
    'Sound',
    'Movie',
    'Hide',
    'Named',
    'SubmitForm',
    'ResetForm',
    'ImportData',
  ]
    .concat(['JavaScript', 'SetOCGState', 'Rendition', 'Trans', 'GoTo3DView', 'RichMediaExecute'])
    .map((name) => `/${name}`),
);
