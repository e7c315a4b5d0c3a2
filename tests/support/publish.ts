import { readConfig } from '../../src/config/config.ts';
import { createFunnel } from '../../src/funnel.ts';

/** What a server does with the content at its start and right after it: from then on it is in force. */
export async function publish(env: Readonly<Record<string, string>>): Promise<void> {
  const read = readConfig(env, () => '');
  const outcome = read.ok ? await createFunnel(read.config, { content: 'publish' }) : null;
  if (outcome?.ok !== true) throw new Error('the content could not be published');
  const { content, close } = outcome.funnel;
  if (content.isPending()) await content.reload();
  await close();
}
