import type { Templates } from '../kernel/templates.ts';
import type { Content } from '../content/model.ts';
import { agoInWords } from './health.ts';
import { inWords } from './words.ts';

export type DeskFrame = {
  readonly title: string;
  /** Which entry of the navigation is this page; null before sign-in, where no navigation is shown. */
  readonly here: 'numbers' | 'leads' | 'emails' | 'share' | 'documents' | 'health' | 'account' | null;
};

/** Renders the desk's pages. The desk is software, not content: its English stands in the templates. */
export interface DeskPages {
  html(template: string, frame: DeskFrame, data: Readonly<Record<string, unknown>>): string;
}

export function createDeskPages(parts: {
  readonly templates: Templates;
  readonly content: () => Content;
  readonly styles: string;
  /** Copies a field's text by a button; pages that have one show it. */
  readonly script: string;
  readonly now: () => number;
}): DeskPages {
  return {
    html: (template, frame, data) => {
      const { site } = parts.content();
      const { script } = parts;
      const shared = { ...frame, site, time: timeView(parts.now()), inWords, number, script };
      const body = parts.templates.render(`desk/${template}`, { ...shared, ...data });
      return parts.templates.render('desk/layout', { ...shared, body, styles: parts.styles });
    },
  };
}

/** `3002` as `3,002`. */
function number(count: number): string {
  return count.toLocaleString('en');
}

/** Shows an instant three ways: for machines, in full, and as "3 hours ago". */
function timeView(now: number) {
  return (instant: number | null) =>
    instant === null
      ? null
      : {
          iso: new Date(instant).toISOString(),
          full: `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
          ago: agoInWords(instant, now),
        };
}
