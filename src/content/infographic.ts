import { z } from 'zod';
import type { SourceFile } from './files.ts';
import type { InfographicSource, Panel } from './infographic-model.ts';
import { duplicates, fit, problemAt } from './problems.ts';
import type { Findings } from './problems.ts';
import { group, line, slug, some, wholeNumber } from './shapes.ts';
import { readYaml } from './yaml.ts';
import type { YamlText } from './yaml.ts';

/** Reads `offers/<key>/document.yaml`. `situations` are those of the site, null when it could not be read. */
export function readInfographic(
  file: SourceFile,
  situations: readonly string[] | null,
  findings: Findings,
): InfographicSource | null {
  const yaml = readYaml(file.shown, file.text, 1, findings);
  const found = yaml === null ? null : fit(infographicShape, yaml, findings);
  if (yaml === null || found === null) return null;
  findings.problems.push(
    ...sourceProblems(yaml, found),
    ...shareProblems(yaml, found),
    ...missingSituations(yaml, found, situations),
  );
  for (const key of Object.keys(found.situations)) {
    const line = yaml.lineOf(['situations', key]);
    findings.mentions.push({ kind: 'situation', key, file: yaml.file, line, where: '`situations`' });
  }
  const panels = found.panels.map((each, index) => panelOf(each, yaml.lineOf(['panels', index])));
  return { kind: 'infographic', file: yaml.file, ...found, panels };
}

const entry = group({ title: line('infographic'), text: line('infographic') });
const source = wholeNumber(1, 999);
const percent = wholeNumber(0, 100);

const panel = z.discriminatedUnion('kind', [
  group({
    kind: z.literal('figure'),
    value: line(),
    label: line('infographic'),
    source,
    share: percent.optional(),
    share_to: percent.optional(),
  }),
  group({
    kind: z.literal('myth'),
    value: line(),
    title: line('infographic'),
    text: line('infographic'),
    source: source.optional(),
  }),
  group({
    kind: z.literal('ties'),
    title: line('infographic'),
    near: line('infographic'),
    weak: line('infographic'),
    far: line('infographic'),
    value: line().optional(),
    text: line('infographic'),
    source,
  }),
  group({
    kind: z.literal('bars'),
    title: line('infographic'),
    unit: z.string().trim(),
    source,
    bars: some(group({ label: line('infographic'), value: z.number().min(0) })),
  }),
  group({ kind: z.literal('steps'), title: line('infographic'), steps: some(entry) }),
  group({ kind: z.literal('list'), title: line('infographic'), items: some(line('infographic')) }),
  group({
    kind: z.literal('note'),
    title: line('infographic'),
    text: line('infographic'),
    source: source.optional(),
  }),
]);

const infographicShape = group({
  title: line(),
  subtitle: line(),
  panels: some(panel),
  sources: z.array(group({ id: source, text: line() })),
  situations: z.record(
    slug(),
    group({ title: line('infographic'), intro: line('infographic'), moves: some(entry) }),
  ),
});
type Found = z.output<typeof infographicShape>;

function sourceProblems(yaml: YamlText, found: Found) {
  const ids = found.sources.map(({ id }) => id);
  const named = found.panels.flatMap((each) => ('source' in each ? [each.source] : []));
  return [
    ...duplicates(ids).map((index) =>
      problemAt(yaml, ['sources', index, 'id'], 'stands here twice', 'Give each source its own number.'),
    ),
    ...found.panels.flatMap((each, index) => {
      if (!('source' in each) || each.source === undefined || ids.includes(each.source)) return [];
      const remedy = ids.length === 0 ? 'Add it to `sources`.' : `Write one of: ${ids.join(', ')}.`;
      return [problemAt(yaml, ['panels', index, 'source'], `names no source ${each.source}`, remedy)];
    }),
    ...ids.flatMap((id, index) => {
      if (named.includes(id)) return [];
      const remedy = 'Remove it, or name it in the panel whose figure it proves.';
      return [problemAt(yaml, ['sources', index, 'id'], `is ${id}, a source that no panel names`, remedy)];
    }),
  ];
}

function missingSituations(yaml: YamlText, found: Found, situations: readonly string[] | null) {
  return (situations ?? [])
    .filter((key) => found.situations[key] === undefined)
    .map((key) =>
      problemAt(
        yaml,
        ['situations'],
        `has no page for “${key}”`,
        `Add \`${key}:\` with title, intro and moves.`,
      ),
    );
}

/** A drawing that says something else than the number above it would be worse than none. */
function shareProblems(yaml: YamlText, found: Found) {
  return found.panels.flatMap((each, index) => {
    if (each.kind !== 'figure') return [];
    const { value, share, share_to: to } = each;
    const at = (name: string, problem: string, remedy: string) => [
      problemAt(yaml, ['panels', index, name], problem, remedy),
    ];
    if (share === undefined)
      return to === undefined
        ? []
        : at('share_to', 'stands without `share`', 'Add `share:`, the least it can be.');
    if (to !== undefined && to < share)
      return at('share_to', `is less than \`share\``, 'Write the least as `share`, the most as `share_to`.');
    const shown = to ?? share;
    if (numbersIn(value).includes(shown)) return [];
    const name = to === undefined ? 'share' : 'share_to';
    return at(name, `is ${shown}, and the value says “${value}”`, 'Draw the number that the value says.');
  });
}

function numbersIn(value: string): readonly number[] {
  return (value.match(/\d+(?:\.\d+)?/g) ?? []).map(Number);
}

/** What is optional is left out rather than undefined. */
function panelOf(found: z.output<typeof panel>, at: number): Panel {
  if (found.kind === 'figure') {
    const { share: low, share_to: high, ...figure } = found;
    return { ...figure, line: at, ...(low === undefined ? {} : { share: { low, high: high ?? low } }) };
  }
  const entries = Object.entries(found).filter(([, value]) => value !== undefined);
  return { ...(Object.fromEntries(entries) as typeof found), line: at } as Panel;
}
