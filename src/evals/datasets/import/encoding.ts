/**
 * Bytes into text. UTF-8 and UTF-16 are recognised; what is neither is refused with what it would read as, because a
 * wrong guess changes words in silence.
 */
import { Failure } from '../../../kernel/failure.ts'

/** Names of the Encoding standard that are offered; any other one of it works as well. */
const OFFERED = ['windows-1252', 'shift_jis', 'gb18030', 'windows-1251', 'euc-kr', 'big5', 'iso-8859-2']
const SHOWN = 60

/** @param said as the caller names it; undefined: it is recognised. Throws `datasets.encoding-unknown` or `…-wrong`. */
export function decode(bytes: Buffer, said?: string): { text: string; encoding: string } {
  if (said !== undefined) return { text: decodeAs(bytes, said), encoding: said }
  if (startsWith(bytes, [0xff, 0xfe, 0, 0]) || startsWith(bytes, [0, 0, 0xfe, 0xff]))
    throw new Failure('invalid', 'datasets.encoding-unknown', 'The file is UTF-32. Save it as UTF-8.')
  const marked = startsWith(bytes, [0xff, 0xfe])
    ? 'utf-16le'
    : startsWith(bytes, [0xfe, 0xff])
      ? 'utf-16be'
      : unmarkedUtf16(bytes)
  if (marked) return { text: decodeAs(bytes, marked), encoding: marked }
  try {
    return { text: decodeAs(bytes, 'utf-8'), encoding: 'utf-8' }
  } catch {
    const at = firstBeyondAscii(bytes)
    const part = bytes.subarray(Math.max(0, at - SHOWN / 2), at + SHOWN / 2)
    const readings = OFFERED.map((name) => `${name}: ${oneLine(new TextDecoder(name).decode(part))}`)
    throw new Failure(
      'invalid',
      'datasets.encoding-unknown',
      `The file is neither UTF-8 nor UTF-16; say in which encoding it is, for example encoding=windows-1252. Around byte ${at} it would read: ${readings.join(' · ')}.`,
      { facts: { offered: OFFERED } },
    )
  }
}

function decodeAs(bytes: Buffer, encoding: string): string {
  let decoder: TextDecoder
  try {
    decoder = new TextDecoder(encoding, { fatal: true })
  } catch {
    throw new Failure(
      'invalid',
      'datasets.encoding-unknown',
      `There is no encoding ${oneLine(encoding)}. Known are utf-8, utf-16le, utf-16be, ${OFFERED.join(', ')} and the others of the Encoding standard.`,
    )
  }
  try {
    return decoder.decode(bytes)
  } catch (cause) {
    throw new Failure('invalid', 'datasets.encoding-wrong', `The file is not ${encoding}. Say another encoding.`, {
      cause,
    })
  }
}

/** Every second byte of the beginning is 0, as it is where letters are Latin ones. */
function unmarkedUtf16(bytes: Buffer): string | undefined {
  const part = bytes.subarray(0, 400)
  if (part.length < 8) return undefined
  const zeros = [0, 0]
  for (const [at, byte] of part.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (odd > part.length / 3 && even === 0) return 'utf-16le'
  return even > part.length / 3 && odd === 0 ? 'utf-16be' : undefined
}

const firstBeyondAscii = (bytes: Buffer): number =>
  Math.max(
    0,
    bytes.findIndex((byte) => byte > 0x7f),
  )

const startsWith = (bytes: Buffer, mark: readonly number[]): boolean => mark.every((byte, at) => bytes[at] === byte)

const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim()
