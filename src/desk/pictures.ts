import type { Content } from '../content/model.ts';
import type { Press, Variant } from '../documents/model.ts';

/** Every page of a variant as a picture (a whole SVG file each), in the version of the content in force. Rejects when the press fails. */
export type Pictures = (variant: Variant) => Promise<readonly string[]>;

/** A page with all pictures asks for each of them: the variants that were looked at last are set once. */
export function createPictures(press: Pick<Press, 'pictures'>, content: () => Content): Pictures {
  const kept = new Map<string, Promise<readonly string[]>>();
  return async (variant) => {
    const key = JSON.stringify([content().version, variant.offer, variant.situation, variant.paper]);
    const pictures = kept.get(key) ?? press.pictures(variant);
    kept.delete(key);
    kept.set(key, pictures);
    for (const [oldest] of kept) if (kept.size > MOST) kept.delete(oldest);
    try {
      return await pictures;
    } catch (error) {
      if (kept.get(key) === pictures) kept.delete(key);
      throw error;
    }
  };
}

/** A variant takes some megabytes. */
const MOST = 3;
