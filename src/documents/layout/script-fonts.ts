import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Font } from 'fontkit';
import { scriptOf } from './scripts.ts';
import type { Script } from './scripts.ts';
import { remembering } from './shaping.ts';

export type ScriptFonts = ReadonlyMap<Script['name'], Font>;

/** The fonts of the scripts in which something is written, each read when it is first needed. @param dir the folder of the fonts. */
export function scriptFontsIn(dir: string): (text: string) => Promise<ScriptFonts> {
  const read = new Map<Script['name'], Promise<Font>>();
  const open = async (file: string): Promise<Font> => {
    const { create } = await import('fontkit');
    return remembering(create(await readFile(join(dir, file))));
  };
  return async (text) => {
    const found = new Map<Script['name'], Font>();
    for (const script of new Set(Array.from(text, scriptOf))) {
      if (script === null) continue;
      const font = read.get(script.name) ?? open(script.file);
      read.set(script.name, font);
      found.set(script.name, await font);
    }
    return found;
  };
}
