/** Against the examples that Amazon publishes with its description of the signature (`aws-sig-v4-test-suite`). */
import { expect, test } from 'vitest'
import { Secret } from '../kernel/secret.ts'
import type { Instant } from '../kernel/time.ts'
import { awsHeaders, signed } from './aws-signature.ts'

const KEYS = { accessKey: 'AKIDEXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const AT = '2015-08-30T12:36:00.000Z' as Instant
const signatureOf = (headers: string[]) => /Signature=(\w+)$/.exec(headers.at(-1) ?? '')?.[1]

test.each([
  ['get-vanilla', 'GET', '/', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
  ['post-vanilla', 'POST', '/', '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
  [
    'get-vanilla-query-order-key-case',
    'GET',
    '/?Param2=value2&Param1=value1',
    'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  ],
] as const)('the example %s is signed as published', (_, method, path, signature) => {
  const url = new URL(path, 'https://example.amazonaws.com')
  const ask = { method, url, body: '', at: AT, service: 'service', region: 'us-east-1' }
  expect(signatureOf(signed(KEYS, ask))).toBe(signature)
})

test('the session goes along and is signed, and the region is that of the address', () => {
  const url = new URL('https://bedrock-runtime.eu-west-1.amazonaws.com/model/a%3A0/converse')
  const ask = { method: 'POST', url, body: '{}', at: AT } as const
  const headers = awsHeaders(new Secret('AKIDEXAMPLE:secret/+:session:token'), 'bedrock', ask)
  expect(headers.slice(0, 4)).toEqual(['x-amz-date', '20150830T123600Z', 'x-amz-security-token', 'session:token'])
  expect(headers.at(-1)).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20150830\/eu-west-1\/bedrock\/aws4_request, SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=[0-9a-f]{64}$/,
  )
  const other = awsHeaders(new Secret('AKIDEXAMPLE:secret/+:session:token'), 'bedrock', { ...ask, body: '{ }' })
  expect(signatureOf(other)).not.toBe(signatureOf(headers))
})

test('a credential without a colon is an API key and is sent as it is', () => {
  const ask = { method: 'POST', url: new URL('https://x.test/'), body: '', at: AT } as const
  expect(awsHeaders(new Secret('bedrock-api-key-1'), 'bedrock', ask)).toEqual([
    'authorization',
    'Bearer bedrock-api-key-1',
  ])
})
