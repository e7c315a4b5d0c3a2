import { createHash } from 'node:crypto';
import type { Content } from '../content/model.ts';
import type { DocumentRequest, Press, Variant } from './model.ts';
import { lettersOf, readAnswers } from './press/answers.ts';
import type { Letters } from './press/answers.ts';
import { fillBase, readyBase } from './press/fill.ts';
import type { Filled, ReadyBase } from './press/fill.ts';
import { offerIn } from './press/printer.ts';
import type { Printer } from './press/printer.ts';
import { createScreens } from './press/screens.ts';
import { createShelf } from './press/shelf.ts';
import { variantsOf } from './press/variants.ts';

/**
 * The press: bases are printed once for each variant of the content in force, and a reader's document is one of them with her personal
 * lines filled in. Readers whose names need more than that get a document that is made whole.
 * @param content the content in force; asked for each document.
 * @param publicUrl the address that links to our own pages carry; asked late, since with `PORT=0` it is known only once the server listens.
 */
export function createPress(printer: Printer, content: () => Content, publicUrl: () => string): Press {
  const bases = createShelf<ReadyBase>(MOST_BASES);
  const wholes = createShelf<Filled>(MOST_WHOLES);
  const pictured = createShelf<readonly string[]>(MOST_PICTURED);
  const screens = createScreens(printer, content);
  const orderFor = (variant: Variant) => ({ content: content(), variant, publicUrl: publicUrl() });
  const keyOf = ({ offer, situation, paper }: Variant) =>
    JSON.stringify([content().version, publicUrl(), offer, situation, paper]);
  // The alphabet is that of the program's font: a thousand letters, kept once and not for every base.
  let letters: Letters | undefined;
  const baseOf = (variant: Variant) =>
    bases.get(keyOf(variant), async () => {
      const base = await printer.base(orderFor(variant));
      return readyBase(base, (letters ??= lettersOf(base.alphabet)));
    });
  const wholeOf = (variant: Variant, { reader }: DocumentRequest) =>
    wholes.get(keyOf(variant) + JSON.stringify(reader), async () =>
      inOnePart(await printer.whole(orderFor(variant), reader)),
    );
  return {
    make: async (request) => {
      const { version } = content();
      const { fileName } = offerIn(content(), request.offer);
      const variant = { offer: request.offer, situation: request.reader.situation, paper: request.paper };
      const base = await baseOf(variant);
      const read = readAnswers(request.reader, base.letters);
      const made = read.kind === 'slots' ? fillBase(base, read.answers) : await wholeOf(variant, request);
      return { ...made, pages: base.pages, contentVersion: version, fileName: asciiName(fileName) };
    },
    pages: async (offer) => (await baseOf({ offer, situation: null, paper: 'a4' })).pages,
    pictures: async (variant) =>
      await pictured.get(keyOf(variant), async () => await printer.pictures(orderFor(variant))),
    screen: async (offer) => await screens.ready(offer),
    proof: async (candidate) => await printer.proof(candidate),
    warm: async (signal) => {
      for (const { key, document } of content().offers)
        if (document.kind === 'infographic' && signal?.aborted !== true) await screens.made(key);
      for (const variant of variantsOf(content())) if (signal?.aborted !== true) await baseOf(variant);
    },
    close: async () => await printer.close(),
  };
}

/** Two offers with five situations on two papers are twenty, of about 200 KB; a long list of offers still fits. */
const MOST_BASES = 100;
/** A viewer asks for one file in many parts, and somebody takes it twice. */
const MOST_WHOLES = 16;
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
