/**
 * A gate of 61 checks over 10,000 pieces of evidence, judged in under 20 ms; beside it the bare limit, which only hashes
 * the ids that a decision has to name.
 */
import { readFileSync } from 'node:fs'
import { GateCatalogue } from '../../src/core/check.ts'
import type { Evidence } from '../../src/core/evidence.ts'
import { judge, type Snapshot } from '../../src/core/gate.ts'
import type { Part } from '../../src/core/manifest.ts'
import { digestOf } from '../../src/kernel/digest.ts'
import { DAY, type Instant, later } from '../../src/kernel/time.ts'

const NOW = '2026-11-22T00:00:00.000Z' as Instant
const PIECES = 10_000
const PARTS = 40

function snapshotOf(): Snapshot {
  const catalogue = GateCatalogue.parse(
    JSON.parse(readFileSync(new URL('../../packs/gates/core.json', import.meta.url), 'utf8')),
  )
  const { checks, name, version, graceDays } = catalogue
  const parts = Array.from(
    { length: PARTS },
    (_, at): Part => ({ kind: 'prompt', name: `prompt-${at}`, digest: digestOf(at) }),
  )
  const evidence = Array.from({ length: PIECES }, (_, at): Evidence => {
    const check = checks[at % checks.length]
    if (!check) throw new Error('The catalogue has no checks.')
    const isStale = at % 3 === 0
    return {
      id: `evi_${String(at).padStart(26, '0')}` as Evidence['id'],
      organisation: 'default',
      application: 'bench',
      release: null,
      check: check.id,
      summary: 'It was measured.',
      facts: Object.fromEntries(
        check.requires.map(({ fact, equals, atLeast, atMost }) => [fact, { value: equals ?? atLeast ?? atMost ?? 1 }]),
      ),
      inputs: parts
        .slice(at % 30, (at % 30) + 8)
        .map((part) => (isStale ? { ...part, digest: digestOf('before') } : part)),
      producer: { name: 'bench', version: '1' },
      trust: check.minimumTrust,
      by: 'act_1' as Evidence['by'],
      duty: null,
      source: null,
      costMicroUsd: '0' as Evidence['costMicroUsd'],
      example: false,
      at: later(NOW, -(at % 400) * (DAY / 24)),
    }
  })
  return {
    gate: { into: 'production', checks, catalogue: { name, version }, graceDays },
    parts,
    evidence,
    waivers: [],
    challenges: [],
    applicability: { tier: 'H', rules: [], traits: ['tools'] },
    inStageSince: null,
  }
}

type Times = { readonly wall: readonly number[]; readonly processor: readonly number[] }

/** Milliseconds of each of so many runs, sorted: by the clock, and of processor time, which a busy machine stretches less. */
function measure(run: () => unknown, times: number): Times {
  for (let warm = 0; warm < 5; warm += 1) run()
  const runs = Array.from({ length: times }, () => {
    const [started, used] = [performance.now(), process.cpuUsage()]
    run()
    const { user, system } = process.cpuUsage(used)
    return { wall: performance.now() - started, processor: (user + system) / 1000 }
  })
  const sorted = (key: keyof (typeof runs)[number]) => runs.map((one) => one[key]).sort((a, b) => a - b)
  return { wall: sorted('wall'), processor: sorted('processor') }
}

const median = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? 0

export function report(times: number): string {
  const snapshot = snapshotOf()
  const judged = measure(() => judge(snapshot, NOW), times)
  const bare = measure(() => digestOf(snapshot.evidence.map(({ id }) => id).sort()), times)
  const ratio = median(judged.processor) / median(bare.processor)
  const shown = ({ wall, processor }: Times) =>
    `${median(wall).toFixed(1)} ms, ${median(processor).toFixed(1)} ms of processor time`
  return `${snapshot.gate.checks.length} checks over ${snapshot.evidence.length} pieces: ${shown(judged)}; bare (the ids' digest alone): ${shown(bare)}; ratio ${ratio.toFixed(1)}`
}

if (import.meta.main) console.log(report(process.argv.includes('--smoke') ? 5 : 100))
