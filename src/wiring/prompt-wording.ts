/** What the stability of a prompt's wording reads of an experiment: its arms in other words beside the release itself. */
import { compare, type Evals, type ExperimentId } from '../evals/index.ts'
import { seededRandom } from '../kernel/random.ts'
import type { MeasuredWordings } from '../prompts/index.ts'

const PAGE = 1000
const REFERENCE = 'candidate'

export const wordingsIn =
  ({ evals }: { evals: Pick<Evals, 'get' | 'rows'> }) =>
  async (experiment: string): Promise<MeasuredWordings> => {
    const id = experiment as ExperimentId
    const { application, state, primary, arms, further, seed } = await evals.get(id)
    const candidate = arms.find(({ arm }) => arm === REFERENCE)
    const score = candidate?.scores.find(({ evaluator }) => evaluator === primary)
    const comparisons = further.flatMap(({ arm, to, comparison }) => {
      const found = comparison.find(({ evaluator }) => evaluator === primary)
      return to === REFERENCE && found ? [[arm, found] as const] : []
    })
    return {
      ...{ application, state, primary },
      better: score?.better ?? 'higher',
      measured: candidate?.behaviour ?? [],
      arms: arms.map(({ arm }) => arm),
      comparisons: new Map(comparisons),
      async rows() {
        const rows: Awaited<ReturnType<MeasuredWordings['rows']>>[number][] = []
        for (const arm of [REFERENCE, ...new Map(comparisons).keys()])
          for (let cursor: string | undefined; ; ) {
            const page = await evals.rows({ id, arm, order: 'dataset', cursor, limit: PAGE })
            for (const { example, cluster, scores } of page.items)
              rows.push({ arm, example, cluster: cluster ?? example, score: scores[primary]?.score ?? null })
            if (page.next === null) break
            cursor = page.next
          }
        return rows
      },
      compare: ({ first, second, clusters }, level) =>
        compare(
          first.map((candidateScore, at) => ({
            candidate: candidateScore,
            control: second[at] ?? Number.NaN,
            cluster: clusters[at] ?? '',
          })),
          {
            evaluator: primary,
            kind: score?.kind ?? 'mean',
            unit: score?.unit ?? 'share',
            better: score?.better ?? 'higher',
            margin: 0,
            // Resampling knows no other level than 95 %.
            intervals: 'clustered-t',
            random: seededRandom(seed),
            level,
            excluded: [],
          },
        ).interval,
    }
  }
