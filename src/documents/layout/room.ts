/** From where to where rows may stand on a page, and the distance of the lines of its grid, which begins at `top`. */
export type Room = { readonly top: number; readonly bottom: number; readonly line: number };
