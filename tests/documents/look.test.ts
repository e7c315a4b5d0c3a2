import { describe, expect, test } from 'vitest';
import { loadLook } from '../../src/kernel/look.ts';
import { contrast } from './contrast.ts';

describe('the colours', () => {
  test.each(['light', 'dark'] as const)('can be read on every ground, in %s', (mode) => {
    const colors = loadLook().colors[mode];
    for (const ground of [colors.paper, colors.surface, colors.wash]) {
      for (const text of [colors.ink, colors.text, colors.muted, colors.accent, colors.error]) {
        expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
      }
      expect(contrast(colors.field, ground)).toBeGreaterThanOrEqual(3);
      expect(contrast(colors.focus, ground)).toBeGreaterThanOrEqual(3);
    }
    expect(contrast(colors.accentText, colors.accent)).toBeGreaterThanOrEqual(4.5);
  });
});
