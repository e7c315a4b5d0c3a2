/** What came of the links with one tag, over all time. Made-up leads are never counted. */
export type CampaignNumbers = {
  readonly source: string | null;
  readonly medium: string | null;
  readonly campaign: string | null;
  /** Signups that are still held, each by its own link. */
  readonly signups: number;
  /** Those of them whose button was pressed. */
  readonly confirmed: number;
  /** The newest of them, UTC milliseconds. */
  readonly lastAt: number;
};

/** What the page about sharing asks. */
export interface ShareStore {
  /** Those with the newest signups first. */
  campaignNumbers(most: number): Promise<readonly CampaignNumbers[]>;
}
