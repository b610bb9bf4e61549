/** E-mail addresses as people write them; lengths are those of RFC 5321, so that long text costs no more. */
import { type Detector, matches, settling, startOfRun } from './detection.ts'

const ADDRESS =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+'-]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}])/dgu

/** What an address is made of; half of a pair may be a letter. */
const PART = /[\p{L}\p{N}._%+'@\p{Cs}-]/u

const find: Detector['find'] = (text, from = 0) =>
  // Most text has no such sign, and looking for it first is twenty times cheaper.
  text.indexOf('@', from) < 0
    ? []
    : Array.from(matches(text, ADDRESS, from), ({ start, end }) => ({ start, end, kind: 'email' }))

export const email: Detector = {
  name: 'email',
  find,
  settle: settling(find, (text, from) => startOfRun(text, { from, end: text.length }, PART)),
}
