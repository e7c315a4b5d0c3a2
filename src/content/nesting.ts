import type { Block } from './paper-model.ts';
import { tell } from './text-blocks.ts';
import type { Reading } from './text-blocks.ts';

/**
 * Tells every heading that skips a level: who listens to a paper finds the way by its levels. `above` is the level of the
 * heading that stands over the blocks: 1 on a page that the engine gives its title, 0 for a paper's text.
 */
export function checkNesting(blocks: readonly Block[], above: number, reading: Reading): void {
  let level = above;
  for (const block of blocks) {
    // What one reader gets must not be what holds the levels of another together.
    if (block.kind === 'only') checkNesting(block.blocks, level, reading);
    if (block.kind !== 'heading') continue;
    if (block.level > level + 1) {
      const problem = `A heading of level ${block.level} stands ${level === 0 ? 'before any of level 1' : `under one of level ${level}`}.`;
      tell(
        reading,
        block.line,
        problem,
        `Write it with ${'#'.repeat(level + 1)}, or add the heading between them.`,
      );
    }
    level = block.level;
  }
}
