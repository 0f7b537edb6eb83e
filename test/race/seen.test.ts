import { describe, expect, it } from 'vitest';
import { compareVersions, parseVersion, versionOfMakefile } from '../../src/race/kernel-version.js';
import { readCatalogue } from '../../src/race/read.js';
import { wasSeen, whyNoRange } from '../../src/race/seen.js';

const version = (text: string) => {
  const parsed = parseVersion(text);
  if (parsed === undefined) throw new Error(`${text} is no version`);
  return parsed;
};
const seen = (range: string, text: string) => wasSeen(range, version(text));

describe('the version of a kernel', () => {
  it('stands in the order of the main line', () => {
    const order = [
      '2.6.20',
      '2.6.38',
      '4.2',
      '4.19-rc1',
      '4.19.0-rc3',
      '4.19',
      '4.19.13',
      '4.20-rc1',
      '5.0.1',
      '6.12',
    ];
    const shuffled = [...order].reverse().sort((a, b) => compareVersions(version(a), version(b)));
    expect(shuffled).toEqual(order);
    expect(compareVersions(version('4.10'), version('v4.10.0'))).toBe(0);
  });

  it('is told whatever a vendor adds to it', () => {
    expect(version('5.9.1-zeroput')).toEqual(version('5.9.1'));
    expect(version('4.2.8-ckt12')).toEqual(version('4.2.8'));
    expect(parseVersion('next-20260101')).toBeUndefined();
    expect(parseVersion('1.2.3.4.5')).toBeUndefined();
  });

  it('is read from a Makefile', () => {
    const lines = (extra: string) =>
      `# no licence\nVERSION = 4\nPATCHLEVEL = 19\nSUBLEVEL = 0\nEXTRAVERSION = ${extra}\nNAME = x\n`;
    expect(versionOfMakefile(lines('-rc3'))).toBe('4.19.0-rc3');
    expect(versionOfMakefile(lines(''))).toBe('4.19.0');
    expect(versionOfMakefile(lines('$(shell id)'))).toBe('4.19.0');
    expect(versionOfMakefile('all:\n\tcc x.c\n')).toBeUndefined();
  });
});

describe('a Seen: line', () => {
  it('covers a range from its first version to its last, and single versions', () => {
    expect(seen('v4.10..v4.11-rc5', '4.10.17')).toBe(true);
    expect(seen('v4.10..v4.11-rc5', '4.11-rc5')).toBe(true);
    expect(seen('v4.10..v4.11-rc5', '4.11-rc6')).toBe(false);
    expect(seen('v4.10..v4.11-rc5', '4.9.0')).toBe(false);
    expect(seen('v4.20', '4.20.0')).toBe(true);
    expect(seen('v4.0..v4.6, v4.10..v4.11', '4.8.17')).toBe(false);
    expect(seen('v4.0..v4.6, v4.10..v4.11', '4.11.0')).toBe(true);
  });

  it('means the stable releases of its last version too, unless that has a third number', () => {
    expect(seen('v4.20..v5.2', '5.2.21')).toBe(true);
    expect(seen('v4.20..v5.2', '5.3-rc1')).toBe(false);
    expect(seen('v4.19..v4.19.7', '4.19.8')).toBe(false);
    expect(seen('v2.6.12..v2.6.22', '2.6.22.6')).toBe(true);
    expect(seen('v2.6.12..v2.6.22', '2.6.24')).toBe(false);
  });

  it('does not know which candidates it means when it has no digits for them', () => {
    expect(seen('v4.20-rc', '4.20-rc3')).toBeUndefined();
    expect(seen('v4.19..v4.20-rc', '4.19.13')).toBe(true);
    expect(seen('v4.19..v4.20-rc', '4.20.0')).toBe(false);
  });

  it('of a race that only guards the protocol covers nothing', () => {
    expect(wasSeen(null, version('5.0'))).toBe(false);
  });

  it('can be read in every entry of the catalogue', () => {
    const wrong = readCatalogue().flatMap(({ id, seen: range }) => {
      const why = range === null ? undefined : whyNoRange(range);
      return why === undefined ? [] : [`${id}: ${why}`];
    });
    expect(wrong).toEqual([]);
    expect(whyNoRange('v5.2..v5.1')).toBe('"v5.2..v5.1" ends before it begins');
    expect(whyNoRange('always')).toBe('"always" is no range of versions');
  });
});
