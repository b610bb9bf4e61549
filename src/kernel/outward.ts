/**
 * Where no request of ours may go, whoever configured it: link-local addresses and the metadata services of
 * clouds, which hand out credentials. Loopback and private ranges are asked as far as the installation says (`reach.ts`).
 */
import type { LookupAddress } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { Failure } from './failure.ts'
import { EVERYWHERE, type Reach } from './reach.ts'

const refused = new BlockList()
refused.addSubnet('169.254.0.0', 16, 'ipv4')
refused.addSubnet('fe80::', 10, 'ipv6')
/** Metadata services that do not sit in the link-local range: Alibaba, Oracle, AWS and Google over IPv6. */
refused.addAddress('100.100.100.200', 'ipv4')
refused.addAddress('192.0.0.192', 'ipv4')
refused.addAddress('fd00:ec2::254', 'ipv6')
refused.addAddress('fd20:ce::254', 'ipv6')

/** NAT64 and 6to4 carry an IPv4 address inside; both ways around the list are closed whole. */
refused.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6')
refused.addSubnet('2002:a9fe::', 32, 'ipv6')

export function isRefusedAddress(address: string): boolean {
  const family = isIP(address)
  return family !== 0 && refused.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

const checked = new Map<string, { readonly url: URL; readonly host: string }>()
const MOST_CHECKED = 1000

/** The URL, or `kernel.address-refused`. Names are checked again when they are resolved. Not to be changed by the caller: it is kept. */
export function outwardUrl(text: string, reach: Reach = EVERYWHERE): URL {
  const known = checked.get(text)
  const { url, host } = known ?? parsedUrl(text)
  if (!reach.allows(host)) throw privateAddress(host)
  if (known) return url
  if (checked.size >= MOST_CHECKED) checked.clear()
  checked.set(text, { url, host })
  return url
}

function parsedUrl(text: string): { url: URL; host: string } {
  if (!URL.canParse(text))
    throw new Failure('invalid', 'kernel.address-refused', `"${text}" is no address. Use http:// or https://.`)
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new Failure('invalid', 'kernel.address-refused', `${url.protocol} is not asked. Use http:// or https://.`)
  if (url.username || url.password)
    throw new Failure(
      'invalid',
      'kernel.address-refused',
      'An address holds no password. Give it in the field or setting that is kept secret.',
    )
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isRefusedAddress(host)) throw refusedAddress(host)
  return { url, host }
}

export const refusedAddress = (host: string): Failure =>
  new Failure(
    'invalid',
    'kernel.address-refused',
    `${host} is a link-local or metadata address, and none is ever asked. Use the address of the server that is meant.`,
  )

const privateAddress = (host: string): Failure =>
  new Failure(
    'invalid',
    'kernel.address-private',
    `${host} is a private address, and this installation asks none that it was not told of. Name it in AIRWORTHY_PRIVATE_ADDRESSES.`,
  )

/** Finds the addresses of a name; the system's own way, unless a test says otherwise. */
export type Resolve = (
  name: string,
  options: { all: true },
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void

/** For a connection: looks again at what a name resolves to when it is made, so that a name cannot lead elsewhere later. */
export const guardedLookup =
  (resolve: Resolve, reach: Reach = EVERYWHERE): LookupFunction =>
  (hostname, options, callback) =>
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? []
      if (error || !first) return callback(error ?? new Error(`${hostname} has no address`), '', 4)
      if (addresses.some(({ address }) => isRefusedAddress(address))) return callback(refusedAddress(hostname), '', 4)
      if (addresses.some(({ address }) => !reach.allows(address))) return callback(privateAddress(hostname), '', 4)
      if (options.all) return callback(null, addresses)
      callback(null, first.address, first.family)
    })
