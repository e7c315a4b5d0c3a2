import type { Content } from '../../content/model.ts';
import { offerIn } from './printer.ts';
import type { Printer } from './printer.ts';

/** The pictures for narrow screens of the content in force. */
export type Screens = {
  /** The picture, once it is made; null before, and for a paper. Nobody waits: who asks first has it begun. */
  readonly ready: (offer: string) => Promise<string | null>;
  /** Waits for it. */
  readonly made: (offer: string) => Promise<string | null>;
};

export function createScreens(printer: Printer, content: () => Content): Screens {
  let version = '';
  const begun = new Map<string, Promise<string | null>>();
  const done = new Map<string, string | null>();

  const made = (offer: string): Promise<string | null> => {
    const current = content();
    if (current.version !== version) {
      version = current.version;
      begun.clear();
      done.clear();
    }
    let making = begun.get(offer);
    if (making === undefined) {
      making = printer.screen(current, offer);
      begun.set(offer, making);
      making.then(
        // A picture of an older version comes too late.
        (picture) => void (begun.get(offer) === making && done.set(offer, picture)),
        // Not kept: the next question begins anew.
        () => void (begun.get(offer) === making && begun.delete(offer)),
      );
    }
    return making;
  };

  return {
    made,
    ready: async (offer) => {
      if (offerIn(content(), offer).document.kind === 'paper') return null;
      made(offer).catch(() => {});
      // One turn for what was ready before.
      await Promise.resolve();
      return done.get(offer) ?? null;
    },
  };
}
