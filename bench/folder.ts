import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../src/root.ts';

/** Gives work a folder of its own and removes it afterwards. Beside the project, because a temporary folder may be memory, where a flush costs nothing. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const parent = join(ROOT, 'node_modules/.cache/bench');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'run-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** For `site.yaml`: everybody here signs up from one network. The limits themselves stay at work, and each address still gets one email in ten minutes. */
export const LIMITS = `
limits:
  network_per_hour: 1000000
  domain_per_hour: 1000000
  large_domain_per_hour: 1000000
  overall_per_hour: 1000000
`;
