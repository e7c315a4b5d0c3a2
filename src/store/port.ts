import type { Consent } from '../content/model.ts';
import type { ExitReason } from '../kernel/words.ts';
import type { Random } from '../kernel/random.ts';
import type { DocumentsStore } from '../desk/documents-port.ts';
import type { DeskStore, EmailsStore } from '../desk/port.ts';
import type { ShareStore } from '../desk/share-port.ts';
import type { LeadStore } from '../leads/port.ts';
import type { Timetable } from '../leads/timetable.ts';
import type { ClickStore } from '../sequence/click-port.ts';
import type { PlacesStore, StepNumbersStore } from '../sequence/numbers-port.ts';
import type { SequenceStore } from '../sequence/port.ts';
import type { LedgerProofs } from '../sequence/proofs-port.ts';
import type { ReportStore } from '../sequence/reports-port.ts';
import type { SignupStore } from '../signup/port.ts';

/** All that the rooms ask of a store, and what running one takes. */
export type Store = LeadStore &
  SignupStore &
  SequenceStore &
  ClickStore &
  ReportStore &
  StepNumbersStore &
  PlacesStore &
  DeskStore &
  EmailsStore &
  DocumentsStore &
  ShareStore &
  StoreControl &
  LedgerProofs;

/** What wiring, `doctor`, health and commands ask. */
export interface StoreControl {
  /** Writes what waits, then closes. Nothing may be asked afterwards. */
  close(): Promise<void>;
  facts(): Promise<StoreFacts>;
  /** What SQLite's `quick_check` finds wrong; empty when nothing is. Reads the whole file. */
  quickCheck(): Promise<readonly string[]>;
  /** Proves by a small durable write that the disk takes more. */
  isWritable(): Promise<boolean>;
  /** When the first lead signed up, UTC milliseconds; null when there is none, or made-up ones only. */
  firstLeadAt(): Promise<number | null>;
  setting(key: string): Promise<string | null>;
  setSetting(key: string, value: string): Promise<void>;
  /** What the journal of stops beside the database holds and the database lacks; null: nothing. */
  missedStops(): Promise<MissedStops | null>;
  /**
   * Carries out stops of the journal, in one transaction; afterwards the database knows the whole journal. With `lost`, every email
   * that may have gone out in that time, and is not in the ledger because the database is older, is in doubt from then on.
   */
  replayStops(replay: {
    readonly stops: readonly Stop[];
    readonly lost: LostTime | null;
    readonly at: number;
    readonly timetable: Timetable;
  }): Promise<{ readonly stopped: number; readonly doubts: number }>;
  /** Made-up leads with a history of 90 days, for looking around and benchmarks; only into a database without leads. */
  fillWithDemoLeads(
    leads: number,
    ingredients: DemoIngredients,
    onProgress: (leads: number) => void,
  ): Promise<'filled' | 'has_leads'>;
}

/** Somebody who must not be mailed any more, as the journal of stops tells it. */
export type Stop = {
  /** UTC milliseconds. */
  readonly at: number;
  readonly reason: ExitReason;
  /** Keyed hash of the address; the address itself never gets into the journal. */
  readonly addressHash: string;
  /** Number within the database's history; null in lines of the first version, which had none. */
  readonly number: number | null;
  /** Public id of the lead; null where there was none (an erasure of what was only held). */
  readonly leadId: string | null;
};

export type MissedStops = {
  readonly stops: readonly Stop[];
  /**
   * Some of them were committed: this is an older copy of the database that wrote them, and what was sent since is not in it. False:
   * a crash came between the line and its COMMIT and nothing else is missing, or there is nobody here who could be mailed.
   */
  readonly isOlder: boolean;
  /** The last instant of which the database tells anything, UTC milliseconds. */
  readonly knownUntil: number;
};

/** The time that an older database knows nothing of, UTC milliseconds. */
export type LostTime = { readonly from: number; readonly to: number };

export type DemoIngredients = {
  readonly random: Random;
  /** UTC milliseconds: the end of the made-up history. */
  readonly now: number;
  /** Keys of the content; at least one offer. */
  readonly offers: readonly string[];
  readonly situations: readonly string[];
  readonly steps: readonly string[];
  readonly posts: readonly string[];
  readonly consent: Consent;
};

export type StoreFacts = {
  /** How many migrations have been applied. */
  readonly schemaVersion: number;
  readonly sqliteVersion: string;
  readonly pragmas: Readonly<Record<string, string | number>>;
  /** Rows of each table. */
  readonly rows: Readonly<Record<string, number>>;
  /** Made once with the database; a restored copy keeps it. */
  readonly instanceId: string;
  /** First live sending, UTC milliseconds; null when there was none. */
  readonly sentLiveAt: number | null;
};

export type RefusalReason =
  'old_sqlite' | 'newer_schema' | 'wrong_pragma' | 'broken_migration' | 'unusable_folder' | 'in_use';

/** The database cannot be used as it is; the message tells the operator why and what helps. */
export class StoreRefusal extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string) {
    super(message);
    this.name = 'StoreRefusal';
    this.reason = reason;
  }
}

/** What `doctor` looks into: a database opened for reading only, beside a running server. */
export interface StoreInspection
  extends
    LedgerProofs,
    Pick<SequenceStore, 'senderPause' | 'countOverdue'>,
    Pick<PlacesStore, 'placesInSequence'> {
  close(): Promise<void>;
  facts(): Promise<StoreFacts>;
  setting(key: string): Promise<string | null>;
  /** As the desk's health asks for it. */
  firstLeadAt(): Promise<number | null>;
  /** What SQLite finds wrong with the whole file, and rows that point to nothing; empty when nothing is. */
  integrity(): Promise<readonly string[]>;
  /** The first and the last instant that its events and tries tell of, UTC milliseconds; null for an empty database. */
  timeSpan(): Promise<{ readonly first: number; readonly last: number } | null>;
  senderTroubles(since: number): Promise<SenderTroubles>;
  /** How many stops the journal beside the database holds that it lacks, though they were carried out: then it is an older copy. */
  lackedStops(): Promise<number>;
}

/** What the sender has left for a person to look at. */
export type SenderTroubles = {
  /** In doubt and not settled yet, oldest first: the public id, and since when (UTC milliseconds). */
  readonly doubts: readonly { readonly messageId: string; readonly since: number }[];
  /** Sequences stopped as stale after `since`: public ids of the leads. */
  readonly stale: readonly string[];
  /** Emails that failed after `since`, by reason, most frequent first. */
  readonly failed: readonly { readonly reason: string; readonly count: number; readonly messageId: string }[];
  /** Emails that the provider took after `since`. */
  readonly submitted: number;
};

export type Inspected =
  | { readonly kind: 'open'; readonly inspection: StoreInspection }
  /** The folder holds no database, and nothing that tells of one: it is made at the first start. */
  | { readonly kind: 'none' }
  /** There is no database, but what lay beside one is there: the names of it. */
  | { readonly kind: 'gone'; readonly traces: readonly string[] }
  /** The file cannot be opened by this user, on this mount or at this moment, which says nothing against it. */
  | { readonly kind: 'shut'; readonly reason: string }
  /** Written by an older or a newer version: its tables are not those that this program knows. */
  | { readonly kind: 'other_schema'; readonly found: number; readonly known: number }
  /** The file is damaged or no database. */
  | { readonly kind: 'unreadable'; readonly reason: string };
