import { decoded, slugOf } from '../../content/slug.ts';
import type { Block } from '../../content/paper-model.ts';
import type { Pass } from '../layout/pass.ts';
import type { Part } from './parts.ts';

/** The numbers of the charts, by their lines, in the order in which this reader meets them. */
export function figuresIn(parts: readonly Part[], situation: string | null): ReadonlyMap<number, number> {
  const lines = parts.flatMap(({ blocks }) => chartLines(blocks, situation));
  return new Map(lines.map((line, index) => [line, index + 1]));
}

function chartLines(blocks: readonly Block[], situation: string | null): readonly number[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'chart') return [block.line];
    return block.kind === 'only' && block.situation === situation ? chartLines(block.blocks, situation) : [];
  });
}

/** Where links between the parts lead, and on which page that is. */
export function crossings(parts: readonly Part[], numbers: ReadonlyMap<string, number>): Pass['within'] {
  const names = new Map<string, string>();
  for (const part of parts) {
    names.set(slugOf(part.heading), part.name);
    for (const block of part.blocks)
      if (block.kind === 'heading' && block.level === 2) names.set(slugOf(block.text), `line-${block.line}`);
  }
  return (href) => {
    const slug = href.startsWith('#') ? decoded(href) : null;
    const name = slug === null ? undefined : names.get(slug);
    const page = name === undefined ? undefined : numbers.get(name);
    return name === undefined || page === undefined ? null : { name, page };
  };
}
