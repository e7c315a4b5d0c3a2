import type { Asked, ClickActor } from '../kernel/words.ts';

/** A request for a link of an email. Instants are UTC milliseconds. */
export type Click = {
  readonly messageId: string;
  /** Of the article, or one of `kernel/special-links.ts`. */
  readonly slug: string;
  readonly at: number;
};

/** A click of the same message that is in the ledger already, as it was judged there. */
export type KnownClick = {
  readonly slug: string;
  readonly at: number;
  readonly actor: ClickActor;
  readonly reason: string | null;
};

export type ClickVerdict = {
  readonly actor: ClickActor;
  readonly reason: string | null;
  /** When the click's window is over, and it becomes a person's; null: the verdict is final, unless a later click shows a machine. */
  readonly settleAt: number | null;
};

/** Whose click it is, as a pure rule that a store may call inside a transaction. Made by `sequence/click.ts` for one request. */
export interface ClickJudge {
  /** How far before and after the click its neighbours matter, in milliseconds. */
  readonly reach: number;
  /**
   * @param sinceSent from the submission of the email to the click, in milliseconds; null when nobody knows when it went out.
   * @param known the clicks of the same message within reach, in any order.
   * @returns the verdict, and those of the known clicks that are now shown to be a machine's, each with the reason.
   */
  judge<Known extends KnownClick>(
    click: Click,
    sinceSent: number | null,
    known: readonly Known[],
  ): {
    readonly verdict: ClickVerdict;
    readonly unmasked: readonly { readonly click: Known; readonly reason: string }[];
  };
}

/** What following a link in an email asks of a store. */
export interface ClickStore {
  /**
   * Key of the step (or `delivery`, `reminder` …) that a message carries, and what tells its language; null when it is gone.
   */
  messageWith(messageId: string): Promise<(Asked & { readonly step: string }) | null>;
  /**
   * Reads the neighbours, has the click judged, writes it down and corrects those before it, all in one transaction. A verdict that
   * is open is settled by `catchUp`. Nothing happens when the message is gone, or a made-up lead's, or in a flood of requests.
   */
  recordClick(click: Click, judge: ClickJudge): Promise<void>;
}
