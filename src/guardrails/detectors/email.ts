/** E-mail addresses as people write them; lengths are those of RFC 5321, so that long text costs no more. */
import { type Detector, matches } from './detection.ts'

const ADDRESS =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+'-]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}])/dgu

export const email: Detector = {
  name: 'email',
  find: (text) => Array.from(matches(text, ADDRESS), ({ start, end }) => ({ start, end, kind: 'email' })),
}
