import { join } from 'node:path';
import { loadContent } from '../../src/content/load.ts';
import type { DocumentRequest } from '../../src/documents/model.ts';
import { createPress } from '../../src/documents/press.ts';
import { createPrinterProcess } from '../../src/documents/press/printer-process.ts';
import { createPrinter } from '../../src/documents/press/printer.ts';
import { ROOT } from '../../src/root.ts';

const PUBLIC_URL = 'https://funnel.example';
const FONTS = join(ROOT, 'assets/fonts');

/** The press over the sample's white paper, as the server has it, and a full run in this process. */
export async function benchPress() {
  const loaded = await loadContent([join(ROOT, 'assets/content')]);
  if (!loaded.ok) throw new Error('The sample content has mistakes.');
  const { content } = loaded;
  const aside = createPrinterProcess(FONTS);
  const here = createPrinter(FONTS);
  const press = createPress(
    aside,
    () => content,
    () => PUBLIC_URL,
  );
  const requestFor = (name: string): DocumentRequest => ({
    offer: 'white-paper',
    reader: { name, situation: 'final-rounds', role: 'Chief Operating Officer' },
    paper: 'a4',
  });
  return {
    filled: async (name: string) => await press.make(requestFor(name)),
    whole: async (name: string) => {
      const { offer, paper, reader } = requestFor(name);
      const variant = { offer, paper, situation: reader.situation };
      return await here.whole({ content, variant, publicUrl: PUBLIC_URL }, reader);
    },
    close: async () => await press.close(),
  };
}
