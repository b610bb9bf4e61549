/**
 * Secrets in text: keys and tokens by their shape, private keys, passwords in addresses, values that are
 * assigned to a name that means a secret, and assigned values that only a machine writes.
 *
 * Digests (`sha256:…`) are none, and neither are placeholders: a detector that cries at every example in a
 * document is switched off, and then finds nothing.
 */
import { type Detection, type Detector, matches, withoutOverlaps } from './detection.ts'
import { assignedSecrets } from './secrets/assignments.ts'
import { entropyOf, isPlaceholder } from './secrets/plausible.ts'
import { TOKEN_SHAPES } from './secrets/token-shapes.ts'

export const secrets: Detector = {
  name: 'secrets',
  find: (text) => withoutOverlaps([...shaped(text), ...assigned(text), ...random(text)]),
}

const shaped = (text: string): Detection[] =>
  TOKEN_SHAPES.flatMap(({ kind, pattern }) =>
    Array.from(matches(text, pattern))
      .filter(({ value }) => !isPlaceholder(value) || value.startsWith('$'))
      .map(({ start, end }) => ({ start, end, kind })),
  )

const assigned = (text: string): Detection[] =>
  Array.from(assignedSecrets(text), ({ start, end }) => ({ start, end, kind: 'assigned-secret' }))

/** A whole line `name: value` or `name=value` whose value is long and mixed. Hexadecimal is left to the names: it is mostly digests. */
const ASSIGNED_RANDOM =
  /^[ \t]{0,16}["']?(?<name>[\w.-]{1,40})["']?[ \t]?[:=][ \t]?["']?(?<found>[A-Za-z0-9+/_-]{40,400}={0,2})["']?,?[ \t]*$/dgm

/** Names of long values that are no secrets: places in a list, fingerprints, ids. */
const OPEN_NAMES =
  /bookmark|cursor|page|etag|hash|digest|checksum|integrity|fingerprint|signature|sha\d|md5|image|id$|uuid|guid|rev$/i

const random = (text: string): Detection[] =>
  Array.from(text.matchAll(ASSIGNED_RANDOM)).flatMap((match) => {
    const [start, end] = match.indices?.groups?.found ?? [0, 0]
    const value = text.slice(start, end)
    const isRandom = /\d/.test(value) && /[A-Z]/.test(value) && entropyOf(value) >= 4.5
    return isRandom && !OPEN_NAMES.test(match.groups?.name ?? '') ? [{ start, end, kind: 'random-value' }] : []
  })
