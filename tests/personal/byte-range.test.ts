import { describe, expect, it } from 'vitest';
import { byteRange } from '../../src/http/byte-range.ts';

describe('a range header', () => {
  it('asks for a first part, a part in the middle, an open end and the last bytes', () => {
    expect(byteRange('bytes=0-99', 1000)).toEqual({ kind: 'part', start: 0, end: 99 });
    expect(byteRange('bytes=100-100', 1000)).toEqual({ kind: 'part', start: 100, end: 100 });
    expect(byteRange('bytes=900-', 1000)).toEqual({ kind: 'part', start: 900, end: 999 });
    expect(byteRange('bytes=-10', 1000)).toEqual({ kind: 'part', start: 990, end: 999 });
  });

  it('is cut where the file ends', () => {
    expect(byteRange('bytes=990-5000', 1000)).toEqual({ kind: 'part', start: 990, end: 999 });
    expect(byteRange('bytes=-5000', 1000)).toEqual({ kind: 'part', start: 0, end: 999 });
  });

  it('cannot be answered beyond the end', () => {
    expect(byteRange('bytes=1000-', 1000)).toEqual({ kind: 'unsatisfiable' });
    expect(byteRange('bytes=-0', 1000)).toEqual({ kind: 'unsatisfiable' });
  });

  it('counts for nothing when it is absent, malformed, backwards, of another unit or of several parts', () => {
    for (const header of [
      undefined,
      '',
      'bytes=',
      'bytes=-',
      'bytes=a-b',
      'bytes=5-2',
      'items=0-5',
      'bytes=0-1,3-4',
    ]) {
      expect(byteRange(header, 1000)).toEqual({ kind: 'whole' });
    }
  });
});
