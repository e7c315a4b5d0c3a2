import { createHash } from 'node:crypto';
import type { Content } from '../content/model.ts';
import { MINUTE } from '../kernel/clock.ts';
import type { DocumentRequest, Press, Variant } from './model.ts';
import { lettersOf, readAnswers } from './press/answers.ts';
import type { Letters } from './press/answers.ts';
import { fillBase, readyBase } from './press/fill.ts';
import type { Filled, ReadyBase } from './press/fill.ts';
import { offerIn } from './press/printer.ts';
import type { Printer } from './press/printer.ts';
import { createScreens } from './press/screens.ts';
import { createShelf } from './press/shelf.ts';
import type { Shelf } from './press/shelf.ts';
import { variantsOf } from './press/variants.ts';

/**
 * The press: bases are printed once for each variant of the content in force, and a reader's document is one of them with her personal
 * lines filled in. Readers whose names need more than that get a document that is made whole.
 * @param content the content in force; asked for each document.
 * @param publicUrl the address that links to our own pages carry; asked late, since with `PORT=0` it is known only once the server listens.
 * @param onFault is told when a document could not be made whole; its reader gets one without the letters that it would have taken.
 */
export function createPress(
  printer: Printer,
  content: () => Content,
  publicUrl: () => string,
  onFault: (error: unknown) => void = () => {},
): Press {
  const screens = createScreens(printer, content);
  let edition: Edition | undefined;
  // The alphabet is that of the program's font: a thousand letters, kept once and not for every base.
  let letters: Letters | undefined;

  /** What is in force now, with what was printed of it. It stays the same while a document is made, whatever is published meanwhile. */
  const editionNow = (): Edition => {
    const now = { content: content(), publicUrl: publicUrl() };
    if (edition?.content.version !== now.content.version || edition.publicUrl !== now.publicUrl)
      edition = {
        ...now,
        bases: createShelf(MOST_BASES),
        wholes: createShelf(MOST_WHOLES, WHOLES_LIVE),
        pictured: createShelf(MOST_PICTURED),
      };
    return edition;
  };
  const baseOf = async (of: Edition, variant: Variant) =>
    await of.bases.get(keyOf(variant), async () => {
      const base = await printer.base({ ...orderOf(of), variant });
      return readyBase(base, (letters ??= lettersOf(base.alphabet)));
    });
  const common = async (offer: string) => await baseOf(editionNow(), { offer, situation: null, paper: 'a4' });
  const wholeOf = async (of: Edition, variant: Variant, { reader }: DocumentRequest) =>
    await of.wholes.get(keyOf(variant) + JSON.stringify(reader), async () =>
      inOnePart(await printer.whole({ ...orderOf(of), variant }, reader)),
    );

  return {
    make: async (request) => {
      const now = editionNow();
      const { fileName } = offerIn(now.content, request.offer);
      const variant = { offer: request.offer, situation: request.reader.situation, paper: request.paper };
      const base = await baseOf(now, variant);
      const { kind, answers } = readAnswers(request.reader, base.letters);
      const filled = () => fillBase(base, answers);
      const made =
        kind === 'slots'
          ? filled()
          : await wholeOf(now, variant, request).catch((error: unknown) => {
              onFault(error);
              return filled();
            });
      const { version } = now.content;
      return { ...made, pages: base.pages, contentVersion: version, fileName: asciiName(fileName) };
    },
    pages: async (offer) => (await common(offer)).pages,
    chapters: async (offer) => (await common(offer)).chapters,
    pictures: async (variant) => {
      const now = editionNow();
      const order = { ...orderOf(now), variant };
      return await now.pictured.get(keyOf(variant), async () => await printer.pictures(order));
    },
    screen: async (offer) => await screens.ready(offer),
    proof: async (candidate) => await printer.proof(candidate),
    warm: async (signal) => {
      const now = editionNow();
      for (const { key, document } of now.content.offers)
        if (document.kind === 'infographic' && signal?.aborted !== true) await screens.made(key);
      for (const variant of variantsOf(now.content)) if (signal?.aborted !== true) await baseOf(now, variant);
    },
    close: async () => await printer.close(),
  };
}

/** One version of the content, whose links lead to one address. Nothing that was printed of an earlier one is kept. */
type Edition = {
  readonly content: Content;
  readonly publicUrl: string;
  readonly bases: Shelf<ReadyBase>;
  readonly wholes: Shelf<Filled>;
  readonly pictured: Shelf<readonly string[]>;
};

function orderOf({ content, publicUrl }: Edition) {
  return { content, publicUrl };
}

function keyOf({ offer, situation, paper }: Variant): string {
  return JSON.stringify([offer, situation, paper]);
}

/** Two offers with five situations on two papers are twenty, of about 200 KB; a long list of offers still fits. */
const MOST_BASES = 100;
/** A viewer asks for one file in many parts, and somebody takes it twice. */
const MOST_WHOLES = 16;
/** Milliseconds: they carry a name, so they do not lie about for longer than a reader looks at one. */
const WHOLES_LIVE = 10 * MINUTE;
/** The desk's page asks for each page of one variant; all its pages take some megabytes. */
const MOST_PICTURED = 3;

function inOnePart(bytes: Uint8Array): Filled {
  return { parts: [bytes], length: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Content-Disposition carries ASCII safely everywhere (RFC 6266, appendix D). */
function asciiName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/[^A-Za-z0-9._ -]/g, '')
    .trim();
  return `${plain === '' ? 'document' : plain}.pdf`;
}
