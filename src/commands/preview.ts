import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EMAIL_KEYS } from '../content/model.ts';
import type { MessageKind } from '../kernel/words.ts';
import { mimeOf } from '../mail/mime.ts';
import { oneOf } from './document.ts';
import { CommandStop, EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { withFunnel } from './with-funnel.ts';

export type PreviewOptions = { readonly out: string };

/** `funnel preview`: one email as `.html`, `.txt` and `.eml`, written to a made-up reader. */
export async function previewCommand(terminal: Terminal, step: string, options: PreviewOptions): Promise<void> {
  await withFunnel(terminal, async ({ content, compose, clock, random }) => {
    const { sequence, offers } = content.current();
    oneOf('email', step, [...EMAIL_KEYS, ...sequence.map(({ key }) => key)]);
    const kind: MessageKind = EMAIL_KEYS.find((key) => key === step) ?? 'step';
    const email = 'reader@example.com';
    const composition = compose(
      {
        messageId: random.uuid(),
        kind,
        step,
        lead: { leadId: random.uuid(), email, firstName: 'Alex' },
        signup: { signupId: random.uuid(), offer: offers[0]?.key ?? '', email, createdAt: clock.now() },
      },
      clock.now(),
    );
    if (composition.kind === 'impossible') throw new CommandStop(EXIT.failed, `It cannot be written: ${composition.reason}.`);
    await mkdir(options.out, { recursive: true });
    const path = (ending: string) => join(options.out, `${step}.${ending}`);
    await writeFile(path('html'), composition.email.html);
    await writeFile(path('txt'), composition.email.text);
    await writeFile(path('eml'), await mimeOf(composition.email));
    terminal.err(`${path('html')}, ${path('txt')} and ${path('eml')} are written.\n`);
  });
}
