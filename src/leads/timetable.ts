/** What the calendar needs to know of a lead's way through the sequence. */
export type EnrollmentView = {
  readonly enrollmentId: string;
  readonly leadId: string;
  /** IANA zone of the lead; null means the site's. */
  readonly timezone: string | null;
  readonly pace: 'normal' | 'fewer';
  /** Keys of the steps that are terminal (submitted, failed, skipped …): they are never planned again. */
  readonly doneSteps: readonly string[];
};

/** What the calendar says of a planned step at the moment when it comes up. Instants are UTC milliseconds. */
export type Lateness =
  /** It may go out now. */
  | { readonly kind: 'go' }
  /** Not at this hour or on this day: wait. The planned date stays what it was. */
  | { readonly kind: 'wait'; readonly until: number }
  /** Too late for this step, or it is no longer in the content. */
  | { readonly kind: 'skip'; readonly reason: string }
  /** So far behind that the sequence makes no sense any more. */
  | { readonly kind: 'stale'; readonly days: number };

export type PlannedStep = {
  readonly messageId: string;
  readonly step: string;
  /** UTC milliseconds. */
  readonly dueAt: number;
};

/**
 * The calendar's answers, as pure functions that a store may call inside a transaction. Made by `sequence/calendar.ts`;
 * declared here because the leads' and the signup's acts need it too.
 */
export interface Timetable {
  /** The first step that is not done yet, reckoned from `at` (the press, or the submission of the step before); null when all are done. */
  next(enrollment: EnrollmentView, at: number): PlannedStep | null;
  /** The first instant, not before `at`, at which `step` may go out: its hour, on its weekdays, in the lead's zone. */
  notBefore(enrollment: EnrollmentView, step: string, at: number): number;
  /** Whether a step that was planned for `dueAt` may still go out at `now`. */
  judge(enrollment: EnrollmentView, step: string, dueAt: number, now: number): Lateness;
}
