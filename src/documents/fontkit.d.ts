/** fontkit 2.0.4 ships no types; this is the part that documents use. */
declare module 'fontkit' {
  export type Font = {
    readonly unitsPerEm: number;
    hasGlyphForCodePoint(codePoint: number): boolean;
    layout(text: string): {
      readonly advanceWidth: number;
      readonly glyphs: readonly { readonly id: number }[];
    };
  };
  export function create(bytes: Uint8Array): Font;
}
