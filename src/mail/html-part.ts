import type { Site } from '../content/model.ts';
import type { Letter } from './letter.ts';
import type { Stationery } from './order.ts';
import { SANS, SERIF } from './style.ts';

/** The HTML of an email: `templates/email/layout.eta` with everything named that it shows. */
export function htmlPart(
  { templates, look }: Pick<Stationery, 'templates' | 'look'>,
  site: Site,
  letter: Letter,
): string {
  return templates.render('email/layout', {
    language: site.language,
    siteName: site.name,
    subject: letter.subject,
    preheader: letter.preheader,
    before: letter.before.html,
    button: letter.button,
    after: letter.after?.html ?? '',
    cardsHeading: letter.cardsHeading,
    cards: letter.cards,
    footer: letter.footer,
    hiddenUrl: letter.hiddenUrl,
    light: look.colors.light,
    dark: look.colors.dark,
    serif: SERIF,
    sans: SANS,
  });
}
