import type { Environment } from './config.ts';
import { SECRET_SETTINGS } from './settings.ts';

export type FromFiles = {
  readonly env: Environment;
  readonly problems: readonly string[];
  /** Settings that were given, but not in a way that can be used: nothing more need be said of them. */
  readonly unusable: readonly string[];
};

/** Fills each secret that is named by `NAME_FILE` from its file, as Docker and systemd hand secrets over. */
export function secretsFromFiles(env: Environment, readFile: (path: string) => string): FromFiles {
  const filled: Record<string, string | undefined> = { ...env };
  const problems: string[] = [];
  const unusable: string[] = [];
  for (const name of SECRET_SETTINGS) {
    const path = env[`${name}_FILE`]?.trim() ?? '';
    if (path === '') continue;
    const problem = fillOne(name, path);
    if (problem === null) continue;
    problems.push(problem);
    unusable.push(name);
  }
  return { env: filled, problems, unusable };

  function fillOne(name: string, path: string): string | null {
    if ((env[name] ?? '').trim() !== '') {
      return `${name}: is set both directly and by ${name}_FILE. Keep one of them.`;
    }
    try {
      const text = readFile(path).trim();
      // An empty key would look like none, and real emails would go into files.
      if (text === '') return `${name}_FILE: the file ${path} is empty.`;
      filled[name] = text;
      return null;
    } catch (error) {
      return `${name}_FILE: cannot be read (${error instanceof Error ? error.message : 'unknown'}).`;
    }
  }
}
