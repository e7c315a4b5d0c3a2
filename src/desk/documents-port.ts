/** How often the document of an offer was given out, over all time. Made-up leads are never counted. */
export type DocumentNumbers = {
  /** The offer's key, also of one that is no longer in the content. */
  readonly offer: string;
  /** Whole files handed over. */
  readonly downloads: number;
  /** Leads who have it. */
  readonly people: number;
};

/** What the pages about the documents ask. */
export interface DocumentsStore {
  documentNumbers(): Promise<readonly DocumentNumbers[]>;
}
