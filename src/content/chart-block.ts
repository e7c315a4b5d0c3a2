import { titleOf } from './box-parts.ts';
import type { Container } from './box-parts.ts';
import { checkValues, chartValue } from './chart-values.ts';
import { paperTokens } from './inline.ts';
import type { Block, ChartForm, Inline } from './paper-model.ts';
import { CHART_FORMS } from './paper-model.ts';
import { listItems, tell, textBlocks } from './text-blocks.ts';
import type { Item, Reading } from './text-blocks.ts';
import { pieces } from './tokens.ts';

/** `:::chart bars Title`: a list of values, then one paragraph with the source. */
export function chartBlock(container: Container, reading: Reading): readonly Block[] {
  const { line } = container;
  const [word = '', ...title] = container.rest.split(/ +/);
  const form = CHART_FORMS.find((each) => each === word);
  if (form === undefined) {
    const remedy = `Write ${CHART_FORMS.map((each) => `:::chart ${each} Title`).join(' or ')}.`;
    tell(
      reading,
      line,
      `\`:::chart\` has ${word === '' ? 'no form' : `the unknown form “${word}”`}.`,
      remedy,
    );
    return [];
  }
  const named = { ...container, name: `chart ${form}`, rest: title.join(' ') };
  const parts = partsOf(container, reading);
  if (parts === null) return [];
  return [chart(form, titleOf(named, reading), parts, line, reading)];
}

type Parts = {
  readonly items: readonly Item[];
  readonly caption: readonly Inline[];
  readonly captionLine: number;
};

function chart(form: ChartForm, title: string, parts: Parts, line: number, reading: Reading): Block {
  const { items, caption, captionLine } = parts;
  if (!caption.some(({ kind }) => kind === 'cite')) {
    const remedy =
      'Name it below the values with its number in the references, such as Mark Granovetter, 1974 [4].';
    tell(reading, captionLine, 'The chart has no source.', remedy);
  }
  const values = items.flatMap((item) => chartValue(item, reading));
  if (values.length === items.length) checkValues(form, values, items, line, reading);
  return {
    kind: 'chart',
    form,
    title,
    values: values.map(({ label, value, shown }) => ({ label, value, shown })),
    caption,
    line,
  };
}

/** The list and the paragraph of a chart; null, and told, when it holds anything else. */
function partsOf({ inner, line }: Container, reading: Reading): Parts | null {
  const [first] = inner;
  const markdown = first?.kind === 'markdown' ? first.markdown : null;
  const found = markdown === null ? [] : pieces(paperTokens(markdown.source));
  const [list, paragraph] = found;
  if (markdown === null || list?.open.type !== 'bullet_list_open' || inner.length > 1 || found.length > 2) {
    const remedy =
      'Write each value as an item, such as - Through friends: 56%, then an empty line and the source.';
    tell(reading, line, '`:::chart` does not hold one list and one paragraph.', remedy);
    return null;
  }
  const items = listItems(list.inner, markdown.line, reading);
  const [from, to] = paragraph?.open.map ?? [0, 0];
  const source = markdown.source.split('\n').slice(from, to).join('\n');
  const captionLine = paragraph === undefined ? line : markdown.line + from;
  const [text] = textBlocks({ ...markdown, source, line: captionLine }, 'key', reading);
  return { items, caption: text?.kind === 'paragraph' ? text.text : [], captionLine };
}
