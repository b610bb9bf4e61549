/**
 * The container of a dossier: a JSON document with one link a line, so that each line has a digest of its own and
 * whoever verifies it can name the first one that is broken.
 *
 * line 1 the form, line 2 the seal (a DSSE envelope over the head, which lists the digest of every link), then one line
 * a link, then the end. The verifier in `sdk/dossier.ts` reads this and shares no code with it.
 */
import type { Envelope } from '../../core/evidence.ts'
import type { Release } from '../../core/release.ts'
import { canonicalJson, type Digest, digestOfBytes } from '../../kernel/digest.ts'
import type { Instant } from '../../kernel/time.ts'
import type { SigningKey } from '../contract.ts'

export const FORM = 'airworthy.dossier/1'
const PAYLOAD_TYPE = 'application/vnd.airworthy.dossier+json'

/** One line: a section's entry. */
export type Link = { readonly section: string; readonly name: string; readonly title: string; readonly body: unknown }

export type Head = {
  readonly form: typeof FORM
  readonly application: string
  readonly release: Pick<Release, 'id' | 'number' | 'digest'>
  readonly at: Instant
  readonly by: string
  /** Every public key that signed something in it, the seal's own first. */
  readonly keys: readonly SigningKey[]
  readonly links: readonly { readonly section: string; readonly name: string; readonly digest: Digest }[]
}

export async function sealed(
  head: Omit<Head, 'form' | 'links'>,
  links: readonly Link[],
  seal: (payloadType: string, payload: Buffer) => Promise<Envelope>,
): Promise<{ text: string; digest: Digest }> {
  const lines = links.map((link) => canonicalJson(plain(link)))
  const whole: Head = {
    ...head,
    form: FORM,
    links: links.map(({ section, name }, i) => ({ section, name, digest: digestOfBytes(lines[i] ?? '') })),
  }
  const envelope = await seal(PAYLOAD_TYPE, Buffer.from(canonicalJson(plain(whole)), 'utf8'))
  const text = [
    `{"form":"${FORM}",`,
    `"seal":${canonicalJson(envelope)},`,
    '"links":[',
    lines.join(',\n'),
    ']}',
    '',
  ].join('\n')
  return { text, digest: digestOfBytes(text) }
}

/** What JSON cannot say is left out, as it would be on the wire. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
