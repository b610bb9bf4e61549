/**
 * Where a secret may still be under way at the end of a text: each way of writing one, cut off anywhere.
 *
 * Invariant: no way of writing a secret that `token-shapes.ts`, `assignments.ts` or the random lines know is left out
 * here; what is too long to be one is let go.
 */
import { startOfRun } from '../detection.ts'

/** The longest secret on one line, its name and its quotes included. */
const NEAR = 480
/** Two lines of a key file's head, 20,000 characters and its end. */
const KEY_FILE = 20_160

/** A name with its sign of assignment and as much of the value as has come; and the other ways, cut off anywhere. */
const NAMED_SO_FAR = [
  /(?:passw(?:or)?d|passphrase|passwort|secret|api_?key|credential|pass|pwd|auth|token|salt|key|key_base)["']?\s{0,12}(?:(?:=>?|:=?|,)\s{0,12}(?:["'][^\n]{0,310}|[^\s"']{0,310})?)?$/i,
  /\b(?:passw(?:or)?d|pwd)[ \t]{1,4}"[^"\s]{0,128}"?$/i,
  /\blogin(?:[ \t]{1,8}(?:\S{1,128}(?:[ \t]{1,8}(?:p\w{0,7}(?:[ \t]{1,8}\S{0,128})?)?)?)?)?$/i,
  /<(?:pass(?:word|phrase)?|secret|token|api_?key)\b[^>]{0,80}(?:>[^<\s]{0,300}<?)?$/i,
  /\.(?:log[io]n|authenticate)\([\s\S]{0,320}$/i,
]
/** What every one of them has. */
const ANY_WAY = /pass|pwd|secret|api_?key|credential|auth|token|salt|key|log[io]n/i
/** A line that is nothing yet but a name, its sign and a value. */
const LINE_SO_FAR =
  /^[ \t]{0,16}["']?[\w.-]{0,40}["']?[ \t]?(?:[:=][ \t]?["']?[A-Za-z0-9+/_-]{0,400}={0,2}["']?,?[ \t]*)?$/
const KEY_SO_FAR =
  /^-----BEGIN[A-Z0-9 ]{0,60}(?:-{0,4}|-----(?:[^-]{0,20000}(?:-{0,5}|-----E|-----EN|-----END(?: [A-Z0-9 ]{0,40}-{0,4})?)?)?)$/
const PUTTY_SO_FAR = /^Private-Lines: \d{0,4}(?:\n[A-Za-z0-9+/=]{0,80}){0,201}$/

export function openSecretFrom(text: string, from: number): number {
  const end = text.length
  let open = startOfRun(text, { from, end }, /\S/)
  const line = Math.max(from, text.lastIndexOf('\n', end - 1) + 1)
  if (line < open && LINE_SO_FAR.test(text.slice(line))) open = line
  const near = Math.max(from, end - NEAR)
  const recent = text.slice(near)
  for (const way of ANY_WAY.test(recent) ? NAMED_SO_FAR : []) {
    const at = recent.search(way)
    if (at >= 0) open = Math.min(open, startOfRun(text, { from, end: near + at }, /\S/))
  }
  for (const [head, soFar] of [
    ['-----BEGIN', KEY_SO_FAR],
    ['Private-Lines: ', PUTTY_SO_FAR],
  ] as const) {
    const at = text.lastIndexOf(head)
    if (at >= Math.max(from, end - KEY_FILE) && at < open && soFar.test(text.slice(at))) open = at
  }
  return open
}
