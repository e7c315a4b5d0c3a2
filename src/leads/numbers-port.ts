/** The funnel's numbers over a stretch of time; every figure counts leads or acts of real people, never demo leads. */
export type FunnelNumbers = {
  readonly views: number;
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
    readonly signups: number;
    readonly confirmed: number;
  }[];
  /** One entry a UTC day with signups, oldest first. */
  readonly days: readonly { readonly day: string; readonly views: number; readonly signups: number }[];
};
