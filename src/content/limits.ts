/** Guards against floods; each has a default and may stand under `limits:` in `site.yaml`. */
export type Limits = {
  readonly networkPerHour: number;
  readonly domainPerHour: number;
  readonly largeDomainPerHour: number;
  readonly overallPerHour: number;
  /** For forms that come with a proof of work. */
  readonly overallWithWorkPerHour: number;
  readonly addressGapMinutes: number;
  readonly addressPerDay: number;
  readonly addressUnconfirmedPerMonth: number;
};
