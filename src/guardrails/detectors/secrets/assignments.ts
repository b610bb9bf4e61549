/**
 * Secrets that are known by their name: `api_key = "…"`, `"password": "…"`, `<Pass>…</Pass>`,
 * `define('DB_PASSWORD', '…')`. The less a way of writing looks like code, the more the value must look
 * like a secret, because documents explain passwords in the same words.
 */
import { foundIn, matchesFrom, type Span, spanOf } from '../detection.ts'
import { isPlaceholder, looksRandom } from './plausible.ts'

/** Unmistakable at the end of a name, with or without a boundary before it. */
const CLEAR_NAMES = 'passw(?:or)?d|passphrase|passwort|secret|api_?key|credential'
/** Words with other meanings, so they need a boundary: `IRC_PASS`, `authToken`. */
const BOUND_NAMES = 'pass|pwd|auth|token|salt|key|key_base'
const NAME = `(?<name>[\\w.$-]{0,60}?(?:(?:${CLEAR_NAMES})|(?<![a-zA-Z])(?:${BOUND_NAMES})|(?-i:(?<=[a-z])(?:Pass|Pwd|Auth|Token|Salt|Key))))`

const ANY_NAME = /pass|pwd|secret|api_?key|credential|auth|token|salt|key|login|:(?:\d{2,5}|\*):/i

type Way = {
  readonly pattern: RegExp
  /** What a value must be beside no placeholder: `any`, random unless the name means a password, or random. */
  readonly value: 'any' | 'by-name' | 'random'
}

const named = (rest: string): RegExp => new RegExp(`(?<![\\w$])${NAME}${rest}`, 'dgi')

const WAYS: readonly Way[] = [
  // "password": "…", 'DB_PASSWORD', '…', password => '…', password = "…", password="…"
  {
    pattern: named(`["']?\\s{0,12}(?:=>|[:=,]|:=)\\s{0,12}(["'])(?<found>(?:(?!\\2)[^\\n\\\\]|\\\\.){4,300})\\2`),
    value: 'by-name',
  },
  // PASSWORD=…
  { pattern: named('\\s?=\\s?(?<found>[^\\s"\'#;,&<>(){}]{4,300})'), value: 'by-name' },
  // api_key: …
  { pattern: named('["\']?:[ \\t]{1,8}(?<found>[^\\s"\'#;,<>(){}]{8,300})(?=\\s|$)'), value: 'random' },
  // password "…", and .netrc: login … password …
  { pattern: /\b(?<name>passw(?:or)?d|pwd)[ \t]{1,4}"(?<found>[^"\s]{4,128})"/dgi, value: 'any' },
  { pattern: /\blogin[ \t]{1,8}\S{1,128}[ \t]{1,8}(?<name>password)[ \t]{1,8}(?<found>\S{4,128})/dgi, value: 'any' },
  // <Pass encoding="base64">…</Pass>
  {
    pattern: /<(?<name>pass(?:word|phrase)?|secret|token|api_?key)\b[^>]{0,80}>(?<found>[^<\s]{4,300})<\//dgi,
    value: 'by-name',
  },
  // connect('user', '…')
  {
    pattern:
      /(?<name>\.(?:log[io]n|authenticate))\(\s{0,8}["'][^"'\n]{1,128}["']\s{0,4},\s{0,4}["'](?<found>[^"'\n]{4,128})["']/dgi,
    value: 'any',
  },
  // .pgpass: host:port:database:user:password
  {
    pattern: /^[\w.*-]{1,128}:(?:\d{2,5}|\*):[\w*-]{1,64}:(?<name>[\w*.-]{1,64}):(?<found>[^\s:]{4,128})$/dgm,
    value: 'any',
  },
]

export function* assignedSecrets(text: string, from: number): Generator<Span> {
  // Most text names no secret at all, and looking for the words first is ten times cheaper.
  if (!ANY_NAME.test(from === 0 ? text : text.slice(from))) return
  for (const way of WAYS)
    for (const match of matchesFrom(text, way.pattern, from)) {
      const [start, end] = foundIn(match)
      const isSecret = isPlausible({ name: match.groups?.name ?? '', value: text.slice(start, end), way })
      yield spanOf(match, isSecret ? { start, end, kind: 'assigned-secret' } : undefined)
    }
}

function isPlausible({ name, value, way }: { name: string; value: string; way: Way }): boolean {
  if (isPlaceholder(value)) return false
  if (/(?:public|foreign|primary|sort|partition|cache|idempotency|_id)_?-?key$/i.test(name)) return false
  if (way.value === 'any') return true
  // A password may be a word; a key that is one is the name of a key.
  return (way.value === 'by-name' && /pass|pwd/i.test(name)) || looksRandom(value)
}
