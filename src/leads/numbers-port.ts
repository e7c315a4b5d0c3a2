/**
 * What became of the signups of a stretch of time, until now: each figure is a part of the one before it. Signups that nobody confirmed
 * are deleted in the end (`signup/housekeeping.ts`), so a stretch of long ago looks better than it was.
 */
export type LinkNumbers = {
  /** Their email with the link went out: the provider took it. */
  readonly mailed: number;
  /** Of the mailed: the button on the page was pressed. */
  readonly pressed: number;
  /** Of the pressed: a whole file was given. */
  readonly taken: number;
};

/** The funnel's numbers over a stretch of time; every figure counts leads or acts of real people, never demo leads. */
export type FunnelNumbers = {
  /** Looks at public pages. */
  readonly views: number;
  readonly links: LinkNumbers & {
    /** Of the mailed, and not of the pressed: the email came back for good. */
    readonly returned: number;
    /** Looks at visitors' own pages before the press: how often, not by how many. */
    readonly looks: number;
  };
  readonly signups: number;
  readonly confirmed: number;
  readonly downloaded: number;
  readonly withFollowUp: number;
  readonly finished: number;
  /** Leads who followed a link in an email: by persons only. */
  readonly clicked: number;
  /** All requests for links in emails, as they came. What is neither a person's nor a scanner's is unsure. */
  readonly clicksRaw: number;
  readonly clicksByPersons: number;
  readonly clicksByScanners: number;
  readonly unsubscribed: number;
  readonly foundJob: number;
  readonly bookedCall: number;
  /** Honeypot signups waiting for the coach's eye. */
  readonly held: number;
  readonly sources: readonly {
    readonly source: string | null;
    /** Host of the page before, without `www.`, where there is no source; null when neither is known. */
    readonly site: string | null;
    readonly signups: number;
    readonly confirmed: number;
  }[];
  /** One entry a UTC day with signups, oldest first. */
  readonly days: readonly { readonly day: string; readonly views: number; readonly signups: number }[];
};
