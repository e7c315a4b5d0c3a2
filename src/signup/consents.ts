import { contentsOf } from '../content/languages.ts';
import type { Content } from '../content/model.ts';
import type { SignupStore } from './port.ts';

/** Keeps the sentences beside the box that are in force, of every language, so that a form loaded before an edit still counts. */
export async function rememberConsents(
  store: Pick<SignupStore, 'rememberConsentWording'>,
  content: Content,
  at: number,
): Promise<void> {
  for (const { consent } of contentsOf(content))
    await store.rememberConsentWording(consent.version, consent.wording, at);
}
