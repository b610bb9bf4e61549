/**
 * The digest of everything that a decision at a gate read: `digestOf` of it all, with each check written down once.
 *
 * Over sixty checks are most of the text and never change while a catalogue is in force; writing them for each decision took
 * longer than judging them (5 of 25 ms with 10,000 pieces of evidence).
 */
import { canonicalJson, type Digest, digestOfPieces } from '../kernel/digest.ts'
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
  return digestOfPieces(
    objectPieces({
      ...piecesOf(read),
      gate: objectPieces({ ...piecesOf(rest), checks: [bytesOf(checks)] }),
      evidence: ['"', evidence.join(' '), '"'],
    }),
  )
}

type Pieces = readonly (string | Uint8Array)[]

const written = new WeakMap<Check, string>()
/** A gate that stays in force is one list of checks. */
const bytes = new WeakMap<readonly Check[], Uint8Array>()

function bytesOf(checks: readonly Check[]): Uint8Array {
  const known = bytes.get(checks)
  if (known) return known
  const made = Buffer.from(`[${checks.map(textOfCheck).join(',')}]`)
  bytes.set(checks, made)
  return made
}

function textOfCheck(check: Check): string {
  const known = written.get(check)
  if (known !== undefined) return known
  const text = canonicalJson(check)
  written.set(check, text)
  return text
}

const piecesOf = (values: object): Record<string, Pieces> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, [canonicalJson(value)]]])),
  )

/** Names are plain words, so that the order of code units is the order of RFC 8785. */
const objectPieces = (members: Readonly<Record<string, Pieces>>): Pieces => [
  ...Object.keys(members)
    .sort()
    .flatMap((name, at) => [`${at === 0 ? '{' : ','}"${name}":`, ...(members[name] ?? [])]),
  '}',
]
