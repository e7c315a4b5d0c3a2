import type { Content } from '../../content/model.ts';
import type { ScreenPictures } from '../model.ts';
import { offerIn } from './printer.ts';
import type { Printer } from './printer.ts';

/** The pictures for screens of the content in force. */
export type Screens = {
  /** The pictures, once they are made; null before, and for a paper. Nobody waits: who asks first has them begun. */
  readonly ready: (offer: string) => Promise<ScreenPictures | null>;
  /** Waits for them. */
  readonly made: (offer: string) => Promise<ScreenPictures | null>;
};

export function createScreens(printer: Printer, content: () => Content): Screens {
  let version = '';
  const begun = new Map<string, Promise<ScreenPictures | null>>();
  const done = new Map<string, ScreenPictures | null>();

  const made = (offer: string): Promise<ScreenPictures | null> => {
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
        // Pictures of an older version come too late.
        (pictures) => void (begun.get(offer) === making && done.set(offer, pictures)),
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
