import type { Actor } from '../../kernel/words.ts';
import type { Ground } from './ground.ts';
import { events } from './schema/ledger.ts';

type Detail = Readonly<Record<string, string | number | null>>;

/** Adds to a lead's history. `kind` is dotted (`signup.recorded`); `detail` holds no secrets and no typed text. */
export function recordEvent(
  ground: Ground,
  event: {
    readonly leadId: number;
    readonly kind: string;
    readonly actor: Actor;
    readonly at: number;
    readonly detail?: Detail;
  },
): void {
  const { detail, ...rest } = event;
  ground.rows.insert(events, { ...rest, detail: detail === undefined ? null : JSON.stringify(detail) });
}
