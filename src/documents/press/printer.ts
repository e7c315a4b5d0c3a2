import type { Content, ContentProblem, Offer } from '../../content/model.ts';
import { setInfographic } from '../infographic/infographic.ts';
import { screenProblems, screenSvgs } from '../infographic/screen.ts';
import type { Faces } from '../layout/faces.ts';
import { loadFaces } from '../layout/faces.ts';
import { scriptFontsIn } from '../layout/script-fonts.ts';
import { PERSONAL_FACE } from '../layout/shapes.ts';
import type { Sheets } from '../layout/shapes.ts';
import { settingFor } from '../layout/setting.ts';
import type { Reader, ScreenPictures, Variant } from '../model.ts';
import { setPaper } from '../paper/paper.ts';
import { alphabetOf, codesOf } from '../pdf/alphabet.ts';
import { drawPdf } from '../pdf/pen.ts';
import { pageSvg } from '../svg/page.ts';
import { baseFrom } from './base.ts';
import { chaptersIn } from './chapters.ts';
import type { Base } from './base.ts';
import { watched } from './lost.ts';
import { personalLost } from './personal-lost.ts';
import { proofOf } from './proof.ts';
import { wholeWords } from './whole-words.ts';
import { identify } from './file-id.ts';

/** What is to be printed: the content, which of its variants, and the address that links to our own pages carry. */
export type PrintOrder = { readonly content: Content; readonly variant: Variant; readonly publicUrl: string };

/** Lays documents out and draws them: the slow part of the press. Fonts, pdfkit and fontkit are loaded with the first order. */
export interface Printer {
  base(order: PrintOrder): Promise<Base>;
  /** A document for one reader, made whole: for letters that the alphabet of the personal lines lacks. */
  whole(order: PrintOrder, reader: Reader): Promise<Uint8Array>;
  pictures(order: PrintOrder): Promise<readonly string[]>;
  /** For screens; null for a paper. */
  screen(content: Content, offer: string): Promise<ScreenPictures | null>;
  proof(content: Content): Promise<readonly ContentProblem[]>;
  close(): Promise<void>;
}

/** A printer in this very process. @param fontsDir the folder with the TTF files that `faces.ts` and `scripts.ts` name. */
export function createPrinter(fontsDir: string): Printer {
  let loading: Promise<Faces> | undefined;
  const faces = (): Promise<Faces> => (loading ??= loadFaces(fontsDir));
  const scriptFonts = scriptFontsIn(fontsDir);
  const sheets = async (order: PrintOrder) => sheetsFor(order, await faces());
  return {
    base: async (order) => {
      const ready = await faces();
      const set = await sheets(order);
      const { bytes, lines } = await drawPdf(set, ready, { kind: 'later' });
      return baseFrom(bytes, lines, alphabetOf(ready.fonts[PERSONAL_FACE]), {
        pages: set.pages.length,
        chapters: chaptersIn(set.pages),
      });
    },
    whole: async (order, reader) => {
      const ready = await faces();
      const scripts = await scriptFonts(reader.name + (reader.role ?? ''));
      const says = wholeWords(reader, alphabetOf(ready.fonts[PERSONAL_FACE]), scripts);
      return identify((await drawPdf(await sheets(order), ready, { kind: 'now', says, scripts })).bytes);
    },
    pictures: async (order) => {
      const ready = await faces();
      const set = await sheets(order);
      return set.pages.map((_, index) => pageSvg(set, index, ready, { ids: `p${index + 1}-` }));
    },
    screen: async (content, offer) => screenSvgs(content, offer, await faces()),
    proof: async (content) => {
      const ready = await faces();
      const codes = codesOf(alphabetOf(ready.fonts[PERSONAL_FACE]));
      return await proofOf(content, async (variant) => {
        const eyes = watched(ready);
        // Where links lead makes no difference to the pages.
        const set = sheetsFor({ content, variant, publicUrl: 'http://proof' }, eyes.faces);
        const problems = [...set.problems, ...screenFaults(content, variant, eyes.faces)];
        return { problems, lost: [...eyes.lost(), ...personalLost(set, codes)] };
      });
    },
    close: () => Promise.resolve(),
  };
}

function sheetsFor({ content, variant, publicUrl }: PrintOrder, faces: Faces): Sheets {
  const setting = settingFor(variant, content, faces, publicUrl);
  const { document } = offerIn(content, variant.offer);
  return document.kind === 'paper' ? setPaper(document, setting) : setInfographic(document, setting);
}

/** Of an infographic's pictures for screens, which are the same in every situation. */
function screenFaults(content: Content, variant: Variant, faces: Faces) {
  const { document } = offerIn(content, variant.offer);
  if (document.kind === 'paper' || variant.situation !== null) return [];
  return screenProblems(document, settingFor(variant, content, faces, 'http://proof'));
}

/** Throws for an offer that the content does not have: nobody may ask for one. */
export function offerIn(content: Content, key: string): Offer {
  const offer = content.offers.find((one) => one.key === key);
  if (offer === undefined) throw new Error(`There is no offer ${key}.`);
  return offer;
}
