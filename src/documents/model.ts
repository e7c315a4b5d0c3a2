import type { Content, ContentProblem, PAPERS } from '../content/model.ts';

/** The person a document is made for. Empty answers are null. */
export type Reader = {
  readonly name: string;
  readonly situation: string | null;
  readonly role: string | null;
};

export type Paper = (typeof PAPERS)[number];

export type DocumentRequest = {
  readonly offer: string;
  readonly reader: Reader;
  readonly paper: Paper;
};

/** What decides how a document is laid out. Readers of one variant get the same pages but for their personal lines. */
export type Variant = {
  readonly offer: string;
  readonly situation: string | null;
  readonly paper: Paper;
};

/** Where a chapter of the common part begins. `number` stands beside its heading; null: it has none, like the sources. */
export type ChapterPlace = { readonly title: string; readonly number: number | null; readonly page: number };

export type FinishedDocument = {
  /** The file in pieces, one behind the other. Readers of one variant share the first: never write to it. */
  readonly parts: readonly Uint8Array[];
  /** Bytes of all parts together. */
  readonly length: number;
  readonly pages: number;
  /** Hex SHA-256 of the bytes. */
  readonly sha256: string;
  readonly contentVersion: string;
  /** Readable, ends in `.pdf`, ASCII only. */
  readonly fileName: string;
};

/** The same in the proportions of a phone and of a desk. */
export type ScreenPictures = { readonly narrow: ScreenPicture; readonly wide: ScreenPicture };

/** A whole SVG file; pixels at the size at which it is shown first. */
type ScreenPicture = { readonly svg: string; readonly width: number; readonly height: number };

/** All parts in one piece. */
export function bytesOf({ parts }: Pick<FinishedDocument, 'parts'>): Uint8Array {
  return Buffer.concat(parts);
}

/** Makes documents. The same content, engine and person give the same bytes. */
export interface Press {
  /** Throws only for bugs; an unknown offer is one. A name that no font can show never fails. */
  make(request: DocumentRequest): Promise<FinishedDocument>;
  /** Pages of the common part (no situation), for "12 pages" on the landing page. */
  pages(offer: string): Promise<number>;
  /** The chapters of the common part in their order, with the pages on which they begin; none of an infographic. */
  chapters(offer: string): Promise<readonly ChapterPlace[]>;
  /** Every page of a variant as a picture: a whole SVG file each, without a name or a role in it. */
  pictures(variant: Variant): Promise<readonly string[]>;
  /**
   * An infographic as pictures for screens, made once for a content version. Null for a paper, and as long as they are being made, which
   * the first question begins: what they say stands in the content (`infographicText`).
   */
  screen(offer: string): Promise<ScreenPictures | null>;
  /** What only shows when this content is set: every variant is tried. Empty when all is well. */
  proof(content: Content): Promise<readonly ContentProblem[]>;
  /** Prepares every variant of the content in force, so that no reader has to wait for it. `signal` ends that between two of them. */
  warm(signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}
