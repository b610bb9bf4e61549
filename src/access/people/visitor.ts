/** Where a request came from: the connection, or what proxies say that the installation trusts. */
import { isIPv6 } from 'node:net'
import { peerOf } from '../../wire/listen.ts'
import { deviceOf } from '../session.ts'
import type { Visitor } from './deps.ts'

/**
 * @param hops how many proxies of one's own stand in front; each adds the address that it was asked from to
 * `X-Forwarded-For`, so the one that counts stands that far from the end. What a client wrote there itself is further left.
 */
export function visitorOf(request: Request, hops: number): Visitor {
  const peer = peerOf(request) ?? 'unknown'
  const told = (request.headers.get('x-forwarded-for') ?? '').split(',').map((part) => part.trim())
  const address = hops === 0 ? peer : told.at(-hops) || peer
  return { address: shared(address), device: deviceOf(request.headers.get('user-agent')) }
}

/** Whoever has one IPv6 address has the 2^64 beside it, so all of them count as one. */
function shared(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!isIPv6(plain)) return plain
  const [head = '', tail = ''] = plain.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === '' ? [] : tail.split(':')
  const middle = plain.includes('::')
    ? Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
    : []
  return [...left, ...middle, ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
