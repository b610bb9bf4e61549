/**
 * Takes a secret out of what others say: servers do say back what they were sent, as it is, in base64, in hexadecimal,
 * in a URL or in JSON.
 */
import type { Secret } from './secret.ts'

const HIDDEN = '[secret]'

/** The text without the secret in any of these forms. Take it out before the text is cut, else half of it may stay. */
export function hide(text: string, secret: Pick<Secret, 'reveal'> | undefined): string {
  if (!secret) return text
  const value = secret.reveal()
  return value === ''
    ? text
    : partsOf(value)
        .flatMap(formsOf)
        .reduce((said, form) => said.replaceAll(form, HIDDEN), text)
}

/** Keys of several parts, with colons between them, are used and said back part by part. */
const LEAST_PART = 12
const partsOf = (value: string): string[] => [
  value,
  ...(value.includes(':') ? value.split(':').filter((part) => part.length >= LEAST_PART) : []),
]

/** The longest first, so that none is cut in two by a shorter one. */
function formsOf(value: string): string[] {
  const url = encodeURIComponent(value)
  const plain = [value, url, url.replaceAll('%20', '+'), JSON.stringify(value).slice(1, -1)]
  const coded = [value, url].flatMap((one) => [...base64Of(Buffer.from(one)), Buffer.from(one).toString('hex')])
  return [...new Set([...plain, ...coded])].filter((form) => form !== '').sort((a, b) => b.length - a.length)
}

/** Base64 of bytes that stand at any place in what is encoded; the characters at the edges hold bits of the neighbours too. */
function base64Of(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    const own = text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')]
  })
}
