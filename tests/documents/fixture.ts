import type { Panel } from '../../src/content/infographic-model.ts';
import type { Block, Inline, PaperSource } from '../../src/content/paper-model.ts';
import type { Content } from '../../src/content/model.ts';
import type { Words } from '../../src/content/words.ts';
import { createPrinter } from '../../src/documents/press/printer.ts';
import { createPress } from '../../src/documents/press.ts';
import type { Press } from '../../src/documents/model.ts';
import { join } from 'node:path';
import { ROOT } from '../../src/root.ts';

export const FONTS = join(ROOT, 'assets/fonts');

/** A press for the made-up content below, or for what `change` makes of it. */
export function pressFor(change: (content: Content) => Content = (content) => content): Press {
  const content = change(sampleContent());
  return createPress(
    createPrinter(FONTS),
    () => content,
    () => 'https://funnel.example',
  );
}

/** Content with every kind of block and panel, written for tests alone. */
export function sampleContent(): Content {
  return {
    version: '0123456789ab',
    site: {
      sample: true,
      language: 'en',
      locale: 'en',
      name: 'Example House',
      tagline: 'A tagline',
      url: 'https://house.example/',
      timeZone: 'Europe/Vienna',
      paper: null,
      updated: '2026-11-23',
      coach: {
        name: 'Ada Coach',
        firstName: 'Ada',
        role: 'Coach',
        email: 'ada@house.example',
        about: words(40),
        sameAs: [],
      },
      mail: { from: 'Ada <ada@house.example>', replyTo: 'ada@house.example' },
      postalAddress: 'Street 1, 1010 Vienna',
      talk: { label: 'Let’s talk', url: 'mailto:ada@house.example?subject=Talk', goal: false },
      hiddenLink: false,
      navigation: [],
      situations: [{ key: 'looking', label: 'Looking' }],
      topics: [],
      limits: {
        networkPerHour: 10,
        domainPerHour: 30,
        largeDomainPerHour: 300,
        overallPerHour: 300,
        overallWithWorkPerHour: 600,
        addressGapMinutes: 10,
        addressPerDay: 3,
        addressUnconfirmedPerMonth: 5,
      },
      linkDays: 30,
    },
    // A document needs no other words.
    words: { document: DOCUMENT_WORDS } as Words,
    offers: [
      {
        key: 'paper',
        language: 'en',
        translates: null,
        title: 'Paper',
        shortTitle: 'the paper',
        fileName: 'Übung-Paper',
        card: '',
        landing: LANDING,
        document: PAPER,
      },
      {
        key: 'graphic',
        language: 'en',
        translates: null,
        title: 'Graphic',
        shortTitle: 'the graphic',
        fileName: 'Graphic',
        card: '',
        landing: LANDING,
        document: graphic(PANELS),
      },
    ],
    posts: [],
    sequence: [],
    emails: {} as Content['emails'],
    base: '',
    translations: {},
    privacy: { title: '', description: '', updated: '2026-11-23', body: markdown('Text.') },
    consent: { version: '', wording: '' },
    rareLines: [],
  };
}

/** The same content with other panels in its infographic. */
export function withPanels(panels: readonly Panel[]): (content: Content) => Content {
  return (content) => ({
    ...content,
    offers: content.offers.map((offer) =>
      offer.key === 'graphic' ? { ...offer, document: graphic(panels) } : offer,
    ),
  });
}

/** The same content with other blocks in its paper. */
export function withBlocks(blocks: readonly Block[]): (content: Content) => Content {
  return (content) => ({
    ...content,
    offers: content.offers.map((offer) =>
      offer.key === 'paper' ? { ...offer, document: { ...PAPER, blocks } } : offer,
    ),
  });
}

export function text(...parts: readonly (string | Inline)[]): readonly Inline[] {
  return parts.map((part) => (typeof part === 'string' ? { kind: 'text', text: part } : part));
}

