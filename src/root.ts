import { fileURLToPath } from 'node:url';

/** The project's top folder, as a path. Right from `src/` and from `dist/`, which is why it is reckoned here and nowhere else. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));
