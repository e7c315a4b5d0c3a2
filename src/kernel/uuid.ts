/** The 16 bytes of a UUID. Throws when `text` is none: our own ids always are. */
export function packUuid(text: string): Uint8Array {
  if (!UUID.test(text)) throw new Error('An id that is no UUID cannot be packed.');
  return Buffer.from(text.replaceAll('-', ''), 'hex');
}

/** The one spelling that we use of a UUID: lower case, with hyphens. Throws unless there are 16 bytes. */
export function unpackUuid(bytes: Uint8Array): string {
  if (bytes.length !== 16) throw new Error(`A UUID has 16 bytes, not ${bytes.length}.`);
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
