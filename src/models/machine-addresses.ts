/**
 * Where the clouds' machines are asked for their own identity. No request of ours goes there otherwise (`outward.ts`),
 * because what these places give out is a credential; `askMachine` alone is let through, and to these alone.
 */
import type { LookupFunction } from 'node:net'
import { BlockList, isIP } from 'node:net'
import type { Resolve } from '../kernel/outward.ts'

/** Amazon's machines, containers and pods, Azure's machines and Google's, by IPv4 and IPv6. */
const ADDRESSES: ReadonlySet<string> = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  'fd00:ec2::254',
  'fd00:ec2::23',
  'fd20:ce::254',
])
export const GOOGLE_METADATA = 'metadata.google.internal'

/** Azure's App Service gives each container an address of its own in these, with one path. */
const container = new BlockList()
container.addSubnet('169.254.0.0', 16, 'ipv4')
container.addSubnet('172.16.0.0', 12, 'ipv4')
const APP_SERVICE_PATH = /^\/msi\/token\/?$/i

export function isMachineAddress({ hostname, pathname }: URL): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (ADDRESSES.has(host) || host === GOOGLE_METADATA || isLoopback(host)) return true
  return isIP(host) === 4 && container.check(host, 'ipv4') && APP_SERVICE_PATH.test(pathname)
}

/** This machine itself. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

/** For a connection: a name of a metadata service that leads anywhere else is not followed. */
export const machineLookup =
  (resolve: Resolve): LookupFunction =>
  (hostname, options, callback) =>
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? []
      if (error || !first) return callback(error ?? new Error(`${hostname} has no address`), '', 4)
      const stray = addresses.find(({ address }) => !ADDRESSES.has(address) && !isLoopback(address))
      if (stray)
        return callback(new Error(`${hostname} leads to ${stray.address}, which is no metadata service`), '', 4)
      if (options.all) return callback(null, addresses)
      callback(null, first.address, first.family)
    })
