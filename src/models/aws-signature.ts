/**
 * Amazon's signature of a request, version 4: a key that is derived from the secret for one day, region and service
 * signs the digest of the request as it will be sent.
 */
import { createHash, createHmac } from 'node:crypto'
import type { Secret } from '../kernel/secret.ts'
import type { Instant } from '../kernel/time.ts'

export type SignedAsk = {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly body: string | Uint8Array
  readonly at: Instant
}

/**
 * Flat pairs of headers. A credential of two or three parts (`ACCESS_KEY:SECRET[:SESSION]`) signs; one without a colon
 * is an API key of the service and is sent as it is.
 */
export function awsHeaders(credential: Secret, service: string, ask: SignedAsk): string[] {
  const text = credential.reveal()
  const [accessKey = '', secret, ...session] = text.split(':')
  if (secret === undefined) return ['authorization', `Bearer ${text}`]
  const { method, url, body, at } = ask
  const keys = { accessKey, secret, session: session.join(':') || undefined }
  return signed(keys, { method, url, body, at, service })
}

export type AwsKeys = { readonly accessKey: string; readonly secret: string; readonly session?: string | undefined }

export function signed(
  { accessKey, secret, session }: AwsKeys,
  { method, url, body, at, service, region = regionOf(url) }: SignedAsk & { service: string; region?: string },
): string[] {
  const time = `${at.slice(0, 19).replace(/[-:]/g, '')}Z`
  const day = time.slice(0, 8)
  const headers = [
    ['host', url.host],
    ['x-amz-date', time],
    ...(session === undefined ? [] : [['x-amz-security-token', session]]),
  ] as [string, string][]
  const names = headers.map(([name]) => name).join(';')
  const request = [
    method,
    pathAsSigned(url),
    queryAsSigned(url),
    ...headers.map(([name, value]) => `${name}:${value}`),
    '',
    names,
    sha256(body),
  ].join('\n')
  const scope = `${day}/${region}/${service}/aws4_request`
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`)
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(request)].join('\n')).toString('hex')
  return [
    'x-amz-date',
    time,
    ...(session === undefined ? [] : ['x-amz-security-token', session]),
    'authorization',
    `AWS4-HMAC-SHA256 Credential=${accessKey}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  ]
}

/** What is encoded in the address is encoded once more in what is signed. */
const pathAsSigned = ({ pathname }: URL): string => pathname.split('/').map(encoded).join('/')

const queryAsSigned = ({ searchParams }: URL): string =>
  [...searchParams]
    .map(([name, value]) => [encoded(name), encoded(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)

/** `bedrock-runtime.eu-west-1.amazonaws.com`; an address that names no region belongs to the first one. */
const regionOf = ({ hostname }: URL): string => /\.([a-z]{2}(?:-[a-z]+)+-\d+)\./.exec(hostname)?.[1] ?? 'us-east-1'

const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
