import { fillFields } from '../../content/fields.ts';
import { joined } from '../../content/inline.ts';
import type { Inline } from '../../content/paper-model.ts';
import { say } from '../../content/phrase.ts';
import type { Setting } from './setting.ts';
import { tag } from './shapes.ts';
import type { Face, Tag, Target } from './shapes.ts';
import type { TextStyle } from './styles.ts';

/** A run of text in one cut. `rise` lifts it above the baseline (points). */
export type Span = {
  readonly text: string;
  readonly face: Face;
  readonly size: number;
  readonly color: string;
  readonly rise: number;
  readonly tag: Tag | null;
  readonly link: { readonly target: Target; readonly says: string } | null;
};

export function plainSpan(text: string, style: TextStyle, owner: Tag | null): Span {
  return {
    text,
    face: style.plain,
    size: style.size,
    color: style.color,
    rise: 0,
    tag: owner,
    link: null,
  };
}

/** The runs of a paragraph, with its fields filled; `owner` is the tag it is read under. */
export function spansOf(
  text: readonly Inline[],
  style: TextStyle,
  owner: Tag,
  setting: Setting,
): readonly Span[] {
  const spans: Span[] = [];
  const runs = withoutGaps(joined(fill(text, setting)));
  for (const [index, inline] of runs.entries()) {
    if (inline.kind === 'cite') {
      const before = spans.at(-1);
      if (before !== undefined && before.rise > 0)
        spans.push({ ...citation(',', style, owner, setting), link: null });
      spans.push(citation(String(inline.id), style, tag('Link', owner), setting));
      continue;
    }
    const span = { ...plainSpan(inline.text, style, owner), face: faceOf(inline, style) };
    if (inline.href === undefined) spans.push(span);
    else spans.push(...linkedTo(inline.href, span, hrefOf(runs[index + 1]) !== inline.href, setting));
  }
  return spans;
}

/** A run with the link that the coach wrote; the last of one to a heading of the same paper tells its page. */
function linkedTo(href: string, span: Span, isLast: boolean, setting: Setting): readonly Span[] {
  const within = setting.pass.within(href);
  if (within === null) {
    const url = setting.address(href);
    return [url === null ? span : linked(span, { kind: 'url', url }, span.text, setting)];
  }
  const { to_page, on_page } = setting.content.words.document;
  const says = say(to_page, { title: span.text, page: within.page });
  const link = linked(span, { kind: 'place', name: within.name }, says, setting);
  if (!isLast) return [link];
  return [link, { ...span, text: ` (${say(on_page, { page: within.page })})` }];
}

function hrefOf(inline: Filled | undefined): string | undefined {
  return inline?.kind === 'text' ? inline.href : undefined;
}

/** The same run as a link. */
export function linked(span: Span, target: Target, says: string, setting: Setting): Span {
  const color = setting.look.colors.light.accent;
  return { ...span, color, tag: tag('Link', span.tag), link: { target, says } };
}

/** A sentence of the content with its fields filled. */
export function sentence(source: string, setting: Setting): string {
  return fillFields(source, setting.values, 'none');
}

type Filled = Exclude<Inline, { readonly kind: 'field' }>;

function fill(text: readonly Inline[], setting: Setting): readonly Filled[] {
  return text.map((inline) =>
    inline.kind === 'field'
      ? { ...inline, kind: 'text', text: sentence(`{{${inline.field}|${inline.fallback}}}`, setting) }
      : inline,
  );
}

/** The number of a source stands right behind its word. */
function withoutGaps(text: readonly Filled[]): readonly Filled[] {
  return text
    .map((inline, index) =>
      inline.kind === 'text' && text[index + 1]?.kind === 'cite'
        ? { ...inline, text: inline.text.trimEnd() }
        : inline,
    )
    .filter((inline) => inline.kind === 'cite' || inline.text !== '');
}

/** Points; what is smaller cannot be read. */
const LEAST_SIZE = 7;

function citation(text: string, style: TextStyle, owner: Tag, setting: Setting): Span {
  return {
    text,
    face: 'text',
    size: Math.max(LEAST_SIZE, style.size * 0.66),
    color: setting.look.colors.light.accent,
    rise: style.size * 0.36,
    tag: owner,
    link: {
      target: { kind: 'place', name: `source-${text}` },
      says: say(setting.content.words.document.to_source, { id: text }),
    },
  };
}

function faceOf(inline: Extract<Filled, { kind: 'text' }>, style: TextStyle): Face {
  // No cut is both: a strong word stays strong.
  if (inline.strong === true) return style.strong;
  return inline.emphasis === true ? style.emphasis : style.plain;
}
