/** fontkit 2.0.4 ships no types; this is the part that documents use. */
declare module 'fontkit' {
  export type Position = { xAdvance: number; yAdvance: number; xOffset: number; yOffset: number };
  export type Run = {
    readonly glyphs: readonly { readonly id: number }[];
    readonly positions: readonly Position[];
    readonly advanceWidth: number;
  };
  export type Font = {
    readonly unitsPerEm: number;
    hasGlyphForCodePoint(codePoint: number): boolean;
    layout(text: string): Run;
  };
  export function create(bytes: Uint8Array): Font;
}
