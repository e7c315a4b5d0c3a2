/** fontkit 2.0.4 ships no types; this is the part that documents use. */
declare module 'fontkit' {
  export type Position = { xAdvance: number; yAdvance: number; xOffset: number; yOffset: number };
  export type Glyph = {
    readonly id: number;
    readonly advanceWidth: number;
    readonly codePoints: readonly number[];
  };
  export type PathCommand = {
    readonly command: 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'bezierCurveTo' | 'closePath';
    readonly args: readonly number[];
  };
  export type Run = {
    readonly glyphs: readonly Glyph[];
    readonly positions: readonly Position[];
    readonly advanceWidth: number;
  };
  /** OpenType features to add or to leave out; the script and the language, which are guessed where they are null; the direction. */
  export type How = readonly [
    features?: Readonly<Record<string, boolean>> | undefined,
    script?: string | null,
    language?: string | null,
    direction?: 'ltr' | 'rtl',
  ];
  export type Font = {
    readonly unitsPerEm: number;
    /** Private. Glyphs by number, each with the characters for which it was first asked. */
    _glyphs: Record<number, unknown>;
    hasGlyphForCodePoint(codePoint: number): boolean;
    glyphForCodePoint(codePoint: number): Glyph;
    layout(text: string, ...how: How): Run;
    /** A glyph with its outline, in units of the font with y upwards. */
    getGlyph(id: number): Glyph & { readonly path: { readonly commands: readonly PathCommand[] } };
  };
  export function create(bytes: Uint8Array): Font;
}
