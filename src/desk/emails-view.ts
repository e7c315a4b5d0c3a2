import { fillFields } from '../content/fields.ts';
import { ownOffers } from '../content/languages.ts';
import { EMAIL_KEYS } from '../content/model.ts';
import type { Content, EmailKey, Step } from '../content/model.ts';
import { SAMPLE_READER } from '../mail/sample-order.ts';
import type { StepNumbers, SubjectCount } from '../sequence/numbers-port.ts';
import { sceneFor } from '../sequence/rehearsal-lines.ts';
import { judgeSubjects } from '../sequence/subject-verdict.ts';
import { ASKED, latenessInWords, whenInWords } from './step-words.ts';

/** One email of the content, or one that was there once, as the desk names it. */
export type EmailCard = {
  readonly step: string;
  /** Its subject, or what it is called; the key where there is neither any more. */
  readonly name: string;
  /** The subjects as a made-up reader sees them: one, or two that are tried against each other. */
  readonly subjects: readonly string[];
  readonly when: string;
  /** What becomes of it when it could not go out on its day; null where it goes out at once. */
  readonly late: string | null;
  /** False: taken out of the content since; there is nothing to look at but its numbers. */
  readonly isThere: boolean;
  /** The trial of its two subjects: their numbers, in the order of `subjects`, and what they say; null where there is one subject. */
  readonly trial: { readonly counts: readonly SubjectCount[]; readonly words: string } | null;
  readonly numbers: StepNumbers;
};

type EmailContent = Pick<Content, 'site' | 'emails' | 'sequence' | 'offers' | 'posts' | 'translations'>;

/** All emails: those of the sequence in its order, then those that were taken out of it; and those that somebody asks for. */
export function emailCards(
  content: EmailContent,
  numbers: readonly StepNumbers[],
): { readonly sequence: readonly EmailCard[]; readonly asked: readonly EmailCard[] } {
  const { sequence } = content;
  const gone = numbers.filter(
    ({ kind, step }) => kind === 'step' && !sequence.some(({ key }) => key === step),
  );
  return {
    sequence: [
      ...sequence.map((_, index) => stepCard(content, index, numbers)),
      ...gone.map((own) => goneCard(own)),
    ],
    asked: EMAIL_KEYS.map((key) => askedCard(content, key, numbers)),
  };
}

function stepCard(content: EmailContent, index: number, numbers: readonly StepNumbers[]): EmailCard {
  const step = content.sequence[index];
  if (step === undefined) throw new Error('No such step.');
  const own = numbersOf(numbers, 'step', step.key);
  const subjects = [step.subject, ...(step.subjectB === null ? [] : [step.subjectB])].map((subject) =>
    filled(content, subject),
  );
  return {
    step: step.key,
    name: subjects[0] ?? step.key,
    subjects,
    when: whenInWords(step, index === 0),
    late: latenessInWords(step),
    isThere: true,
    trial: trialOf(step, own),
    numbers: own,
  };
}

/** Only emails in these very words count: what old ones did, or those of another language, says nothing of them. */
function trialOf({ subjectB, version }: Step, { subjects }: StepNumbers): EmailCard['trial'] {
  if (subjectB === null) return null;
  const { a, b } = subjects.find(({ stepVersion }) => stepVersion === version) ?? { a: NONE, b: NONE };
  return { counts: [a, b], words: judgeSubjects({ a, b }).words };
}

const NONE: SubjectCount = { submitted: 0, clicked: 0 };

function askedCard(content: EmailContent, key: EmailKey, numbers: readonly StepNumbers[]): EmailCard {
  const { name, when } = ASKED[key];
  const subjects = [filled(content, content.emails[key].subject)];
  return {
    step: key,
    name,
    subjects,
    when,
    late: null,
    isThere: true,
    trial: null,
    numbers: numbersOf(numbers, key, key),
  };
}

function goneCard(numbers: StepNumbers): EmailCard {
  const { step } = numbers;
  const when = 'Taken out of the sequence: it goes to nobody any more.';
  return { step, name: step, subjects: [], when, late: null, isThere: false, trial: null, numbers };
}

/** A subject as the made-up reader of the previews gets it. */
function filled(content: EmailContent, subject: string): string {
  const [offer] = ownOffers(content);
  const scene = sceneFor(content, null, SAMPLE_READER.firstName, offer?.key ?? '');
  return fillFields(subject, scene.fields, 'none');
}

function numbersOf(numbers: readonly StepNumbers[], kind: StepNumbers['kind'], step: string): StepNumbers {
  return numbers.find((one) => one.kind === kind && one.step === step) ?? { ...NOTHING_YET, kind, step };
}

const NOTHING_YET: Omit<StepNumbers, 'kind' | 'step'> = {
  planned: 0,
  open: 0,
  submitted: 0,
  delivered: 0,
  bounced: 0,
  complained: 0,
  failed: 0,
  skipped: 0,
  cancelled: 0,
  inDoubt: 0,
  clicksRaw: 0,
  clickedByPersons: 0,
  unsubscribedAfter: 0,
  subjects: [],
};
