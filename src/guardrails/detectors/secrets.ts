/**
 * Secrets in text: keys and tokens by their shape, private keys, passwords in addresses, values that are
 * assigned to a name that means a secret, and assigned values that only a machine writes.
 *
 * Digests (`sha256:…`) are none, and neither are placeholders: a detector that cries at every example in a
 * document is switched off, and then finds nothing.
 */
import { type Detection, type Detector, foundIn, matchesFrom, type Span, spanOf, withoutOverlaps } from './detection.ts'
import { assignedSecrets } from './secrets/assignments.ts'
import { openSecretFrom } from './secrets/open.ts'
import { entropyOf, isPlaceholder } from './secrets/plausible.ts'
import { ANY_SHAPE, TOKEN_SHAPES } from './secrets/token-shapes.ts'

export const secrets: Detector = {
  name: 'secrets',
  find: (text, from = 0) => secretsIn(spansOf(text, from)),
  settle(text, from) {
    const spans = spansOf(text, from)
    let open = openSecretFrom(text, from)
    // What lies across is looked at again as a whole.
    for (let last = -1; last !== open; ) {
      last = open
      for (const { begin, end } of spans) if (begin < open && end > open) open = begin
    }
    return { found: secretsIn(spans.filter(({ end }) => end <= open)), open }
  },
}

const secretsIn = (spans: readonly Span[]): Detection[] => withoutOverlaps(spans.flatMap(({ secret }) => secret ?? []))

const spansOf = (text: string, from: number): Span[] => [
  ...(hasAny(text, from) ? TOKEN_SHAPES.flatMap(({ kind, pattern }) => shaped(text, { kind, pattern, from })) : []),
  ...Array.from(assignedSecrets(text, from)),
  ...random(text, from),
]

const hasAny = (text: string, from: number): boolean => ANY_SHAPE.test(from === 0 ? text : text.slice(from))

const shaped = (text: string, { kind, pattern, from }: { kind: string; pattern: RegExp; from: number }): Span[] =>
  Array.from(matchesFrom(text, pattern, from), (match): Span => {
    const [start, end] = foundIn(match)
    const value = text.slice(start, end)
    const isSecret = !isPlaceholder(value) || value.startsWith('$')
    return spanOf(match, isSecret ? { start, end, kind } : undefined)
  })

/** A whole line `name: value` or `name=value` whose value is long and mixed. Hexadecimal is left to the names: it is mostly digests. */
const ASSIGNED_RANDOM =
  /^[ \t]{0,16}["']?(?<name>[\w.-]{1,40})["']?[ \t]?[:=][ \t]?["']?(?<found>[A-Za-z0-9+/_-]{40,400}={0,2})["']?,?[ \t]*$/dgm

/** Names of long values that are no secrets: places in a list, fingerprints, ids. */
const OPEN_NAMES =
  /bookmark|cursor|page|etag|hash|digest|checksum|integrity|fingerprint|signature|sha\d|md5|image|id$|uuid|guid|rev$/i

const random = (text: string, from: number): Span[] =>
  Array.from(matchesFrom(text, ASSIGNED_RANDOM, from), (match): Span => {
    const [start, end] = foundIn(match)
    const value = text.slice(start, end)
    const isRandom = /\d/.test(value) && /[A-Z]/.test(value) && entropyOf(value) >= 4.5
    const isSecret = isRandom && !OPEN_NAMES.test(match.groups?.name ?? '')
    return spanOf(match, isSecret ? { start, end, kind: 'random-value' } : undefined)
  })
