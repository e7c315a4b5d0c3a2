import { parseTarget } from '../../content/links.ts';
import { postAddress } from '../../content/living.ts';
import { contentFor } from '../../content/languages.ts';
import { longDate } from '../../content/page-views.ts';
import type { Content } from '../../content/model.ts';
import { loadLook } from '../../kernel/look.ts';
import type { Look } from '../../kernel/look.ts';
import { OWN_LINKS } from '../../kernel/touch.ts';
import type { Faces } from './faces.ts';
import { gridOf } from './grid.ts';
import type { Grid } from './grid.ts';
import { FIRST_PASS } from './pass.ts';
import type { Pass } from './pass.ts';
import type { Room } from './room.ts';
import type { Variant } from '../model.ts';
import { printStyles } from './styles.ts';
import type { Styles } from './styles.ts';

/** Everything that a page is set with: words, type, grid, and the situation it is written for. No reader: see `personal.ts`. */
export type Setting = {
  readonly content: Content;
  readonly faces: Faces;
  readonly look: Look;
  readonly styles: Styles;
  readonly grid: Grid;
  /** Key of the offer that this is the document of. */
  readonly offer: string;
  readonly situation: string | null;
  /** The merge fields that are the same for every reader; what differs stands in personal lines. */
  readonly values: Readonly<Record<'coach' | 'site' | 'date', string>>;
  readonly pass: Pass;
  /** The address behind a link of the content; null when it leads nowhere. */
  address(href: string): string | null;
};

/** @param all the content in any of its languages: the document is in that of its offer. */
export function settingFor(variant: Variant, all: Content, faces: Faces, publicUrl: string): Setting {
  const content = contentFor(all, variant.offer);
  const look = loadLook();
  const { site } = content;
  return {
    content,
    faces,
    look,
    styles: printStyles(look),
    grid: gridOf(variant.paper, look),
    offer: variant.offer,
    situation: variant.situation,
    values: {
      coach: site.coach.name,
      site: site.name,
      date: longDate(content, site.updated),
    },
    pass: FIRST_PASS,
    address: (href) => addressOf(href, content, publicUrl),
  };
}

/** The part of a page that text may take: whole lines, as many on both papers, so that their pages break alike. */
export function roomOf({ grid, look }: Pick<Setting, 'grid' | 'look'>): Room {
  const line = look.print.baseline;
  const spare = grid.bottom - grid.top - LINES * line;
  const top = grid.top + Math.max(0, spare / 3);
  return { top, bottom: top + LINES * line, line };
}

/** Lines of a page; a Letter page holds no more. */
const LINES = 49;

function addressOf(href: string, content: Content, publicUrl: string): string | null {
  const target = parseTarget(href);
  switch (target?.kind) {
    case undefined:
      return null;
    case 'talk':
      return content.site.talk.url;
    case 'offer':
      return `${new URL(`/${target.key}`, publicUrl).href}?${SHARED_COPY}`;
    case 'post':
      return new URL(
        postAddress(
          content,
          content.posts.find(({ slug }) => slug === target.slug),
        ),
        publicUrl,
      ).href;
    case 'url':
      return target.url;
  }
}

/** Who comes from a document has it from somebody. It says nothing about who handed it on. */
const SHARED_COPY = `utm_source=${OWN_LINKS.sharedCopy.source}`;

/** Where somebody who was handed this copy gets one of her own. */
export function sharedCopyAddress(setting: Setting): string {
  return setting.address(`offer:${setting.offer}`) ?? '';
}
