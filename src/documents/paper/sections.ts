import type { PaperSource } from '../../content/paper-model.ts';
import { blockRows } from '../layout/blocks.ts';
import { coachRows } from '../layout/closing.ts';
import { movesPage } from '../layout/moves.ts';
import { openingRows } from '../layout/opening.ts';
import { pagesOf } from '../layout/pages.ts';
import type { SetPages } from '../layout/pages.ts';
import type { Row } from '../layout/rows.ts';
import { roomOf } from '../layout/setting.ts';
import type { Setting } from '../layout/setting.ts';
import { tag } from '../layout/shapes.ts';
import type { Tag } from '../layout/shapes.ts';
import { COLOPHON_LINES, withColophon } from './colophon.ts';
import type { Part, PlanBlock } from './parts.ts';
import { referenceRows } from './references.ts';

/** Sets parts that run on from one page to the next. What has to be one page and is longer is told. */
export function setGroup(group: readonly Part[], source: PaperSource, root: Tag, setting: Setting): SetPages {
  const [first] = group;
  const [block] = first?.blocks ?? [];
  if (first?.kind === 'plan' && block?.kind === 'plan') return planPages(block, first.name, root, setting);
  const isLast = first?.kind === 'closing';
  const room = roomOf(setting);
  const rows = group.flatMap((part) => partRows(part, source, root, setting));
  const set = pagesOf(rows, isLast ? { ...room, bottom: room.bottom - COLOPHON_LINES * room.line } : room);
  if (set.pages.length > 1 && (isLast || first?.kind === 'summary')) {
    const { line } = isLast ? source.closing : source.summary;
    const problem = `The ${isLast ? 'closing' : 'summary'} is longer than one page.`;
    setting.pass.report({ line, problem, remedy: 'Shorten it.', excess: 'page' });
  }
  return isLast ? { ...set, pages: withColophon(set.pages, root, setting) } : set;
}

function planPages(plan: PlanBlock, place: string, root: Tag, setting: Setting): SetPages {
  const tried = movesPage(plan, root, setting, { place, foot: 'none' });
  if (tried.ok) return { pages: [tried.page], homeless: [] };
  setting.pass.report({
    line: plan.line,
    problem: tried.problem,
    remedy: 'Shorten its moves, or leave one out.',
    excess: 'page',
  });
  return { pages: tried.pages, homeless: [] };
}

function partRows(part: Part, source: PaperSource, root: Tag, setting: Setting): readonly Row[] {
  const owner = tag('Sect', root);
  const column = { x: setting.grid.textLeft, width: setting.grid.textWidth };
  const beside = { number: part.number, note: null };
  return [
    ...(part.title === '' ? [] : openingRows(part.heading, beside, part, owner, setting)),
    ...blockRows(part.blocks, column, owner, setting),
    ...(part.kind === 'references' ? referenceRows(source.references, owner, setting) : []),
    ...(part.kind === 'closing' ? coachRows(owner, setting) : []),
  ];
}
