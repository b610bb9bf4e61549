/** `eval.coverage`: do the suites of a release hold what people ask in the pilot? No traffic is no evidence. */
import { lastUserTurn } from '../../core/conversation.ts'
import { type Example, turnsOf } from '../../core/dataset.ts'
import type { EvidenceDraft } from '../../core/evidence.ts'
import { type Manifest, partsOf } from '../../core/manifest.ts'
import { FREE, type Producer } from '../../core/producer.ts'
import type { Release } from '../../core/release.ts'
import { type Clock, DAY, type Instant, later } from '../../kernel/time.ts'
import type { ExamplesOf } from '../datasets/index.ts'
import type { Coverage } from './contract.ts'
import { coverageOfTask, coverageOfTraffic, ENOUGH_CASES, LEAST_QUESTIONS } from './coverage.ts'

const NAME = 'evals/coverage'
/** Traffic that is older says little of now. */
const WINDOW_MS = 60 * DAY
const MOST_QUESTIONS = 2000
const MOST_CASES = 20_000
const NAMED_GROUPS = 8

export type CoverageDeps = {
  readonly clock: Clock
  readonly examplesOf: ExamplesOf
  /** What was asked in a stage, the newest first; probes are none. */
  readonly questionsOf: (ask: {
    application: string
    stage: string
    since: Instant
    limit: number
  }) => Promise<readonly string[]>
  /** What the task contract names; empty without one. */
  readonly declaredBy: (application: string) => Promise<readonly { what: string; examples: readonly string[] }[]>
}

export type CoverageOf = (release: Release, stage: string) => Promise<Coverage>

export const createCoverage =
  ({ clock, examplesOf, questionsOf, declaredBy }: CoverageDeps): CoverageOf =>
  async ({ application, manifest }, stage) => {
    const since = later(clock(), -WINDOW_MS)
    const questions = await questionsOf({ application, stage, since, limit: MOST_QUESTIONS })
    const cases = (await casesOf(manifest, examplesOf)).map((example) => lastUserTurn(turnsOf(example)))
    if (questions.length === 0) return coverageOfTask({ kinds: await declaredBy(application), cases })
    return coverageOfTraffic({ questions, cases })
  }

export const createCoverageProducer = (coverageOf: CoverageOf): Producer => ({
  name: NAME,
  checks: ['eval.coverage'],
  quote: async () => FREE,
  async run({ release, by }): Promise<EvidenceDraft[]> {
    const coverage = await coverageOf(release, 'pilot')
    if (coverage.basis === 'declared') return []
    const { questions, coveredShare, interval, uncovered, groups, cases } = coverage
    return [
      {
        application: release.application,
        release: release.id,
        check: 'eval.coverage',
        summary: summaryOf(coverage),
        facts: {
          coveredShare: { value: coveredShare, n: questions, unit: 'share', ...(interval && { interval }) },
          uncoveredListed: { value: true },
          groups: { value: groups },
          uncoveredGroups: { value: uncovered.length },
          cases: { value: cases },
          method: { value: 'words that texts share (tf-idf), no model of meaning' },
        },
        inputs: partsOf(release.manifest).filter(({ kind }) => kind === 'suite' || kind === 'dataset'),
        producer: { name: NAME, version: '1' },
        trust: 'measured',
        by,
      },
    ]
  },
})

function summaryOf({ questions, groups, coveredShare, uncovered }: Coverage): string {
  if (coveredShare === null)
    return `Only ${questions} questions came in the pilot; from ${LEAST_QUESTIONS} on a share is said.`
  const named = uncovered
    .slice(0, NAMED_GROUPS)
    .map(({ words, questions: n, cases }) => `${words.join(' ')} (${n} asked, ${cases} cases)`)
  const more = uncovered.length > NAMED_GROUPS ? `, and ${uncovered.length - NAMED_GROUPS} more` : ''
  return `${(coveredShare * 100).toFixed(1)} % of ${questions} questions are in groups with at least ${ENOUGH_CASES} cases, of ${groups} groups by the words that they share. ${named.length === 0 ? 'None is left out.' : `Not covered: ${named.join(', ')}${more}.`}`
}

/** Each case once, of the splits that suites measure on. */
async function casesOf(manifest: Manifest, examplesOf: ExamplesOf): Promise<Example[]> {
  const cases = new Map<string, Example>()
  for (const part of manifest.datasets) {
    const splits = new Set(manifest.suites.flatMap((suite) => (suite.dataset === part.name ? suite.splits : [])))
    if (splits.size === 0) continue
    for await (const piece of examplesOf.pieces(part)) {
      for (const example of piece)
        if (splits.has(example.split) && cases.size < MOST_CASES) cases.set(`${part.name} ${example.id}`, example)
      if (cases.size >= MOST_CASES) break
    }
  }
  return [...cases.values()]
}
