import { describe, expect, test } from 'vitest';
import { loadLook } from '../../src/kernel/look.ts';

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

/** WCAG 2.2, "contrast ratio". */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
