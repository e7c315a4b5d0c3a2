import type { App } from '../app.ts';
import type { ContentProblem } from '../content/model.ts';
import { rememberConsents } from '../signup/consents.ts';
import { tellProblem } from '../content/source.ts';
import type { Funnel } from '../funnel.ts';

/** Reads the folders again and publishes what has no mistake. @param stopping nobody waits for it any more. */
export async function publishAnew(funnel: Funnel, app: App, stopping: AbortSignal): Promise<void> {
  try {
    const problems = await funnel.content.reload();
    if (stopping.aborted) return;
    if (problems.length > 0) tellMistakes(funnel, problems);
    if (funnel.content.isBehind()) return;
    await rememberConsents(funnel.store, funnel.content.current(), funnel.clock.now());
    const { version } = funnel.content.current();
    funnel.log.info({ version }, 'content read again');
    await prepareDocuments(funnel, app, stopping);
  } catch (error) {
    funnel.log.error({ err: error }, 'content could not be read again; the version in force stays');
  }
}

/**
 * Counts the documents' pages and prints what readers may ask for. Pages do without the facts, and a document that cannot be made is told
 * when it is asked for, too: no reason to stop.
 */
async function prepareDocuments(funnel: Funnel, app: App, stopping: AbortSignal): Promise<void> {
  await tried(funnel, stopping, 'the documents’ pages could not be counted', () => app.contentChanged());
  await tried(funnel, stopping, 'a document could not be prepared', () => funnel.press.warm(stopping));
}

/** After the server listens: a version that waits is tried out and published, and the documents of what is in force are prepared. */
export async function settleContent(funnel: Funnel, app: App, stopping: AbortSignal): Promise<void> {
  if (funnel.content.isPending()) await publishAnew(funnel, app, stopping);
  else void proveDocuments(funnel);
  await prepareDocuments(funnel, app, stopping);
}

/** Where there was no earlier version, nobody waited for this before the content came into force. */
async function proveDocuments(funnel: Funnel): Promise<void> {
  try {
    const problems = await funnel.content.prove();
    if (problems.length > 0 && !funnel.content.isBehind()) tellMistakes(funnel, problems);
  } catch (error) {
    funnel.log.error({ err: error }, 'what was found in the documents could not be kept');
  }
}

async function tried(
  { log }: Funnel,
  stopping: AbortSignal,
  failure: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!stopping.aborted) log.error({ err: error }, failure);
  }
}

function tellMistakes({ content, log }: Funnel, problems: readonly ContentProblem[]): void {
  log.error(
    { problems: problems.map(tellProblem) },
    content.isBehind()
      ? 'content has mistakes; the version in force stays'
      : 'documents have mistakes and are given out as they are: there is no earlier version',
  );
}
