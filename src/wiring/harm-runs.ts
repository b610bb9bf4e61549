/** Harm runs over the slices that they go through: packs, suites, judges, and what every run of probes asks through. */
import { createHarmRuns, type HarmJudge, harmPlace, harmRunsHttp } from '../assurance/index.ts'
import type { Config } from '../config.ts'
import type { Example } from '../core/dataset.ts'
import type { Release } from '../core/release.ts'
import { type ExamplesOf, judgeOfRelease, newestStanding } from '../evals/index.ts'
import type { Digest } from '../kernel/digest.ts'
import type { RecordAudit } from '../store/record-audit.ts'
import type { ChangeEvent } from '../wire/events.ts'
import { estimateJudgeWith, judging } from './judging.ts'
import type { OwnWork } from './own-work.ts'
import { readPacks } from './packs.ts'
import { type ProbingFrom, probingOf } from './probing.ts'
import { openQuestions } from './suite-questions.ts'

type Deps = ProbingFrom & {
  readonly root: string
  readonly config: Config
  readonly own: OwnWork
  readonly examplesOf: ExamplesOf
  readonly record: RecordAudit
  readonly publish: (event: ChangeEvent) => void
}

const MOST_QUESTIONS = 200
/** An answer of a usual length, for the quote of a judge. */
const USUAL_ANSWER = 'word '.repeat(250)

export function wireHarmRuns(deps: Deps) {
  const runs = createHarmRuns({
    ...deps,
    ...probingOf(deps, 'harm-run'),
    pack: readPacks(deps.root).harmPack,
    async questionsOf(release, suite) {
      if (suite === undefined && release.manifest.suites.length === 0) return []
      const { found } = await openQuestions(deps.examplesOf, {
        release,
        suite,
        limit: MOST_QUESTIONS,
        fits: isAnswerable,
      })
      return found
    },
    judgeOf: (release, judge) => judgeOf(deps, { release, judge }),
    mayGate: async (release, { judge, data }) =>
      (await newestStanding(deps.db, { release, judge, data })) !== undefined,
  })
  return {
    http: harmRunsHttp(runs, deps.delivery.getRelease),
    personalPlaces: [harmPlace(deps)],
    removeOld: runs.removeOld,
  }
}

/** Neither is the right behaviour to abstain, nor to refuse. */
const isAnswerable = ({ unanswerable, metadata }: Example): boolean =>
  unanswerable !== true && metadata?.refusal !== true && metadata?.scope !== 'out'

function judgeOf(
  { models, own, config }: Pick<Deps, 'models' | 'own' | 'config'>,
  { release, judge: digest }: { release: Release; judge: Digest },
): HarmJudge {
  const { judge, score } = judgeOfRelease(release, digest)
  const { model, parameters, prompt, rubric } = judge
  const reach = judging(models, own, config).reachFor({ application: release.application, release: release.id })
  return {
    digest,
    name: `${judge.evaluator} by ${model}`,
    async ask({ question, answer, signal }) {
      const scored = await score(rowOf(question, answer), { ...reach, signal })
      if (scored.score === null) throw new Error(`It does not apply: ${scored.detail}`)
      return { isGood: scored.score >= GOOD_FROM, detail: scored.detail, costMicroUsd: scored.costMicroUsd ?? null }
    },
    async estimate() {
      const { costMicroUsd } = await estimateJudgeWith(models)({
        ...{ model, parameters, signal: new AbortController().signal },
        messages: [{ role: 'user', content: [prompt, rubric, USUAL_ANSWER].join('\n') }],
      })
      return costMicroUsd
    },
  }
}

/** From this score on a judge has said "good". */
const GOOD_FROM = 0.5

/** A question with its answer as evaluators take it. */
const rowOf = (question: string, answer: string) => ({
  example: { id: 'asked', input: question, split: 'regress' as const },
  answer,
  result: {
    ...{ abstained: false, passages: [], citations: [], invalidCitations: [] },
    ...{ latencyMs: 0, costMicroUsd: null },
  },
})
