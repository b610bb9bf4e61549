/**
 * The digest of everything that a decision at a gate read: `digestOf` of it all, with each check written down once.
 *
 * Sixty checks are most of the text and never change while a catalogue is in force; writing them for each decision took
 * longer than judging them (5 of 25 ms with 10,000 pieces of evidence).
 */
import { canonicalJson, type Digest, digestOfBytes } from '../kernel/digest.ts'
import type { Check, Gate } from './check.ts'

/**
 * @param evidence ids of all that was read, in order; they are one text, which needs no escapes because ids have none
 * @param read the rest, each a JSON value
 */
export function snapshotDigest(
  { gate, evidence }: { readonly gate: Gate; readonly evidence: readonly string[] },
  read: Readonly<Record<string, unknown>>,
): Digest {
  const { checks, ...rest } = gate
  const texts = { ...textsOf(rest), checks: `[${checks.map(textOfCheck).join(',')}]` }
  return digestOfBytes(objectText({ ...textsOf(read), gate: objectText(texts), evidence: `"${evidence.join(' ')}"` }))
}

const written = new WeakMap<Check, string>()

function textOfCheck(check: Check): string {
  const known = written.get(check)
  if (known !== undefined) return known
  const text = canonicalJson(check)
  written.set(check, text)
  return text
}

const textsOf = (values: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, canonicalJson(value)]])),
  )

/** Names are plain words, so that the order of code units is the order of RFC 8785. */
const objectText = (texts: Readonly<Record<string, string>>): string =>
  `{${Object.keys(texts)
    .sort()
    .map((name) => `"${name}":${texts[name]}`)
    .join(',')}}`
