import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Colors, Look } from '../kernel/look.ts';
import { inlineHash } from './pages.ts';

/** What stands inline in every page, and the hashes by which the content security policy knows it (base64 SHA-256). */
export type Inline = {
  readonly styles: string;
  /** The same and more, for pages of one person. */
  readonly personalStyles: string;
  readonly script: string;
  /** The download page's own. */
  readonly pressScript: string;
  /** Of a page's ground, for what browsers draw around it. */
  readonly themeColors: { readonly light: string; readonly dark: string };
  readonly hashes: { readonly styles: readonly string[]; readonly scripts: readonly string[] };
};

/** What stands below this line of `site.css` is sent to personal pages only: the others are read on the first visit, where bytes count. */
const PERSONAL = '/* Below: only on pages that are not to be found */';

/**
 * The one style sheet of the visitors' pages and their scripts: inline, so that a page is drawn after a single request.
 * @param webDir the folder with `site.css`, `signup.js` and `press.js`.
 * @param asset the address of a file of that folder.
 */
export function createStyles(look: Look, webDir: string, asset: (name: string) => string): Inline {
  const css = readFileSync(join(webDir, 'site.css'), 'utf8');
  const squeezed = (rules: string) => squeezeCss([fontFace(look, asset), properties(look), rules].join('\n'));
  const [common = ''] = css.split(PERSONAL);
  const styles = squeezed(common);
  const personalStyles = squeezed(css);
  const [script, pressScript] = ['signup.js', 'press.js'].map((name) =>
    readFileSync(join(webDir, name), 'utf8').trim(),
  ) as [string, string];
  return {
    styles,
    personalStyles,
    script,
    pressScript,
    themeColors: { light: look.colors.light.paper, dark: look.colors.dark.paper },
    hashes: {
      styles: [inlineHash(styles), inlineHash(personalStyles)],
      scripts: [inlineHash(script), inlineHash(pressScript)],
    },
  };
}

/** The desk's style sheet: the same tokens, rules of its own. */
export function createDeskStyles(look: Look, webDir: string, asset: (name: string) => string): string {
  return squeezeCss(
    [fontFace(look, asset), properties(look), readFileSync(join(webDir, 'desk.css'), 'utf8')].join('\n'),
  );
}

/** The desk's one script, inline on the pages that need it: what it does can be done by hand as well. */
export function deskScript(webDir: string): string {
  return readFileSync(join(webDir, 'desk.js'), 'utf8').trim();
}

/** `optional`: text never moves after it was drawn; a first visit over a slow line is read in the system's own type. */
function fontFace(look: Look, asset: (name: string) => string): string {
  return `@font-face { font-family: ${look.fonts.text}; src: url(${asset('inter.woff2')}) format("woff2"); font-weight: 400 600; font-display: optional }`;
}

function properties(look: Look): string {
  const { light, dark } = look.colors;
  const { size, space, lineHeight, measure, radius } = look.web;
  const fixed = [
    ...Object.entries(size).map(([name, rem]) => `--size-${name}: ${rem}rem`),
    ...Object.entries(space).map(([name, rem]) => `--space-${name}: ${rem}rem`),
    `--line-body: ${lineHeight.body}`,
    `--line-heading: ${lineHeight.heading}`,
    `--measure: ${measure}rem`,
    `--radius: ${radius}px`,
    `--font-heading: ${look.fonts.headingFallback}`,
    `--font-text: ${look.fonts.textFallback}`,
    // A document's cover is paper by day and by night.
    ...colors(light, 'day-'),
  ];
  return `:root { ${[...fixed, ...colors(light, '')].join('; ')} }
@media (prefers-color-scheme: dark) { :root { ${colors(dark, '').join('; ')} } }`;
}

function colors(set: Colors, prefix: string): string[] {
  return Object.entries(set).map(([name, value]) => `--${prefix}${kebab(name)}: ${value.toLowerCase()}`);
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Comments and needless space out. Not a parser: `site.css` has no strings with braces, semicolons or double spaces. */
function squeezeCss(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .trim();
}