let line = 100;
export function heading(level: 1 | 2 | 3, title: string): Block {
  return { kind: 'heading', level, text: text(title), line: line++ };
}
export function paragraph(...parts: readonly (string | Inline)[]): Block {
  return { kind: 'paragraph', text: text(...parts), line: line++ };
}

/** So many words of no meaning, different from each other and always the same. */
export function words(count: number): string {
  const stock =
    'amber boulder candle drift ember fathom garden harbour island juniper kettle lantern meadow narrow orchard'.split(
      ' ',
    );
  return Array.from({ length: count }, (_, index) => stock[(index * 7) % stock.length]).join(' ');
}

const DOCUMENT_WORDS: Words['document'] = {
  contents: 'Contents',
  summary: 'Summary',
  references: 'References',
  sources: 'Sources',
  prepared_for: 'Prepared for {{name}}',
  page: 'Page {{page}} of {{pages}}',
  to_page: '{{title}}, page {{page}}',
  to_source: 'Source {{id}}',
  motif: 'Two clusters joined by one line.',
  struck: '{{value}}, struck out',
  points: '{{count}} of 100 points are filled',
  points_between: '{{low}} of 100 points are filled, and the points up to {{high}} are open',
  points_under: '{{high}} of 100 points are open: the number lies somewhere below',
  ties: 'A drawing of the weak tie. {{near}}: a close cluster of points. {{far}}: a second cluster. A single thin line joins them: {{weak}}.',
  edition: 'Edition of {{date}}, version {{version}}',
  shared_copy: 'Was this passed on to you? Get your own',
  screen: 'The whole picture, told as text below.',
  figure: 'Figure {{number}}',
  chart_bars: 'Bars. {{title}}. {{values}}.',
  chart_dots: 'Points. {{title}}. {{values}}.',
  chart_parts: 'Parts. {{title}}. {{values}}.',
  chart_value: '{{label}}: {{value}}',
  between_values: '; ',
  on_page: 'page {{page}}',
  to_fill_in: 'To fill in',
  prepared_for_you: 'Yours',
  target_post: 'The post',
  done: 'Done',
  by_when: 'By',
};

const LANDING = {
  eyebrow: null,
  heading: '',
  lead: '',
  button: '',
  proof: [],
  insideHeading: '',
  inside: [],
  sampleHeading: null,
  sample: null,
  questions: [],
  description: '',
};

function markdown(source: string) {
  return { source, file: 'offers/paper/document.md', line: 3 };
}

function chapter(title: string): readonly Block[] {
  return [
    heading(1, title),
    { kind: 'personal', field: 'name', before: '', after: ',', without: '', line: line++ },
    paragraph('This begins ', { kind: 'text', text: 'strongly', strong: true }, '. ', words(60)),
    heading(2, `First section of ${title}`),
    paragraph(`${words(30)} `, { kind: 'cite', id: 1 }, `. ${words(40)}`, { kind: 'cite', id: 2 }, '.'),
    { kind: 'quote', text: text('One sentence to be pulled out of the text.'), line: line++ },
    { kind: 'excerpt', paragraphs: [text(words(50)), text(words(20))], line: line++ },
    heading(3, 'A small heading'),
    { kind: 'list', ordered: false, items: [text(words(8)), text(words(30))], line: line++ },
    { kind: 'list', ordered: true, items: [text('First.'), text('Second.')], line: line++ },
    paragraph(words(120)),
    { kind: 'key', title: 'What to take with you', blocks: [paragraph(words(20))], line: line++ },
    { kind: 'checklist', title: 'This week', items: [text('Do one thing.'), text(words(25))], line: line++ },
    heading(2, `Last section of ${title}`),
    paragraph('See ', { kind: 'text', text: 'the offer', href: 'offer:paper' }, '. ', words(90)),
    {
      kind: 'worksheet',
      title: 'Your list',
      above: [
        {
          kind: 'personal',
          field: 'role',
          before: 'For ',
          after: '',
          without: 'For your next post',
          line: line++,
        },
      ],
      items: [text('A prompt'), text('Another')],
      line: line++,
    },
    paragraph(words(50)),
  ];
}

