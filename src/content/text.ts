/** Markdown as it stands in a file; `file` and `line` (of its first line, from 1) serve messages. */
export type Markdown = {
  readonly source: string;
  readonly file: string;
  readonly line: number;
};
