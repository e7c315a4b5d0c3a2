import type { Look } from '../../kernel/look.ts';
import type { Paper } from '../model.ts';

/** The places of a page, in points: a side column for titles and numbers, and beside it the column of text. */
export type Grid = {
  readonly width: number;
  readonly height: number;
  readonly top: number;
  /** Where the text ends; the footer stands below. */
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  readonly sideWidth: number;
  readonly textLeft: number;
  readonly textWidth: number;
};

/** 60 to 66 characters a line on both papers: the measure is fixed, the side column takes what is left. */
export function gridOf(paper: Paper, look: Look): Grid {
  const [width, height] = SIZES[paper];
  const { margin, measure } = look.print;
  const right = width - margin.outer;
  const textLeft = right - measure;
  return {
    width,
    height,
    top: margin.top,
    bottom: height - margin.bottom,
    left: margin.outer,
    right,
    sideWidth: textLeft - GUTTER - margin.outer,
    textLeft,
    textWidth: measure,
  };
}

const GUTTER = 18;
const SIZES: Readonly<Record<Paper, readonly [number, number]>> = {
  a4: [595.28, 841.89],
  letter: [612, 792],
};
