import { PAPERS } from '../content/model.ts';
import type { Content, ContentProblem } from '../content/model.ts';
import { tellProblem } from '../content/source.ts';
import { bytesOf } from '../documents/model.ts';
import type { FinishedDocument, Paper, Press } from '../documents/model.ts';
import { faultOf } from '../kernel/fault.ts';
import { tidyName } from '../kernel/name.ts';
import { paperFor } from '../signup/paper.ts';
import { oneOf } from './one-of.ts';
import { CommandStop, EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { withFunnel } from './with-funnel.ts';
import { writeResult } from './write-result.ts';

export type DocumentOptions = {
  readonly out: string;
  readonly name?: string;
  readonly situation?: string;
  readonly role?: string;
  readonly paper?: string;
  readonly json?: boolean;
};

/** As commands spell standard output. */
const STDOUT = '-';

/** `funnel document`: makes one PDF, as a reader would get it, and tells what its pages have no room for. */
export async function documentCommand(
  terminal: Terminal,
  offer: string,
  options: DocumentOptions,
): Promise<void> {
  const { out, situation, json = false } = options;
  refuseStrangeOutput(terminal, out, json);
  const asked = paperAsked(options.paper);
  const name = tidied('--name', options.name);
  const role = tidied('--role', options.role);
  await withFunnel(terminal, async ({ content, press }) => {
    const current = content.current();
    const { offers, site } = current;
    const keysOf = (all: readonly { readonly key: string }[]) => all.map(({ key }) => key);
    oneOf('offer', offer, keysOf(offers));
    if (situation !== undefined) oneOf('situation', situation, keysOf(site.situations));
    const paper = asked ?? paperFor(null, site);
    const reader = { name: name ?? '', situation: situation ?? null, role };
    const made = await press.make({ offer, paper, reader });
    await (out === STDOUT ? terminal.out(bytesOf(made)) : writeResult(out, bytesOf(made)));
    const problems = await mistakesIn(offer, current, press, terminal);
    if (json) terminal.out(`${asJson(made, { file: out, offer, paper, problems })}\n`);
    else terminal.err(`${asText(made, out, problems)}\n`);
    await terminal.drained();
  });
}

function refuseStrangeOutput({ outIsTerminal }: Terminal, out: string, json: boolean): void {
  if (out !== STDOUT) return;
  if (json)
    throw new CommandStop(EXIT.usage, '--json and --out - would both write to standard output. Choose one.');
  if (outIsTerminal)
    throw new CommandStop(
      EXIT.usage,
      'A PDF is nothing for a terminal. Write --out FILE, or send it on: … --out - | lp',
    );
}

function paperAsked(paper: string | undefined): Paper | null {
  const known = PAPERS.find((one) => one === paper) ?? null;
  if (paper === undefined || known !== null) return known;
  throw new CommandStop(EXIT.usage, `“${paper}” is no paper size. Write --paper a4 or --paper letter.`);
}

/** By the rule of the pages' fields, so that the command makes nothing that a visitor could not get. */
function tidied(option: '--name' | '--role', text: string | undefined): string | null {
  if (text === undefined) return null;
  const tidy = tidyName(text);
  if (tidy.ok) return tidy.name;
  throw new CommandStop(EXIT.usage, `${option} takes 1 to 80 characters.`);
}

/** The document is made all the same: the coach makes one to see what is wrong with it. Of this offer alone, in all its variants. */
async function mistakesIn(
  offer: string,
  content: Content,
  press: Press,
  terminal: Terminal,
): Promise<readonly ContentProblem[]> {
  try {
    return await press.proof({ ...content, offers: content.offers.filter(({ key }) => key === offer) });
  } catch (error) {
    terminal.err(`Whether every page has room for its text could not be tried: ${faultOf(error)}.\n`);
    return [];
  }
}

function asText(
  { pages, length, contentVersion }: FinishedDocument,
  out: string,
  problems: readonly ContentProblem[],
): string {
  const file = out === STDOUT ? 'The PDF' : out;
  const many = `${pages} ${pages === 1 ? 'page' : 'pages'}`;
  const mistakes = ['It has mistakes. A server that has an earlier version stays with that one:'];
  return [
    `${file}: ${many}, ${length} bytes, content version ${contentVersion}.`,
    ...(problems.length === 0 ? [] : mistakes),
    ...problems.map((problem) => `  - ${tellProblem(problem)}`),
  ].join('\n');
}

function asJson(
  { length: bytes, sha256, pages, contentVersion }: FinishedDocument,
  {
    problems,
    ...about
  }: {
    readonly file: string;
    readonly offer: string;
    readonly paper: Paper;
    readonly problems: readonly ContentProblem[];
  },
): string {
  return JSON.stringify({ ...about, bytes, sha256, pages, contentVersion, problems });
}
