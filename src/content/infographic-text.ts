import { ended } from './ended.ts';
import { fillFields } from './fields.ts';
import type { InfographicSource, Panel } from './infographic-model.ts';
import type { Content } from './model.ts';
import { quantity } from './numbers.ts';
import { longDate } from './page-views.ts';
import { say } from './phrase.ts';

/** One panel of an infographic as text; what it does not have is null or empty. */
export type PanelText = {
  readonly title: string | null;
  /** A large number, and whether it is struck out. */
  readonly value: string | null;
  readonly isStruck: boolean;
  readonly text: string | null;
  readonly rows: readonly { readonly label: string; readonly value: string }[];
  /** A title ends as a sentence does: its text follows on the same line. */
  readonly steps: readonly { readonly title: string; readonly text: string }[];
  readonly items: readonly string[];
  /** Where the figure comes from, in full. */
  readonly source: string | null;
};

/** Everything that an infographic says, for those who do not see its picture; at its end the page for a situation, if one is chosen. */
export function infographicText(
  source: InfographicSource,
  content: Content,
  situation: string | null,
): readonly PanelText[] {
  const values = {
    coach: content.site.coach.name,
    site: content.site.name,
    date: longDate(content, content.site.updated),
  };
  const filled = (text: string): string => fillFields(text, values, 'none');
  const panels = source.panels.map((panel) => ({
    ...NOTHING,
    ...saidBy(panel, filled, content),
    source: ('source' in panel && source.sources.find(({ id }) => id === panel.source)?.text) || null,
  }));
  const own = situation === null ? undefined : source.situations[situation];
  if (own === undefined) return panels;
  const { title, intro, moves } = own;
  return [...panels, { ...NOTHING, title: filled(title), text: filled(intro), steps: moves.map(told) }];

  function told(move: { readonly title: string; readonly text: string }) {
    return { title: ended(filled(move.title)), text: filled(move.text) };
  }
}

const NOTHING: PanelText = {
  title: null,
  value: null,
  isStruck: false,
  text: null,
  rows: [],
  steps: [],
  items: [],
  source: null,
};

function saidBy(panel: Panel, filled: (text: string) => string, content: Content): Partial<PanelText> {
  switch (panel.kind) {
    case 'figure':
      return { value: panel.value, text: filled(panel.label) };
    case 'myth':
      return { value: panel.value, isStruck: true, title: filled(panel.title), text: filled(panel.text) };
    case 'bars': {
      const rows = panel.bars.map(({ label, value }) => ({
        label: filled(label),
        value: quantity(value, panel.unit, content.site.language),
      }));
      return { title: filled(panel.title), rows };
    }
    case 'ties': {
      const { near, weak, far } = panel;
      const drawing = say(content.words.document.ties, {
        near: filled(near),
        weak: filled(weak),
        far: filled(far),
      });
      const found = [panel.value ?? '', filled(panel.text)].join(' ').trim();
      return { title: filled(panel.title), text: `${found} ${drawing}` };
    }
    case 'steps':
      return {
        title: filled(panel.title),
        steps: panel.steps.map(({ title, text }) => ({ title: ended(filled(title)), text: filled(text) })),
      };
    case 'list':
      return { title: filled(panel.title), items: panel.items.map(filled) };
    case 'note':
      return { title: filled(panel.title), text: filled(panel.text) };
  }
}
