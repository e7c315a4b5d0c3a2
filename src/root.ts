import { fileURLToPath } from 'node:url';

/** The project's top folder, as a path. Right from `src/` and from `dist/`, which is why it is reckoned here and nowhere else. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

declare const FUNNEL_BUILD: string;

/** Names the bundle by the hash of what went into it (`build.ts` writes it in); null when the sources run. */
export const BUILD: string | null = typeof FUNNEL_BUILD === 'undefined' ? null : FUNNEL_BUILD;
