import type { Config } from '../../config/config.ts';
import type { Content, ContentProblem } from '../../content/model.ts';
import type { Check } from '../../kernel/check.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Records } from '../../mail/records.ts';
import type { Inspected, StoreInspection } from '../../store/port.ts';
import type { Probe } from './web-probe.ts';

/** What is examined. */
export type Patient = {
  readonly config: Config;
  readonly clock: Clock;
  /** The content folders as they are now; null when they have a mistake. */
  readonly content: Content | null;
  /** What the server published last; null: nothing yet. */
  readonly published: Content | null;
  /** What a start of the server would go on with: the content of the folders, else what it published last; null: it cannot start. */
  readonly contentInForce: Content | null;
  readonly contentProblems: readonly ContentProblem[];
  /** Sets every document of a content, and tells the mistakes that show only then. Rejects when it cannot. */
  readonly proof: (content: Content) => Promise<readonly ContentProblem[]>;
  readonly inspected: Inspected;
  /** Null where there is no database that can be read. */
  readonly store: StoreInspection | null;
  /** A server runs on the data folder; false where no database can be read. */
  readonly isServing: boolean;
};

/** The world beyond this machine; null: not to be asked (`--offline`). */
export type Outside = { readonly probe: Probe; readonly records: Records };

export type Section = { readonly title: string; readonly checks: readonly Check[] };
