/**
 * What guardrails cost: microseconds of processor time for a kilobyte of text, whole and in pieces of four characters
 * as streams bring it, beside the bare limit: taking the pieces together and writing them as UTF-8, which every answer
 * pays anyway.
 *
 * node bench/gateway/guardrails.ts [--smoke]
 *
 * The text is the documentation of this repository, which is English prose with addresses and code in it.
 */
import { readdirSync, readFileSync } from 'node:fs'
import type { Guardrail } from '../../src/core/guardrail.ts'
import { compiled, GuardedText } from '../../src/guardrails/index.ts'
import { line } from './processes.ts'

const isSmoke = process.argv.includes('--smoke')
const KILOBYTES = isSmoke ? 8 : 256
const ROUNDS = isSmoke ? 1 : 7
const PIECE = 4

const WORDS = ['nightjar', 'purchase price', 'margin', 'forbidden fruit', 'strictly confidential']
const GUARDS = {
  email: { detector: 'email' },
  phone: { detector: 'phone' },
  card: { detector: 'card' },
  secrets: { detector: 'secrets' },
  'five terms': { detector: 'terms', terms: WORDS },
  'a pattern': { detector: 'pattern', pattern: 'KD-\\d{4,8}', anyCase: false, example: 'KD-1234' },
} as const
const all = Object.entries(GUARDS).map(([id, settings]) =>
  compiled({ id, on: 'output', mode: 'redact', ...settings } as Guardrail),
)

const docs = new URL('../../docs/', import.meta.url)
const prose = readdirSync(docs)
  .filter((name) => name.endsWith('.md'))
  .sort()
  .map((name) => readFileSync(new URL(name, docs), 'utf8'))
  .join('\n')
const text = prose.repeat(Math.ceil((KILOBYTES * 1024) / prose.length)).slice(0, KILOBYTES * 1024)

const bare = (size: number) => timeOf(() => eachPiece(size, (piece) => piece))
const scanned = (guards: typeof all, size: number) =>
  timeOf(() => {
    // An answer is some four kilobytes; one of a quarter of a megabyte would be no answer.
    const guarded = new GuardedText(guards)
    return eachPiece(size, (piece) => guarded.push(piece)) + guarded.end().length
  })

for (const [how, size] of [
  ['whole', 4096],
  [`in pieces of ${PIECE}`, PIECE],
] as const) {
  const limit = bare(size)
  line(`bare, ${how}`, `${limit.toFixed(1)} µs/KB`)
  for (const guard of all) line(`  ${guard.id}, ${how}`, said(scanned([guard], size), limit))
  line(`  all six, ${how}`, said(scanned(all, size), limit))
}

function eachPiece(size: number, passes: (piece: string) => string): number {
  let bytes = 0
  for (let at = 0; at < text.length; at += size) bytes += Buffer.from(passes(text.slice(at, at + size))).length
  return bytes
}

/** The best of the rounds, which a busy machine disturbs least. */
function timeOf(work: () => number): number {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, (user + system) / KILOBYTES)
  }
  return best
}

function said(time: number, limit: number): string {
  return `${time.toFixed(1).padStart(7)} µs/KB, ${(time / Math.max(limit, 0.1)).toFixed(0)} times the bare limit`
}
