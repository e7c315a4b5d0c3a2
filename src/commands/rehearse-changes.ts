import { effectsInLanguages } from '../sequence/edits-by-language.ts';
import { tellEffects } from '../sequence/edit-words.ts';
import { CommandStop, EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { withFunnel } from './with-funnel.ts';

/**
 * `funnel rehearse --changes`: what the edit that lies in the content folder would do to the people in the sequence, compared with
 * what the server published last. Publishes nothing.
 */
export async function rehearseChanges(
  terminal: Terminal,
  options: { readonly json?: boolean },
): Promise<void> {
  await withFunnel(terminal, async ({ content, store }) => {
    if (content.problems().length > 0) {
      throw new CommandStop(EXIT.failed, 'Mend the content first: with mistakes in it nothing changes.');
    }
    const inForce = await content.published();
    const [places, finished] = await Promise.all([store.placesInSequence(), store.countFinished()]);
    const effects = effectsInLanguages(inForce, content.current(), places, finished);
    if (options.json === true) {
      terminal.out(`${JSON.stringify({ published: inForce !== null, ...effects })}\n`);
      return;
    }
    if (inForce === null) {
      terminal.out('No server has published a content on this data folder yet: all of it would be new.\n');
      return;
    }
    const paragraphs = tellEffects(effects).map((sentences) => sentences.join('\n  '));
    terminal.out(`${paragraphs.join('\n\n')}\n`);
    if (effects.edits.length + effects.silenced.length > 0) {
      terminal.err('It takes effect when the server starts, or reads the content again (SIGHUP).\n');
    }
  });
}
