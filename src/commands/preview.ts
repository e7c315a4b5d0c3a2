import { contentFor } from '../content/languages.ts';
import { EMAIL_KEYS } from '../content/model.ts';
import { mimeOf } from '../mail/mime.ts';
import { sampleOrder } from '../mail/sample-order.ts';
import { oneOf } from './one-of.ts';
import { CommandStop, EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { withFunnel } from './with-funnel.ts';
import { writeResults } from './write-result.ts';

export type PreviewOptions = { readonly out: string; readonly offer?: string };

/** `funnel preview`: one email as `.html`, `.txt` and `.eml`, written to a made-up reader. */
export async function previewCommand(
  terminal: Terminal,
  step: string,
  options: PreviewOptions,
): Promise<void> {
  await withFunnel(terminal, async ({ content, compose, clock, random }) => {
    const all = content.current();
    const offer = options.offer ?? all.offers[0]?.key ?? '';
    oneOf(
      'offer',
      offer,
      all.offers.map(({ key }) => key),
    );
    const { sequence } = contentFor(all, offer);
    oneOf('email', step, [...EMAIL_KEYS, ...sequence.map(({ key }) => key)]);
    const now = clock.now();
    const offers = all.offers.filter(({ key }) => key === offer);
    const composition = compose(sampleOrder(step, { offers }, random, now), now);
    if (composition.kind === 'impossible')
      throw new CommandStop(EXIT.failed, `It cannot be written: ${composition.reason}.`);
    const tested = sequence.find(({ key, subjectB }) => key === step && subjectB !== null);
    if (tested !== undefined) {
      terminal.err('Half of the readers get one subject, half the other:\n');
      terminal.err(`  ${tested.subject}\n  ${tested.subjectB ?? ''}\n`);
    }
    const paths = await writeResults(options.out, {
      [`${step}.html`]: composition.email.html,
      [`${step}.txt`]: composition.email.text,
      [`${step}.eml`]: await mimeOf(composition.email),
    });
    for (const path of paths) terminal.err(`${path} is written.\n`);
  });
}
