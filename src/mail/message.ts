/** A mail as it goes over the wire (RFC 5322): one plain text, in base64, so that no line is too long. Pure. */
import { epochMs, type Instant } from '../kernel/time.ts'

export type Message = {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly at: Instant
}

const LINE = 76
/** Bytes of an encoded word, which may have 75 characters with what stands around it (RFC 2047). */
const WORD_BYTES = 42

export function messageOf({ id, from, to, subject, text, at }: Message): string {
  const body = Buffer.from(text.replaceAll(/\r?\n/g, '\r\n'), 'utf8').toString('base64')
  return [
    `From: Airworthy <${from}>`,
    `To: <${to}>`,
    `Subject: ${encoded(subject)}`,
    `Date: ${new Date(epochMs(at)).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${id}@${from.split('@')[1]}>`,
    // So that no absence notice answers it.
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    ...(body.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? []),
    '',
  ].join('\r\n')
}

/** Anything but short plain ASCII becomes encoded words: a line break in a name of somebody's makes no header. */
function encoded(subject: string): string {
  if (/^[ -~]{1,70}$/.test(subject) && !subject.includes('=?')) return subject
  const words: string[] = []
  let piece = ''
  for (const character of subject.replaceAll(/\s+/g, ' ')) {
    if (Buffer.byteLength(piece + character) > WORD_BYTES) {
      words.push(piece)
      piece = ''
    }
    piece += character
  }
  return [...words, piece].map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join('\r\n ')
}
