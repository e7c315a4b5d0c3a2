import type { Asked, MessageKind } from '../kernel/words.ts';

/**
 * What became of all emails of one step, over all time, as the ledger has it now. Made-up leads are never counted.
 * Conserved: `planned` = `open` + `submitted` + `failed` + `skipped` + `cancelled` + `inDoubt`.
 */
export type StepNumbers = {
  readonly kind: MessageKind;
  /** The step's key (also of one that is no longer in the content), or the kind. */
  readonly step: string;
  /** Ever planned. */
  readonly planned: number;
  /** Still to go: planned, or in hand. */
  readonly open: number;
  /** Went out: the provider took it, whatever became of it later. A doubt that was closed after a day counts here. */
  readonly submitted: number;
  /** Of the submitted: the inbox took it. A complaint is about an email that arrived. */
  readonly delivered: number;
  /** Of the submitted. */
  readonly bounced: number;
  /** Of the submitted and delivered. */
  readonly complained: number;
  /** The provider will never take it. */
  readonly failed: number;
  readonly skipped: number;
  readonly cancelled: number;
  /** Nobody can tell whether it went out, and the day is not over. */
  readonly inDoubt: number;
  /** All requests for its links, machines included. */
  readonly clicksRaw: number;
  /** Of the submitted: emails with a click that is a person's. */
  readonly clickedByPersons: number;
  /** Leads who stopped the emails when this was the last of the sequence they had had. */
  readonly unsubscribedAfter: number;
  /** One entry for each version that was tried with two subjects; none: the ledger knows of no second subject. */
  readonly subjects: readonly SubjectNumbers[];
};

/**
 * The two subjects of one version of a step side by side: other words begin another test, and so do those of another language. Emails
 * that went out and whose subject was chosen of two.
 */
export type SubjectNumbers = {
  /** `Step.version` of the emails that are counted. */
  readonly stepVersion: string | null;
  readonly a: SubjectCount;
  readonly b: SubjectCount;
};

export type SubjectCount = {
  /** Emails that went out with this subject. */
  readonly submitted: number;
  /** Of those: with a click that is a person's. */
  readonly clicked: number;
};

export interface StepNumbersStore {
  /** One entry for each kind and step that was ever planned: what was asked for first, then the steps, each by name. */
  stepNumbers(): Promise<readonly StepNumbers[]>;
}

/** People who stand at the same place of the sequence, and will get the same emails next; what tells their language is the same. */
export type PlaceInSequence = Asked & {
  readonly people: number;
  /** Keys of the steps that are behind them: they are never planned again. */
  readonly done: readonly string[];
  /** The step that waits for them; null while one is in doubt. */
  readonly waiting: string | null;
  /** The waiting email was written already, at an earlier try: its bytes stay. */
  readonly written: boolean;
};

export interface PlacesStore {
  /** Those who are under way, made-up leads left out; the largest place first. */
  placesInSequence(): Promise<readonly PlaceInSequence[]>;
  /** How many have come to the end of the sequence: a step that is added later does not bring them back. */
  countFinished(): Promise<number>;
}
