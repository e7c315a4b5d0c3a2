import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentFor } from '../content/languages.ts';
import type { Content } from '../content/model.ts';
import {
  documentSource,
  MANIFEST,
  manifestSchema,
  offerCard,
  siteCard,
  siteSource,
} from '../content/previews.ts';
import type { CardWords, PreviewManifest } from '../content/previews.ts';
import { hasCode } from '../kernel/fault.ts';
import type { Log } from '../kernel/log.ts';
import { readAsset } from './static.ts';
import type { Asset } from './static.ts';

/** A page of a document as a landing page shows it; `srcset` names the WebP files, `src` is for browsers without. */
export type SheetPicture = {
  readonly src: string;
  readonly srcset: string;
  readonly width: number;
  readonly height: number;
  /** Of the document, from 1, and the chapter that it is of. */
  readonly page: number;
  readonly chapter: string;
};

/** The picture that other sites show beside a link to a page. `alt` is what is written on it. */
export type CardPicture = {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
};

/** Pictures of the documents of the content in force. One of other words is never shown. */
export interface Previews {
  /** The first page and the pages to look into; empty when there are no pictures of these very words. */
  readonly sheets: (offerKey: string) => readonly SheetPicture[];
  /** The card of the page with this path: the offer's on its landing page, else the site's. */
  readonly card: (path: string) => CardPicture | null;
  readonly at: (path: string) => Asset | undefined;
}

/** @param dirs folders with pictures and their list; for each offer the first one that fits is taken. Need not exist. */
export function createPreviews(parts: {
  readonly content: () => Content;
  readonly dirs: readonly string[];
  readonly log: Log;
}): Previews {
  let version: string | undefined;
  let shelf: Shelf = EMPTY;
  const current = () => {
    const content = parts.content();
    if (version !== content.version) {
      shelf = readShelf(content, parts.dirs, parts.log);
      version = content.version;
    }
    return shelf;
  };
  return {
    sheets: (offerKey) => current().sheets.get(offerKey) ?? [],
    card: (path) => current().cards.get(path) ?? current().cards.get('') ?? null,
    at: (path) => current().assets.get(path),
  };
}

type Shelf = {
  readonly sheets: ReadonlyMap<string, readonly SheetPicture[]>;
  /** By the page's path; the site's under an empty one. */
  readonly cards: ReadonlyMap<string, CardPicture>;
  readonly assets: ReadonlyMap<string, Asset>;
};

const EMPTY: Shelf = { sheets: new Map(), cards: new Map(), assets: new Map() };

/** What fits a content, read into memory: some 40 KB for a picture. A folder that is damaged counts as none, since pages need no pictures. */
function readShelf(content: Content, dirs: readonly string[], log: Log): Shelf {
  let shelf = EMPTY;
  // What an earlier folder holds lies over the others.
  for (const dir of dirs.toReversed()) {
    try {
      const found = readFitting(content, dir);
      shelf = {
        sheets: new Map([...shelf.sheets, ...found.sheets]),
        cards: new Map([...shelf.cards, ...found.cards]),
        assets: new Map([...shelf.assets, ...found.assets]),
      };
    } catch (error) {
      log.warn({ err: error, dir }, 'previews cannot be used; npm run previews makes them anew');
    }
  }
  return shelf;
}

/** Throws for a list that is none, and for a picture that is missing. */
function readFitting(content: Content, dir: string): Shelf {
  const manifest = readManifest(dir);
  if (manifest === null) return EMPTY;
  const sheets = new Map<string, readonly SheetPicture[]>();
  const cards = new Map<string, CardPicture>();
  const assets = new Map<string, Asset>();
  const take = (file: string) => {
    const asset = readAsset(dir, file);
    assets.set(asset.path, asset);
    return asset.path;
  };
  const cardPicture = ({ file, width, height }: PreviewManifest['site']['card'], words: CardWords) => ({
    path: take(file),
    width,
    height,
    alt: `${words.site}. ${words.title}. ${words.subtitle}. ${words.by}.`,
  });
  for (const offer of content.offers) {
    const made = manifest.offers[offer.key];
    const own = contentFor(content, offer.key);
    if (made?.source !== documentSource(own, offer)) continue;
    const pictures = made.sheets.map(({ page, chapter, webp, png }) => ({
      src: take(png.file),
      srcset: webp.map(({ file, width }) => `${take(file)} ${width}w`).join(', '),
      width: png.width,
      height: png.height,
      page,
      chapter,
    }));
    sheets.set(offer.key, pictures);
    cards.set(`/${offer.key}`, cardPicture(made.card, offerCard(own, offer)));
  }
  const { site } = manifest;
  if (site.source === siteSource(content)) cards.set('', cardPicture(site.card, siteCard(content)));
  return { sheets, cards, assets };
}

/** Null when the folder has no pictures. */
function readManifest(dir: string): PreviewManifest | null {
  let text: string;
  try {
    text = readFileSync(join(dir, MANIFEST), 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
  return manifestSchema.parse(JSON.parse(text));
}
