import { z } from 'zod';
import type { SourceFile } from './files.ts';
import type { InfographicSource, Panel } from './model.ts';
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
  findings.problems.push(...sourceProblems(yaml, found), ...missingSituations(yaml, found, situations));
  for (const key of Object.keys(found.situations)) {
    const line = yaml.lineOf(['situations', key]);
    findings.mentions.push({ kind: 'situation', key, file: yaml.file, line, where: '`situations`' });
  }
  return { kind: 'infographic', ...found, panels: found.panels.map(withoutGaps) };
}

const entry = group({ title: line('infographic'), text: line('infographic') });
const source = wholeNumber(1, 999);

const panel = z.discriminatedUnion('kind', [
  group({ kind: z.literal('figure'), value: line(), label: line('infographic'), source }),
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

/** An optional source is left out rather than undefined. */
function withoutGaps(found: z.output<typeof panel>): Panel {
  if (found.kind !== 'note') return found;
  const { source: id, ...note } = found;
  return id === undefined ? note : { ...note, source: id };
}
