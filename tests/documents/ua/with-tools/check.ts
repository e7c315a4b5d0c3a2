import type { PdfFile } from './file.ts';
import { annotations } from './checks/annotations.ts';
import { content } from './checks/content.ts';
import { document } from './checks/document.ts';
import { fonts } from './checks/fonts.ts';
import { navigation } from './checks/navigation.ts';
import { safety } from './checks/safety.ts';
import { structure } from './checks/structure.ts';

/** One thing that is wrong; `condition` is the Matterhorn Protocol's number, or a name of our own. */
export type Fault = { readonly condition: string; readonly where: string };

export type Check = {
  /** The failure conditions (Matterhorn Protocol 1.1) that it answers. */
  readonly answers: readonly string[];
  faults(file: PdfFile): Iterable<Fault>;
};

export const CHECKS: readonly Check[] = [
  document,
  structure,
  content,
  annotations,
  fonts,
  navigation,
  safety,
];

export function faultsIn(file: PdfFile): readonly string[] {
  return CHECKS.flatMap((check) =>
    [...check.faults(file)].map(({ condition, where }) => `${condition} ${where}`),
  );
}
