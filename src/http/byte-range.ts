/** Which bytes of a representation a request asks for; `end` is the last one, included. */
export type ByteRange =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly start: number; readonly end: number }
  | { readonly kind: 'unsatisfiable' };

/**
 * Reads a `Range` header for `length` bytes (RFC 9110, 14.2). What is malformed or asks for several parts is answered whole, which the
 * standard permits: viewers ask for one part at a time, and many parts are a known way to make a server work.
 */
export function byteRange(header: string | undefined, length: number): ByteRange {
  const asked = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec((header ?? '').replace(/[\t ]/g, ''));
  const [, from = '', to = ''] = asked ?? [];
  if (from === '' && to === '') return { kind: 'whole' };
  if (from === '') {
    const last = Math.min(Number(to), length);
    return last === 0 ? { kind: 'unsatisfiable' } : { kind: 'part', start: length - last, end: length - 1 };
  }
  const start = Number(from);
  if (to !== '' && Number(to) < start) return { kind: 'whole' };
  if (start >= length) return { kind: 'unsatisfiable' };
  return { kind: 'part', start, end: to === '' ? length - 1 : Math.min(Number(to), length - 1) };
}
