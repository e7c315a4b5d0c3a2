import { createHash } from 'node:crypto';
import type { Content, Offer } from '../content/model.ts';
import type { Faces } from './layout/faces.ts';
import { loadFaces } from './layout/faces.ts';
import { setInfographic } from './infographic/infographic.ts';
import type { DocumentRequest, Press } from './model.ts';
import { setPaper } from './paper/paper.ts';
import { drawPdf } from './pdf/pen.ts';
import { settingFor } from './layout/setting.ts';
import type { Sheets } from './layout/shapes.ts';

/**
 * The press. Fonts, pdfkit and fontkit are loaded with the first document, not at start.
 * @param content the content in force; asked for each document.
 * @param fontsDir the folder with the TTF files that `faces.ts` names.
 * @param publicUrl the address that links to our own pages carry; asked late, since with `PORT=0` it is known only once the server listens.
 */
export function createPress(content: () => Content, fontsDir: string, publicUrl: () => string): Press {
  let loading: Promise<Faces> | undefined;
  const faces = (): Promise<Faces> => (loading ??= loadFaces(fontsDir));
  const counted = new Map<string, number>();
  return {
    make: async (request) => {
      const current = content();
      const offer = offerIn(current, request.offer);
      const ready = await faces();
      const bytes = await drawPdf(
        sheetsFor(request, offer, current, ready, publicUrl()),
        ready,
        request.reader,
      );
      return {
        parts: [bytes],
        length: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        contentVersion: current.version,
        fileName: asciiName(offer.fileName),
      };
    },
    pages: async (key) => {
      const current = content();
      const version = `${current.version} ${key}`;
      const known = counted.get(version);
      if (known !== undefined) return known;
      const reader = { name: '', situation: null, role: null };
      const request: DocumentRequest = { offer: key, reader, paper: 'a4' };
      const { pages } = sheetsFor(request, offerIn(current, key), current, await faces(), publicUrl());
      counted.set(version, pages.length);
      return pages.length;
    },
    pictures: () => Promise.reject(new Error('No pictures yet.')),
    proof: () => Promise.resolve([]),
  };
}

function sheetsFor(
  request: DocumentRequest,
  { document }: Offer,
  content: Content,
  faces: Faces,
  publicUrl: string,
): Sheets {
  const { offer, paper, reader } = request;
  const setting = settingFor({ offer, paper, situation: reader.situation }, content, faces, publicUrl);
  return document.kind === 'paper' ? setPaper(document, setting) : setInfographic(document, setting);
}

function offerIn(content: Content, key: string): Offer {
  const offer = content.offers.find((one) => one.key === key);
  if (offer === undefined) throw new Error(`There is no offer ${key}.`);
  return offer;
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