/** What only the chapter for one situation has. */
function plan(): readonly Block[] {
  return [
    {
      kind: 'chart',
      form: 'dots',
      title: 'Shares',
      values: [
        { label: 'Of these', value: 76, shown: '76%' },
        { label: 'Of those', value: 60, shown: 'nearly 60%' },
      ],
      caption: text('Somebody, 1974 ', { kind: 'cite', id: 1 }, '.'),
      line: 71,
    },
    paragraph('Begin with ', { kind: 'text', text: 'the weeks', href: '#four-weeks' }, '.'),
    {
      kind: 'plan',
      title: 'Three moves',
      moves: [1, 2, 3].map((n) => ({ title: `Move number ${n}`, text: text(words(25)) })),
      line: 72,
    },
  ];
}

/** A chart of bars, as it stands in a common chapter. */
const BARS: Block = {
  kind: 'chart',
  form: 'bars',
  title: 'Ways in',
  values: [
    { label: 'Through people', value: 56, shown: '56%' },
    { label: 'Through paper', value: 18.8, shown: '18.8%' },
  ],
  caption: text('Somebody else ', { kind: 'cite', id: 2 }, '.'),
  line: 73,
};

const PAPER: PaperSource = {
  kind: 'paper',
  title: 'Near and Far: A Paper for Tests',
  titleLine: 2,
  subtitle: 'What a page looks like when nobody looks',
  author: 'Ada Coach, Example House',
  summary: markdown(`A summary with **strong** words [1].\n\n- one point\n- another point`),
  closingHeading: 'The next step',
  closing: markdown('Write to me. **[Let’s talk](talk:)**'),
  blocks: [
    { kind: 'only', situation: 'looking', blocks: [...chapter('If you are looking'), ...plan()], line: 1 },
    { kind: 'only', situation: 'waiting', blocks: chapter('If you are waiting'), line: 2 },
    ...chapter('The market'),
    BARS,
    ...chapter('The people you half know'),
    ...chapter('Four weeks'),
  ],
  references: [
    { id: 1, text: text('First author, ', { kind: 'text', text: 'A title', emphasis: true }, ', 1974.') },
    { id: 2, text: text(`Second author, https://example.org/${'a-very-long-path/'.repeat(8)}, 2022.`) },
  ],
};

export const PANELS: readonly Panel[] = [
  { kind: 'note', line: 25, title: 'A note with a title', text: words(14) },
  {
    kind: 'bars',
    line: 30,
    title: 'Bars',
    unit: '%',
    source: 1,
    bars: [
      { label: 'Through people', value: 56 },
      { label: 'Through paper', value: 18.8 },
    ],
  },
  { kind: 'figure', line: 35, value: '76 %', label: words(14), source: 2 },
  { kind: 'figure', line: 40, value: '20 million+', label: words(20), source: 1 },
  { kind: 'list', line: 45, title: 'A list', items: ['one thing', 'another thing', words(12)] },
  {
    kind: 'steps',
    line: 50,
    title: 'Steps',
    steps: [1, 2, 3, 4, 5].map((n) => ({ title: `Step ${n}`, text: words(8) })),
  },
];

function graphic(panels: readonly Panel[]) {
  return {
    kind: 'infographic',
    file: 'offers/graphic/document.yaml',
    title: 'An Infographic for Tests',
    subtitle: 'On one page',
    panels,
    sources: [
      { id: 1, text: 'First author, A title, 1974.' },
      { id: 2, text: 'Second author, Another title, 2022.' },
    ],
    situations: {
      looking: {
        title: 'You are looking',
        intro: 'Take your time.',
        moves: [1, 2, 3].map((n) => ({ title: `Move ${n}`, text: words(20) })),
      },
    },
  } as const;
}
