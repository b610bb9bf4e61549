/**
 * Which private addresses requests of ours may go to: those of this machine and of the network that it stands in.
 * Self-hosted models live there, and so does what nobody outside may ask, so an installation says which.
 */
import { BlockList, isIP } from 'node:net'

export type Reach = {
  /** Private addresses that may be asked: all, or none but those that were named. */
  readonly allows: (address: string) => boolean
}

/** What programs mean by inside: loopback, private and shared ranges, and IPv6 that carries an IPv4 address in itself. */
const PRIVATE: readonly (readonly [network: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2001::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fec0::', 10],
  ['ff00::', 8],
]
const inside = listOf(PRIVATE)

export const EVERYWHERE: Reach = { allows: () => true }

/** @param text `allow`, `refuse`, or addresses and ranges with commas: `10.0.0.7,10.1.0.0/16,::1`; undefined when it is none of these */
export function reachOf(text: string): Reach | undefined {
  if (text === 'allow') return EVERYWHERE
  const ranges = text === 'refuse' ? [] : text.split(',').map(rangeOf)
  if (!ranges.every((range) => range !== undefined)) return undefined
  const named = listOf(ranges)
  return { allows: (address) => !contains(inside, address) || contains(named, address) }
}

function rangeOf(text: string): readonly [string, number] | undefined {
  const [address = '', bits, ...rest] = text.trim().split('/')
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  const length = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : -1
  return most > 0 && length >= 0 && length <= most && rest.length === 0 ? [address, length] : undefined
}

function listOf(ranges: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList()
  for (const [network, bits] of ranges) list.addSubnet(network, bits, isIP(network) === 6 ? 'ipv6' : 'ipv4')
  return list
}

const contains = (list: BlockList, address: string): boolean => {
  const family = isIP(address)
  return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4')
}
