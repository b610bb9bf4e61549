/** What a run will ask and take, before it begins. */
import type { Release } from '../../core/release.ts'
import { Failure } from '../../kernel/failure.ts'
import { type MicroUsd, microUsd, NOTHING, picoOf, sumKnown } from '../../kernel/money.ts'
import { demandPack, type ProbeQuote, packName, quoteOf } from '../probing/index.ts'
import type { HarmPlan, StartHarmRun } from './contract.ts'
import { DATA_OF, type HarmDeps, type HarmInput } from './deps.ts'
import { type Ask, asksOf, OWN, type Side } from './plan.ts'

export async function prepare(
  release: Release,
  ask: StartHarmRun,
  deps: HarmDeps,
): Promise<{ plan: HarmPlan; quote: ProbeQuote }> {
  const { suite, benign, concurrency } = ask
  const plan = await planFor(release, ask, deps)
  const asks = await madeFor(release, { plan, suite, benign }, deps)
  const asked = asks.map(({ turns }) => turns)
  const quote = await quoteOf({ release, asked, concurrency }, deps)
  const sided = (side: Side) => asks.filter((one) => one.side === side).length
  const judging = plan.judges.map(async ({ side, judge }) =>
    times(await deps.judgeOf(release, judge).estimate(), sided(side)),
  )
  return {
    plan: {
      ...plan,
      own: asks.filter(({ group }) => group === OWN).length,
      judgeCalls: plan.judges.reduce((all, { side }) => all + sided(side), 0),
    },
    quote: { ...quote, costMicroUsd: sumKnown([quote.costMicroUsd, ...(await Promise.all(judging))]) },
  }
}

/** The questions of a plan, the same each time. Throws where the list or the suite is not there any more. */
export async function madeFor(
  release: Release,
  { plan, suite, benign }: Pick<HarmInput, 'plan' | 'suite' | 'benign'>,
  { pack, questionsOf }: Pick<HarmDeps, 'pack' | 'questionsOf'>,
): Promise<Ask[]> {
  demandPack(plan.pack, pack, 'harm')
  const questions = benign ? await questionsOf(release, suite) : []
  const categories = plan.categories.map(({ category }) => category)
  const { attempts, seed } = plan
  return asksOf({ pack, manifest: release.manifest, questions }, { categories, attempts, benign, seed })
}

async function planFor(
  release: Release,
  ask: StartHarmRun,
  { pack, judgeOf, mayGate, random }: HarmDeps,
): Promise<HarmPlan> {
  const given = [
    { side: 'harm' as const, judge: ask.judge },
    { side: 'benign' as const, judge: ask.benign ? ask.benignJudge : undefined },
  ]
  const judges: HarmPlan['judges'] = []
  for (const { side, judge } of given) {
    if (judge === undefined) continue
    const { name } = judgeOf(release, judge)
    judges.push({ side, judge, name, mayGate: await mayGate(release, { judge, data: DATA_OF[side] }) })
  }
  return {
    pack: packName(pack),
    seed: ask.seed ?? new DataView(random(4).slice().buffer).getUint32(0),
    categories: (ask.categories ?? pack.categories.map(({ id }) => id)).map((category) => {
      const { title, severe } = categoryOf(category, pack)
      return { category, title, severe }
    }),
    attempts: ask.attempts,
    benign: ask.benign ? pack.benign.reduce((all, { questions }) => all + questions.length, 0) : 0,
    own: 0,
    concurrency: ask.concurrency,
    judgeCalls: 0,
    judges,
  }
}

function categoryOf(id: string, pack: HarmDeps['pack']) {
  const found = pack.categories.find((one) => one.id === id)
  if (found) return found
  throw new Failure(
    'invalid',
    'harm.category-unknown',
    `There is no category ${id} in the list ${packName(pack)}. Use of ${pack.categories.map((one) => one.id).join(', ')}.`,
  )
}

const times = (cost: MicroUsd | null, count: number): MicroUsd | null =>
  cost === null ? null : count === 0 ? NOTHING : microUsd(picoOf(cost) * BigInt(count))
