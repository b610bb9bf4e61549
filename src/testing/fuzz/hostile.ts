/** What people and programs send that no contract foresees: values, texts, bodies and headers that have broken servers before. */
import fc from 'fast-check'

/** Texts: NUL, halves of surrogate pairs, control and bidirectional characters, paths, commands, names of prototypes. */
export const HOSTILE_TEXTS: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfff',
  '\ufeff',
  '\u202etxt.exe',
  '\r\nset-cookie: a=b',
  'a\nb\u001b[31mred\u001b[0m',
  '../../../../etc/passwd',
  '..\\..\\windows',
  '/etc/passwd',
  '%2e%2e%2f%00',
  "' or 1=1; drop table keys; --",
  '$(id)`id`;id|id',
  '{{constructor.constructor("return process")()}}',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'null',
  'NaN',
  '-0',
  '1e400',
  '9223372036854775808',
  '99999-99-99T99:99:99Z',
  '+275760-09-13T00:00:00.001Z',
  '-271821-04-19T23:59:59.999Z',
  '0000-01-01T00:00:00.000Z',
  'rel_00000000000000000000000000',
  'sha256:'.padEnd(71, '0'),
  '(a+)+$',
  '*',
  '%',
  '\\',
  '\u{1f600}'.repeat(50),
  'é'.repeat(300),
  'x'.repeat(5000),
]

const HOSTILE_NUMBERS = [
  0,
  -0,
  -1,
  0.1,
  1e-323,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  2 ** 63,
  1e21,
  1e308,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_VALUE,
]

/** An object with a key that is its own `__proto__`, as `JSON.parse` makes it. */
const withPrototypeKey: unknown = JSON.parse('{"__proto__":{"role":"owner"},"constructor":{"prototype":{"x":1}}}')

const deep = (depth: number): unknown => {
  let value: unknown = 'deep'
  for (let level = 0; level < depth; level++) value = level % 2 ? [value] : { a: value }
  return value
}

export const HOSTILE_TEXT: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.string({ unit: 'binary-ascii', maxLength: 20 }),
)

/** Anything that JSON can say in place of what was asked for. */
export const HOSTILE_VALUE: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: HOSTILE_TEXT },
  { weight: 2, arbitrary: fc.constantFrom(...HOSTILE_NUMBERS) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(null, true, [], {}, [[]], [null], withPrototypeKey, [withPrototypeKey]),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      deep(50),
      deep(2000),
      Array.from({ length: 500 }, () => ({})),
    ),
  },
)

const bytes = (...parts: readonly (string | readonly number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([...part]))))

/** Bodies that are no JSON, or are JSON that parsers have fallen over. */
export const HOSTILE_BODIES: readonly Buffer[] = [
  bytes(''),
  bytes('{'),
  bytes('{"a":1,}'),
  bytes('nul'),
  bytes('{"a":1e400}'),
  bytes('{"a":', [0xff, 0xfe, 0xc3, 0x28], '}'),
  bytes([0xef, 0xbb, 0xbf], '{}'),
  bytes([0x1f, 0x8b, 0x08, 0x00]),
  bytes([0x00, 0x00, 0x00]),
  bytes('['.repeat(100_000)),
  bytes('{"a":'.repeat(50_000)),
  bytes('{"__proto__":{"role":"owner","permission":"administer"}}'),
  bytes('{"name":"a","name":"b"}'),
  bytes('"text"'),
  bytes('[]'),
  bytes('null'),
  bytes('0'),
  bytes('--x\r\ncontent-disposition: form-data; name="../../a"\r\n\r\nb\r\n--x--'),
]

/** Headers that a server might act upon; values that `node:http` lets a client send. */
export const HOSTILE_HEADERS: readonly Readonly<Record<string, string>>[] = [
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/xml' },
  { 'content-type': 'multipart/form-data; boundary=x' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-type': ';;;' },
  { 'content-type': '' },
  { 'content-encoding': 'gzip' },
  { 'content-encoding': 'br, zstd, x' },
  { accept: 'application/x-protobuf;q=2, */*;q=-1' },
  { 'if-match': '*' },
  { 'if-match': '"'.repeat(200) },
  { 'idempotency-key': 'not a key' },
  { 'idempotency-key': 'k'.repeat(300) },
  { 'idempotency-key': '\u00ff' },
  { 'accept-language': 'x'.repeat(4000) },
  { range: 'bytes=9-1,-0' },
  { expect: '200-ok' },
  { 'last-event-id': '-1' },
  { 'x-forwarded-for': '127.0.0.1, [::1]:99999, x' },
  { 'x-forwarded-host': 'elsewhere.example' },
  { traceparent: '00-zz-zz-99' },
  { cookie: 'airworthy_session=%; __proto__=1; =; airworthy_sign_on=a.b.c' },
  { origin: 'null' },
  { origin: 'http://elsewhere.example' },
  { 'airworthy-subject': '\u00e9'.repeat(500) },
  { 'airworthy-metadata': '{"__proto__":' },
  { 'airworthy-timeout-ms': '-1e9' },
]
