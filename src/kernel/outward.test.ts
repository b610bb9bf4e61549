import { expect, test } from 'vitest'
import { guardedLookup, outwardUrl } from './outward.ts'
import { reachOf } from './reach.ts'

test.for([
  ['https://api.openai.com/v1'],
  ['http://127.0.0.1:11434/v1'],
  ['http://localhost:8000/v1'],
  ['http://[::1]:8000/v1'],
  ['http://10.0.0.7/v1'],
  ['http://192.168.1.5:8080/v1'],
  ['http://[fd12:3456::1]/v1'],
] as const)('asks %s', ([url]) => {
  expect(outwardUrl(url).href).toContain('http')
})

test.for([
  ['http://169.254.169.254/latest/meta-data'],
  ['http://169.254.1.1/'],
  ['http://2852039166/'],
  ['http://0xa9fea9fe/'],
  ['http://0251.0376.0251.0376/'],
  ['http://[::ffff:169.254.169.254]/'],
  ['http://[64:ff9b::a9fe:a9fe]/'],
  ['http://[fe80::1]/'],
  ['http://[fd00:ec2::254]/'],
  ['http://100.100.100.200/'],
  ['file:///etc/passwd'],
  ['ftp://example.com/'],
  ['http://user:secret@example.com/'],
  ['not an address'],
] as const)('never asks %s', ([url]) => {
  expect(() => outwardUrl(url)).toThrow(expect.objectContaining({ code: 'kernel.address-refused' }))
})

const PRIVATE = [
  'http://127.0.0.1:11434/v1',
  'http://127.1/',
  'http://2130706433/',
  'http://0x7f.0.0.1/',
  'http://0177.0.0.1/',
  'http://0/',
  'http://[::1]:8000/v1',
  'http://[::]/',
  'http://[::ffff:10.0.0.7]/',
  'http://[::ffff:a00:7]/',
  'http://[64:ff9b::10.0.0.7]/',
  'http://[2002:a00:7::]/',
  'http://10.0.0.7/v1',
  'http://172.31.255.255/',
  'http://192.168.1.5:8080/v1',
  'http://100.64.0.1/',
  'http://[fd12:3456::1]/v1',
] as const
test.for(PRIVATE)('%s is asked where private addresses are allowed, and nowhere else', (url) => {
  expect(outwardUrl(url, reachOf('allow')).href).toContain('http')
  expect(() => outwardUrl(url, reachOf('refuse'))).toThrow(expect.objectContaining({ code: 'kernel.address-private' }))
  // What was asked under one reach is not known under another.
  expect(() => outwardUrl(url, reachOf('10.9.9.9'))).toThrow(/AIRWORTHY_PRIVATE_ADDRESSES/)
})

test.for([
  ['10.0.0.7', 'http://10.0.0.7/', true],
  ['10.0.0.7', 'http://10.0.0.8/', false],
  ['10.0.0.0/8, ::1', 'http://10.200.1.1/', true],
  ['10.0.0.0/8, ::1', 'http://[::1]/', true],
  ['10.0.0.0/8, ::1', 'http://127.0.0.1/', false],
  ['refuse', 'http://93.184.216.34/', true],
  ['refuse', 'http://[2606:2800:220:1::1]/', true],
] as const)('where %s is set, %s is asked: %s', ([text, url, isAsked]) => {
  const ask = () => outwardUrl(url, reachOf(text)).href
  if (isAsked) expect(ask()).toBe(new URL(url).href)
  else expect(ask).toThrow('is a private address')
})

test('metadata services are asked in no case, whatever is named', () => {
  expect(() => outwardUrl('http://169.254.169.254/', reachOf('169.254.0.0/16'))).toThrow('link-local')
})

test.for(['', 'yes', '10.0.0.0/33', '10.0.0/8', 'localhost', '10.0.0.7/', '::1/129', '10.0.0.7;10.0.0.8'])(
  '%j names no addresses',
  (text) => {
    expect(reachOf(text)).toBeUndefined()
  },
)

test.for([
  [['93.184.216.34'], undefined],
  [['10.0.0.7'], 'kernel.address-private'],
  [['93.184.216.34', '10.0.0.7'], 'kernel.address-private'],
  [['93.184.216.34', '169.254.169.254'], 'kernel.address-refused'],
] as const)('a name that resolves to %j is connected to as far as all of it may be', async ([addresses, code]) => {
  const found = addresses.map((address) => ({ address, family: 4 }))
  const lookup = guardedLookup((_name, _options, done) => done(null, found), reachOf('refuse'))
  const answer = await new Promise<{ thrown: unknown; address: unknown }>((resolve) =>
    lookup('harmless.example', { all: false }, (thrown, address) => resolve({ thrown, address })),
  )
  // The address that was looked at is the one that is connected to.
  if (code === undefined) expect(answer).toEqual({ thrown: null, address: addresses[0] })
  else expect(answer.thrown).toMatchObject({ code })
})
