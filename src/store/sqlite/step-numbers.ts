import { WENT_OUT } from '../../kernel/ledger.ts';
import type { MessageKind, MessageState } from '../../kernel/words.ts';
import type { StepNumbers, StepNumbersStore, SubjectNumbers } from '../../sequence/numbers-port.ts';
import type { Ground } from './ground.ts';

/** Counted anew at each look: a second set of books could disagree with the ledger. */
export function stepNumberActs(ground: Ground): StepNumbersStore {
  // One reading transaction: what another process writes in between must not break the sums.
  return { stepNumbers: async () => ground.raw.transaction(() => stepNumbers(ground))() };
}

function stepNumbers(ground: Ground): readonly StepNumbers[] {
  const unsubscribed = new Map(unsubscribes(ground).map(({ step, n }) => [step, n]));
  const bySteps = Map.groupBy(piles(ground), ({ kind, step }) => `${kind} ${step}`);
  return [...bySteps.values()].map((ofStep) => numbersOf(ofStep, unsubscribed));
}

/** Messages of one step that are in one state, written from one version, with one choice of subject. */
type Pile = {
  readonly kind: MessageKind;
  readonly step: string;
  readonly choice: 'a' | 'b' | null;
  readonly version: string | null;
  readonly state: MessageState;
  readonly messages: number;
  /** Requests for their links. */
  readonly clicks: number;
  /** Messages with a click that is a person's. */
  readonly clicked: number;
};

/**
 * From the index `messages_numbers` alone: a column that is not in it would cost all of an email's bytes to read. A doubt
 * that was closed after a day counts as a submission; the list of the others is the index `messages_doubts`, word for word.
 */
function piles(ground: Ground): readonly Pile[] {
  return ground
    .sql<Pile>(
      `select m.kind, m.step, m.subject_choice choice, m.step_version version,
         case when m.state = 'in_doubt' and m.id not in (
           select id from messages indexed by messages_doubts
           where state = 'in_doubt' and doubt_closed_at is null and demo = 0
         ) then 'submitted' else m.state end state,
         count(*) messages, coalesce(sum(c.clicks), 0) clicks, coalesce(sum(c.clicked), 0) clicked
       from messages m left join (
         select message_id, count(*) clicks, max(actor = 'person') clicked from clicks group by message_id
       ) c on c.message_id = m.id
       where m.demo = 0 group by 1, 2, 3, 4, 5 order by m.kind = 'step', m.kind, m.step`,
    )
    .all();
}

/** By the last email of the sequence that had gone out before. Only the emails of those who stopped are looked at. */
function unsubscribes(ground: Ground): readonly { readonly step: string; readonly n: number }[] {
  return ground
    .sql<{ step: string; n: number }>(
      `select step, count(*) n from (
         select (select m.step from messages m
                 where m.lead_id = l.id and m.kind = 'step' and m.submitted_at <= l.unsubscribed_at
                 order by m.submitted_at desc, m.id desc limit 1) step
         from leads l where l.unsubscribed_at is not null and l.demo = 0
       ) where step is not null group by step`,
    )
    .all();
}

function numbersOf(ofStep: readonly Pile[], unsubscribed: ReadonlyMap<string, number>): StepNumbers {
  const [{ kind, step } = { kind: 'step', step: '' } as const] = ofStep;
  const inState = (...states: readonly MessageState[]) =>
    total(
      ofStep.filter(({ state }) => states.includes(state)),
      'messages',
    );
  const wentOut = ofStep.filter(({ state }) => WENT_OUT.includes(state));
  return {
    kind,
    step,
    planned: total(ofStep, 'messages'),
    open: inState('planned', 'claimed'),
    submitted: total(wentOut, 'messages'),
    delivered: inState('delivered', 'complained'),
    bounced: inState('bounced'),
    complained: inState('complained'),
    failed: inState('failed'),
    skipped: inState('skipped'),
    cancelled: inState('cancelled'),
    inDoubt: inState('in_doubt'),
    clicksRaw: total(ofStep, 'clicks'),
    clickedByPersons: total(wentOut, 'clicked'),
    unsubscribedAfter: kind === 'step' ? (unsubscribed.get(step) ?? 0) : 0,
    subjects: subjectNumbers(wentOut),
  };
}

function subjectNumbers(wentOut: readonly Pile[]): readonly SubjectNumbers[] {
  const tested = wentOut.filter(({ choice }) => choice !== null);
  return [...Map.groupBy(tested, ({ version }) => version)].map(([stepVersion, ofVersion]) => {
    const count = (choice: 'a' | 'b') => {
      const chosen = ofVersion.filter((pile) => pile.choice === choice);
      return { submitted: total(chosen, 'messages'), clicked: total(chosen, 'clicked') };
    };
    return { stepVersion, a: count('a'), b: count('b') };
  });
}

function total(some: readonly Pile[], what: 'messages' | 'clicks' | 'clicked'): number {
  return some.reduce((sum, pile) => sum + pile[what], 0);
}
