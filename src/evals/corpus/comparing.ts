/**
 * Arms of several experiments held against one of them in figures over a corpus. Rows are read twice: first who answered
 * which example, then what the answers say, because an example that only one of two arms answered belongs to neither.
 */
import { z } from 'zod'
import { digestOf } from '../../kernel/digest.ts'
import { type ArmsAsk, type ArmsDeps, LEFT_OUT, placesOf, planComparison, rowsCompared } from '../arms/index.ts'
import { type Cases, idAt } from '../columns/index.ts'
import { NAMED_EXCLUDED } from '../comparison.ts'
import type { OnRows } from '../counted-apart.ts'
import { counted } from '../counting.ts'
import type { ExperimentId } from '../experiment.ts'
import { numbersOf } from '../numbers/index.ts'
import { corrected } from '../summary.ts'
import { type CorpusComparison, CorpusComparisons } from './contract.ts'
import { type CorpusDeps, corpusApart, ROWS_AT_ONCE, rowsOf } from './corpus.ts'
import type { CorpusRow } from './counts.ts'

const COMPARE_CORPUS = 'evals.compare-corpus'
const Input = z.object({
  arms: z.string(),
  reference: z.string().optional(),
  margin: z.number().optional(),
  rows: z.number(),
})

export type CorpusAsk = ArmsAsk & {
  /** That of the reference's suite when left out. */
  readonly margin?: number | undefined
}
export type CompareCorpus = (ask: CorpusAsk & { application: string }) => Promise<CorpusComparisons>

/** Registers the job. What it returns throws `evals.counting` while one counts. */
export function createCompareCorpus(deps: CorpusDeps): CompareCorpus {
  deps.jobs.handle(COMPARE_CORPUS, async ({ job, signal, progress }) => {
    const { rows, ...ask } = Input.parse(job.input)
    return compareCorpus(ask, deps, (done) => {
      signal.throwIfAborted()
      return progress(done, rows, 'comparison of corpora')
    })
  })
  return async ({ application, ...asked }) => {
    const ask = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as CorpusAsk
    const rows = await rowsCompared(ask, deps)
    if (rows <= ROWS_AT_ONCE) return compareCorpus(ask, deps)
    const job = await counted(deps, {
      what: 'The comparison of these corpora',
      kind: COMPARE_CORPUS,
      key: digestOf({ ...ask, program: deps.programVersion }),
      input: { ...ask, application, rows },
    })
    return CorpusComparisons.parse(job.result)
  }
}

async function compareCorpus(
  ask: CorpusAsk,
  deps: ArmsDeps,
  onRows: OnRows = async () => {},
): Promise<CorpusComparisons> {
  const { asked, first, sources, base } = await planComparison(ask, deps)
  await using places = await placesOf([...sources.values()], base, deps)
  const { cases, byNumber, changed } = places
  const margin = ask.margin ?? base.suite.margin
  const others = asked.filter(({ as }) => as !== first.as)
  /** By experiment what its arms are called here, and where its examples stand. */
  const read = [...sources].map(([id, { dataset }]) => ({
    id,
    dataset,
    names: new Map(asked.filter(({ experiment }) => experiment === id).map(({ arm, as }) => [arm, as])),
    placeOf: (number: number) => byNumber.get(id)?.[number] ?? LEFT_OUT,
  }))
  const { ran, answers } = await answersBy({ db: deps.db, arms: asked.map(({ as }) => as), read, count: cases.count })
  const hasReference = new Uint8Array(cases.count)
  const answered = (as: string, place: number) => (answers.get(as)?.[place] ?? 0) > 0
  const pairsAt = (as: string, place: number) =>
    others.flatMap((other, at) =>
      (as === other.as && answered(first.as, place)) || (as === first.as && answered(other.as, place)) ? [at] : [],
    )
  async function* rows(): AsyncGenerator<readonly CorpusRow[]> {
    for (const { id, dataset, names, placeOf } of read)
      for await (const page of rowsOf({ ...deps, experiment: id, part: dataset }))
        yield page.flatMap((row) => {
          const [as, place] = [names.get(row.arm), placeOf(row.exampleNumber)]
          if (as === undefined || place === LEFT_OUT) return []
          if (row.references.length > 0) hasReference[place] = 1
          const share = 1 / (answers.get(as)?.[place] || 1)
          const cluster = cases.clusters[place] ?? place
          return [{ ...row, arm: as, exampleNumber: place, cluster, pairs: pairsAt(as, place), share }]
        })
  }
  const found = await corpusApart(
    {
      arms: asked.map(({ as }) => as),
      pairs: others.map(({ as }) => ({ arm: as, to: first.as })),
      margin,
      seed: base.experiment.seed,
    },
    rows(),
    {
      onRows,
      lastWord: () =>
        others.map(({ as }) =>
          excludedOf(cases, ran, (place) => answered(as, place) && answered(first.as, place) && !!hasReference[place]),
        ),
    },
  )
  const idOf = new Map(asked.map(({ as, id }) => [as, id]))
  const comparisons = others.map(({ id }, at) => ({ arm: id, comparison: found.pairs[at] ?? [] }))
  return {
    application: base.experiment.application,
    reference: first.id,
    dataset: { name: base.dataset.name, digest: base.dataset.digest },
    margin,
    arms: found.arms.map((one) => ({ ...one, arm: idOf.get(one.arm) ?? first.id })),
    comparisons: corrected<{ arm: typeof first.id; comparison: CorpusComparison[] }>(comparisons),
    changed,
  }
}

type Read = {
  readonly id: ExperimentId
  readonly names: ReadonlyMap<string, string>
  readonly placeOf: (number: number) => number
}

/** Which examples were asked, and how many answers each arm gave to each of them. */
async function answersBy({
  db,
  arms,
  read,
  count,
}: Pick<ArmsDeps, 'db'> & { arms: readonly string[]; read: readonly Read[]; count: number }) {
  const answers = new Map(arms.map((as) => [as, new Uint16Array(count)]))
  const ran = new Uint8Array(count)
  for (const { id, names, placeOf } of read)
    for await (const page of numbersOf(db, { experiment: id, evaluators: [] }))
      for (const { arm, exampleNumber, isFailed } of page) {
        const given = answers.get(names.get(arm) ?? '')
        const place = placeOf(exampleNumber)
        if (!given || place === LEFT_OUT) continue
        ran[place] = 1
        if (!isFailed) given[place] = (given[place] ?? 0) + 1
      }
  return { ran, answers }
}

/** Examples that somebody was asked and that are in no pair. */
function excludedOf(
  { ids }: Pick<Cases, 'ids'>,
  ran: Uint8Array,
  isPaired: (place: number) => boolean,
): CorpusComparison['excluded'] {
  const examples: string[] = []
  let count = 0
  for (const [place, wasAsked] of ran.entries()) {
    if (wasAsked === 0 || isPaired(place)) continue
    count += 1
    if (examples.length < NAMED_EXCLUDED) examples.push(idAt(ids, place))
  }
  return { count, examples }
}
