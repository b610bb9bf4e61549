/** Order of versions as SemVer 2.0 has it; a leading v and missing parts are forgiven, as advisories write them. */
const FORM = /^v?(\d{1,15})(?:\.(\d{1,15}))?(?:\.(\d{1,15}))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/

export const isSemver = (text: string): boolean => FORM.test(text)

/** Negative, zero or positive. Both must be `isSemver`. */
export function compareSemver(one: string, other: string): number {
  const [a, b] = [partsOf(one), partsOf(other)]
  for (let at = 0; at < 3; at++) {
    const difference = (a.numbers[at] ?? 0) - (b.numbers[at] ?? 0)
    if (difference !== 0) return difference
  }
  if (a.before.length === 0 || b.before.length === 0) return b.before.length - a.before.length
  for (let at = 0; at < Math.max(a.before.length, b.before.length); at++) {
    const difference = compareIdentifiers(a.before[at], b.before[at])
    if (difference !== 0) return difference
  }
  return 0
}

function partsOf(text: string): { numbers: number[]; before: string[] } {
  const [, major = '0', minor = '0', patch = '0', before = ''] = FORM.exec(text) ?? []
  return { numbers: [major, minor, patch].map(Number), before: before === '' ? [] : before.split('.') }
}

/** Numbers before words, fewer before more. */
function compareIdentifiers(one: string | undefined, other: string | undefined): number {
  if (one === undefined || other === undefined) return (one === undefined ? 0 : 1) - (other === undefined ? 0 : 1)
  const [a, b] = [/^\d+$/.test(one), /^\d+$/.test(other)]
  if (a && b) return Number(one) - Number(other)
  if (a !== b) return a ? -1 : 1
  return one < other ? -1 : one > other ? 1 : 0
}
