/**
 * Bytes into text. UTF-8 and UTF-16 are recognised; what is neither is refused with what it would read as, because a
 * wrong guess changes words in silence.
 */
import { Failure } from '../../../kernel/failure.ts'
import type { Content } from './content.ts'

/** Names of the Encoding standard that are offered; any other one of it works as well. */
const OFFERED = ['windows-1252', 'shift_jis', 'gb18030', 'windows-1251', 'euc-kr', 'big5', 'iso-8859-2']
const SHOWN = 60

/** @param said as the caller names it; undefined: it is recognised. Throws `datasets.encoding-unknown` or `…-wrong`. */
export function decode(bytes: Buffer, said?: string): { text: string; encoding: string } {
  const encoding = said ?? recogniseEncoding(bytes)
  try {
    return { text: createDecoder(encoding).decode(bytes), encoding }
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown
    throw said === undefined && encoding === 'utf-8' ? notUtf8(bytes, 0) : notSo(encoding, thrown)
  }
}

/** The same of a file that is read piece by piece; what is wrong with it is thrown with the piece. */
export async function* decodePieces(
  file: Pick<Content, 'pieces'>,
  { encoding, isSaid }: { encoding: string; isSaid: boolean },
): AsyncGenerator<string> {
  const decoder = createDecoder(encoding)
  try {
    for await (const piece of file.pieces()) yield decoder.decode(piece, { stream: true })
    yield decoder.decode()
  } catch (thrown) {
    if (thrown instanceof Failure || !(thrown instanceof TypeError)) throw thrown
    if (isSaid || encoding !== 'utf-8') throw notSo(encoding, thrown)
    let before = 0
    for await (const piece of file.pieces()) {
      if (firstBeyondAscii(piece) > 0 || (piece[0] ?? 0) > 0x7f) throw notUtf8(piece, before)
      before += piece.length
    }
    throw thrown
  }
}

/** The first bytes as far as they can be read, to see what a file is. */
export function beginning(bytes: Buffer, encoding: string): string {
  createDecoder(encoding)
  return new TextDecoder(encoding).decode(bytes, { stream: true })
}

/** By its first bytes. UTF-8 where nothing speaks against it; whether it is, decoding says. */
export function recogniseEncoding(bytes: Buffer): string {
  if (startsWith(bytes, [0xff, 0xfe, 0, 0]) || startsWith(bytes, [0, 0, 0xfe, 0xff]))
    throw new Failure('invalid', 'datasets.encoding-unknown', 'The file is UTF-32. Save it as UTF-8.')
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le'
  if (startsWith(bytes, [0xfe, 0xff])) return 'utf-16be'
  return unmarkedUtf16(bytes) ?? 'utf-8'
}

/** @param before how many bytes of the file are before these */
function notUtf8(bytes: Buffer, before: number): Failure {
  const at = firstBeyondAscii(bytes)
  const part = bytes.subarray(Math.max(0, at - SHOWN / 2), at + SHOWN / 2)
  const readings = OFFERED.map((name) => `${name}: ${oneLine(new TextDecoder(name).decode(part))}`)
  return new Failure(
    'invalid',
    'datasets.encoding-unknown',
    `The file is neither UTF-8 nor UTF-16; say in which encoding it is, for example encoding=windows-1252. Around byte ${before + at} it would read: ${readings.join(' · ')}.`,
    { facts: { offered: OFFERED } },
  )
}

const notSo = (encoding: string, cause: unknown) =>
  new Failure('invalid', 'datasets.encoding-wrong', `The file is not ${encoding}. Say another encoding.`, { cause })

function createDecoder(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true })
  } catch {
    throw new Failure(
      'invalid',
      'datasets.encoding-unknown',
      `There is no encoding ${oneLine(encoding)}. Known are utf-8, utf-16le, utf-16be, ${OFFERED.join(', ')} and the others of the Encoding standard.`,
    )
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
