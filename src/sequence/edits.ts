import type { Step } from '../content/model.ts';

/** What an edit makes of one step. Places are counted from 1, in the order of sending. */
export type StepEdit =
  | { readonly kind: 'added'; readonly step: string; readonly place: number }
  | { readonly kind: 'removed'; readonly step: string; readonly place: number }
  /** Moved among the others. */
  | { readonly kind: 'moved'; readonly step: string; readonly from: number; readonly place: number }
  | { readonly kind: 'changed'; readonly step: string; readonly what: readonly Changed[] };

/** What of a step is written anew, in the words of its front matter. */
export type Changed =
  'text' | 'subject' | 'subject_b' | 'preheader' | 'posts' | 'hour' | 'weekdays' | 'days_after' | 'late_ok';

/** From one sequence to another, by the keys of the steps. A file that was edited without any effect is no edit. */
export function editsBetween(before: readonly Step[], after: readonly Step[]): readonly StepEdit[] {
  const place = (steps: readonly Step[], key: string) => steps.findIndex((step) => step.key === key) + 1;
  const moved = movedKeys(before, after);
  const kept = after.flatMap((step): readonly StepEdit[] => {
    const old = before.find(({ key }) => key === step.key);
    if (old === undefined) return [{ kind: 'added', step: step.key, place: place(after, step.key) }];
    const what = changedIn(old, step);
    const from = place(before, step.key);
    return [
      ...(what.length === 0 ? [] : [{ kind: 'changed', step: step.key, what } as const]),
      ...(moved.has(step.key)
        ? [{ kind: 'moved', step: step.key, from, place: place(after, step.key) } as const]
        : []),
    ];
  });
  const gone = before.filter(({ key }) => place(after, key) === 0);
  return [
    ...kept,
    ...gone.map(({ key }): StepEdit => ({ kind: 'removed', step: key, place: place(before, key) })),
  ];
}

const PARTS: readonly (readonly [Changed, (step: Step) => unknown])[] = [
  ['text', ({ body }) => body.source],
  ['subject', ({ subject }) => subject],
  ['subject_b', ({ subjectB }) => subjectB],
  ['preheader', ({ preheader }) => preheader],
  ['posts', ({ posts }) => posts],
  ['hour', ({ hour }) => hour],
  ['weekdays', ({ weekdays }) => weekdays.toSorted()],
  ['days_after', ({ daysAfter }) => daysAfter],
  ['late_ok', ({ lateOk }) => lateOk],
];

function changedIn(old: Step, step: Step): readonly Changed[] {
  if (old.version === step.version) return [];
  return PARTS.filter(([, part]) => JSON.stringify(part(old)) !== JSON.stringify(part(step))).map(
    ([name]) => name,
  );
}

/** As few keys as explain the new order: all that are not in the longest run that kept its order. */
function movedKeys(before: readonly Step[], after: readonly Step[]): ReadonlySet<string> {
  const old = before.map(({ key }) => key).filter((key) => after.some((step) => step.key === key));
  const now = after.map(({ key }) => key).filter((key) => old.includes(key));
  const runs = now.reduce<readonly (readonly string[])[]>((known, key) => {
    const before_ = known.filter((run) => old.indexOf(run.at(-1) ?? '') < old.indexOf(key));
    return [...known, [...longest(before_), key]];
  }, []);
  const kept = longest(runs);
  return new Set(now.filter((key) => !kept.includes(key)));
}

function longest(runs: readonly (readonly string[])[]): readonly string[] {
  return runs.reduce<readonly string[]>((best, run) => (run.length > best.length ? run : best), []);
}
