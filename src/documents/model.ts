/** The person a document is made for. Empty answers are null. */
export type Reader = {
  readonly name: string;
  readonly situation: string | null;
  readonly role: string | null;
};

export type Paper = 'a4' | 'letter';

export type DocumentRequest = {
  readonly offer: string;
  readonly reader: Reader;
  readonly paper: Paper;
};

export type FinishedDocument = {
  readonly bytes: Uint8Array;
  /** Hex SHA-256 of the bytes. */
  readonly sha256: string;
  readonly contentVersion: string;
  /** Readable, ends in `.pdf`, ASCII only. */
  readonly fileName: string;
};

/** Makes documents. The same content, engine and person give the same bytes. */
export interface Press {
  /** Throws only for bugs; an unknown offer is one. A name that no font can show never fails. */
  make(request: DocumentRequest): Promise<FinishedDocument>;
  /** Pages of the common part (no situation), for "12 pages" on the landing page. */
  pages(offer: string): Promise<number>;
}
