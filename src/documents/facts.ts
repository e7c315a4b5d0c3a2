import type { Block, Inline } from '../content/paper-model.ts';
import type { Content, Offer } from '../content/model.ts';
import type { ChapterPlace, Press } from './model.ts';

/** What a landing page tells of its document. */
export type DocumentFacts = {
  readonly pages: number;
  readonly minutes: number;
  readonly chapters: readonly ChapterPlace[];
};

/** Where the facts are kept over a restart: counting pages means setting the whole document. */
export interface FactsStore {
  setting(key: string): Promise<string | null>;
  setSetting(key: string, value: string): Promise<void>;
}

export interface FactsKeeper {
  /** Null as long as the document has not been counted. */
  readonly of: (offerKey: string) => DocumentFacts | null;
  /**
   * Counts every document of the content in force, or reads what was counted before. When other content comes into force meanwhile, nothing
   * of it is used or kept: that content is counted for itself.
   */
  readonly gather: () => Promise<void>;
}

const KEY = 'documents.facts';
/** Careful reading of a business text. */
const WORDS_A_MINUTE = 220;

/** @param parts.build names this very program; null when it runs from its sources, which may lay out another number of pages next time. */
export function createFactsKeeper(parts: {
  readonly press: Pick<Press, 'pages' | 'chapters'>;
  readonly store: FactsStore;
  readonly content: () => Content;
  readonly build: string | null;
}): FactsKeeper {
  const { build, store } = parts;
  let version = '';
  let facts: Facts = {};
  return {
    of: (offerKey) => (version === parts.content().version ? (facts[offerKey] ?? null) : null),
    gather: async () => {
      const content = parts.content();
      const isInForce = () => parts.content().version === content.version;
      const kept = readKept(await store.setting(KEY));
      const isKnown = build !== null && kept?.build === build && kept.version === content.version;
      const found = isKnown ? kept.facts : await count(parts.press, content, isInForce);
      if (found === null || !isInForce()) return;
      facts = found;
      version = content.version;
      if (isKnown) return;
      const record: Kept = { build, version, facts };
      await store.setSetting(KEY, JSON.stringify(record));
    },
  };
}

/** Null: other content has come into force. The press prints what is in force, which may lack an offer of ours by then. */
async function count(
  press: Pick<Press, 'pages' | 'chapters'>,
  content: Content,
  isInForce: () => boolean,
): Promise<Facts | null> {
  const facts: Record<string, DocumentFacts> = {};
  for (const offer of content.offers) {
    if (!isInForce()) return null;
    const minutes = Math.max(1, Math.ceil(wordsOf(offer) / WORDS_A_MINUTE));
    facts[offer.key] = {
      pages: await press.pages(offer.key),
      minutes,
      chapters: await press.chapters(offer.key),
    };
  }
  return facts;
}

/** By the offer's key. */
type Facts = Readonly<Record<string, DocumentFacts>>;

/** What one build of the program counted. Records of earlier builds may lack it. */
type Kept = { readonly build?: string | null; readonly version: string; readonly facts: Facts };

function readKept(text: string | null): Kept | null {
  // Written by ourselves, from the type above.
  return text === null ? null : (JSON.parse(text) as Kept);
}

/** Words that every reader gets: chapters for one situation are left out. */
function wordsOf({ document }: Offer): number {
  if (document.kind === 'infographic')
    return textsIn(document.panels).reduce((sum, text) => sum + countWords(text), 0);
  return countWords(
    `${document.summary.source} ${document.closing.source} ${document.blocks.map(textOf).join(' ')}`,
  );
}

/** Every text in a plain value but the names of kinds, which no reader sees. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => (name === 'kind' ? [] : textsIn(part)));
}

function textOf(block: Block): string {
  switch (block.kind) {
    case 'only':
      return '';
    case 'key':
      return `${block.title} ${block.blocks.map(textOf).join(' ')}`;
    case 'plan':
    case 'personal':
      return '';
    case 'chart':
      return `${block.title} ${plain(block.caption)}`;
    case 'list':
    case 'checklist':
    case 'worksheet':
      return block.items.map(plain).join(' ');
    case 'excerpt':
      return block.paragraphs.map(plain).join(' ');
    case 'heading':
    case 'paragraph':
    case 'quote':
      return plain(block.text);
  }
}

function plain(text: readonly Inline[]): string {
  return text.map((part) => (part.kind === 'text' ? part.text : '')).join('');
}

function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu)?.length ?? 0;
}
