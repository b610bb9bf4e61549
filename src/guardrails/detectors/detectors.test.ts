/** Every sample is made up; tokens are put together here so that no scanner takes this file for a leak. */
import { expect, test } from 'vitest'
import { card } from './card.ts'
import { type Detector, redacted } from './detection.ts'
import { DETECTORS } from './detectors.ts'
import { email } from './email.ts'
import { phone } from './phone.ts'
import { secrets } from './secrets.ts'

const found = (detector: Detector, text: string) => detector.find(text).map(({ start, end }) => text.slice(start, end))

test.for([
  ['Write to ada.love+shop@mail.example.co.uk, please.', ['ada.love+shop@mail.example.co.uk']],
  ['Jürgen schreibt an jürgen@büro.example.', ['jürgen@büro.example']],
  ['two: a@b.io;c@d.io', ['a@b.io', 'c@d.io']],
  ['npm i @scope/name@1.2.3, user@localhost, @handle', []],
] as const)('e-mail in "%s"', ([text, expected]) => expect(found(email, text)).toEqual(expected))

test.for([
  ['+44 20 7946 0991 or (020) 7946 0992', ['+44 20 7946 0991', '(020) 7946 0992']],
  ['555-010-1234x12', ['555-010-1234x12']],
  ['Call 020 79460 12', ['020 79460 12']],
  ['Our mobile: 0151 2345678.', ['0151 2345678']],
  ['The order 0151 2345678 was shipped', []],
  ['2019 2021, 2021-03-04, 04.03.2021, 078-05-1120, 192.168.10.20, 978 0 306 40615 7', []],
  ['Call it 3.71 3.72 4.33 or 12,345,678 or $1234567', []],
] as const)('telephone numbers in "%s"', ([text, expected]) => expect(found(phone, text)).toEqual(expected))

test.for([
  ['4111 1111 1111 1111 and 378282246310005', ['4111 1111 1111 1111', '378282246310005']],
  ['4111-1111-1111-1112', []],
  ['9111111111111111 starts as no card does', []],
  ['id 54111111111111111100', []],
] as const)('card numbers in "%s"', ([text, expected]) => expect(found(card, text)).toEqual(expected))

const letters = 'aB3dE5gH7jK9mN1pQ4rS6tU8vW0xY2zA5bC7dE9f'
const SECRETS = [
  `use sk-${'proj-'}${letters} here`,
  `ghp_${letters}`,
  `AKIA${'ABCDEFGH12345678'}`,
  `awk_${letters}`,
  `-----BEGIN ${'RSA '}PRIVATE KEY-----\nMIIE${letters}\n-----END RSA PRIVATE KEY-----`,
  `postgres://shop:${'s3cr3t!x'}@db.example.com/shop`,
  `API_KEY=${letters}`,
  `"clientSecret": "${letters}"`,
  `db_password = 'sunflower'`,
  `define('AUTH_SALT', '${'k(2 d!Ze_8 Qw;7Gm<1Xs@4 Vb~9Lp^3 Rt&6Hy'}')`,
  `access_token: ${letters}`,
  `<Password>${'Tulip1987'}</Password>`,
  `root:$6$abcdefgh$${letters}${letters}abcdef:0`,
  `machine mail.example.com login ada password ${'tulip87'}`,
  `cookie-line: ${letters}${letters.toUpperCase()}`,
]
test.for(SECRETS)('a secret is found once in %s', (text) => {
  expect(secrets.find(text)).toHaveLength(1)
})

test.for([
  'Your password: at least 12 characters, with a number.',
  'Reset your password: open Settings, then choose Security.',
  `API_KEY=$${'{API_KEY}'}`,
  'api_key = "<your-api-key>"',
  '"password": "********"',
  'token: process.env.GITHUB_TOKEN_FOR_BUILDS_2',
  '"digest": "sha256:e0ec946fcefea5ce0d4d924f3c8db11dffeb7d10b320a69133c47a9641ab7d20"',
  'digest: 96dc2e349b1236b9e5915f1526b5e28e19a6557a88026007632c6c11da7cb595',
  'The key: patience. A secret: practice. max_tokens: 4096',
  '"primary_key": "CustomerIdentifier2024"',
  'compass = "north-north-west"',
  `bookmark: ${letters}${letters}`,
  'https://shop.example.com:8443/help?user=a@b.example',
])('no secret is seen in %s', (text) => {
  expect(secrets.find(text)).toEqual([])
})

test('what is shown of a finding does not give it away', () => {
  expect(redacted('x ada@example.com y', { start: 2, end: 17 })).toBe('ad…om (15 characters)')
  expect(redacted('a@b.io', { start: 0, end: 6 })).toBe('(6 characters)')
})

const HOSTILE = [
  'a',
  '1',
  ' ',
  '-',
  '1 ',
  'a@',
  'a.',
  'password="',
  "key='",
  'eyJ',
  'http://a:',
  'login a ',
  '<pass',
  'key:\n',
]
test.for(DETECTORS.map(({ name, find }) => ({ name, find: (text: string) => find(text) })))(
  '$name gets through hostile text',
  ({ find }) => {
    // An expression that explodes would not end before the runner gives up.
    for (const piece of HOSTILE) expect(find(piece.repeat(100_000 / piece.length))).toBeInstanceOf(Array)
  },
)
