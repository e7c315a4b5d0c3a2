import { say } from '../../content/phrase.ts';
import { parseTarget } from '../../content/links.ts';
import { postAddress } from '../../content/living.ts';
import type { Content } from '../../content/model.ts';
import { loadLook } from '../../kernel/look.ts';
import type { Look } from '../../kernel/look.ts';
import type { Faces } from './faces.ts';
import { gridOf } from './grid.ts';
import type { Grid } from './grid.ts';
import type { DocumentRequest } from '../model.ts';
import { printableName } from './names.ts';
import { printStyles } from './styles.ts';
import type { Styles } from './styles.ts';

/** Everything that a page is set with: words, type, grid, and what is known of the reader. */
export type Setting = {
  readonly content: Content;
  readonly faces: Faces;
  readonly look: Look;
  readonly styles: Styles;
  readonly grid: Grid;
  readonly situation: string | null;
  /** "Prepared for …"; null when the name cannot be shown. */
  readonly preparedFor: string | null;
  /** The merge fields; empty where nothing is known. */
  readonly values: Readonly<Record<'name' | 'role' | 'coach' | 'site' | 'date', string>>;
  /** The address behind a link of the content; null when it leads nowhere. */
  address(href: string): string | null;
};

export function settingFor(
  request: DocumentRequest,
  content: Content,
  faces: Faces,
  publicUrl: string,
): Setting {
  const look = loadLook();
  const { site, words } = content;
  const name = printableName(request.reader.name, faces);
  return {
    content,
    faces,
    look,
    styles: printStyles(look),
    grid: gridOf(request.paper, look),
    situation: request.reader.situation,
    preparedFor: name === null ? null : say(words.document.prepared_for, { name }),
    values: {
      name: name ?? '',
      role: (request.reader.role === null ? null : printableName(request.reader.role, faces)) ?? '',
      coach: site.coach.name,
      site: site.name,
      date: dateInWords(site.updated, site.language),
    },
    address: (href) => addressOf(href, content, publicUrl),
  };
}

function dateInWords(date: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
}

function addressOf(href: string, content: Content, publicUrl: string): string | null {
  const target = parseTarget(href);
  switch (target?.kind) {
    case undefined:
      return null;
    case 'talk':
      return content.site.talk.url;
    case 'offer':
      return new URL(`/${target.key}`, publicUrl).href;
    case 'post':
      return new URL(postAddress(content.posts.find(({ slug }) => slug === target.slug)), publicUrl).href;
    case 'url':
      return target.url;
  }
}
