/** The elements of an XML text in order, each with its attributes. Throws where the text is not well-formed (XML 1.0). */
export function elementsOf(
  xml: string,
): readonly { readonly name: string; readonly attributes: ReadonlyMap<string, string> }[] {
  const elements: { name: string; attributes: ReadonlyMap<string, string> }[] = [];
  const open: string[] = [];
  let at = 0;
  for (const match of xml.matchAll(/<(\/?)([a-z]+)((?:\s+[a-zA-Z][\w:-]*="[^"<]*")*)\s*(\/?)>/g)) {
    checkText(xml.slice(at, match.index));
    at = match.index + match[0].length;
    const [, closing, name = '', written = '', empty] = match;
    if (closing === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing.`);
      continue;
    }
    if (open.length === 0 && elements.length > 0) throw new Error(`<${name}> stands beside the root.`);
    const attributes = new Map<string, string>();
    for (const [, key = '', value = ''] of written.matchAll(/([a-zA-Z][\w:-]*)="([^"]*)"/g)) {
      if (attributes.has(key)) throw new Error(`${key} stands twice on <${name}>.`);
      checkText(value);
      attributes.set(key, value);
    }
    elements.push({ name, attributes });
    if (empty !== '/') open.push(name);
  }
  if (at !== xml.length || open.length > 0)
    throw new Error(`Not closed: ${open.join(', ')} ${xml.slice(at)}`);
  return elements;
}

function checkText(text: string): void {
  if (/[<>]|&(?!(?:amp|lt|gt|quot);)/.test(text)) throw new Error(`Not escaped: ${text.slice(0, 80)}`);
}
