/**
 * Stand-ins of a release, that is fallbacks and targets of routes, each beside the model that is meant: the newest runs
 * of both suites on one dataset, compared pair by pair as arms of several experiments are. Nothing is run or kept.
 */
import { fallbacksOf, measuredAlone, replacementsOf } from '../../core/fallbacks.ts'
import type { SuitePart } from '../../core/manifest.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import { Failure } from '../../kernel/failure.ts'
import type { ArmsComparison, CompareArms } from '../arms/index.ts'
import type { Experiment, ExperimentId } from '../experiment.ts'
import type { Comparison } from '../results.ts'
import type { StandIn } from './contract.ts'

export type StandInsDeps = {
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
  readonly compare: CompareArms
  /** The newest experiment that has ended with this suite on this release; undefined where there is none. */
  readonly newestOf: (ask: { release: ReleaseId; suite: string }) => Promise<Experiment | undefined>
}

type Named = Pick<StandIn, 'name' | 'as'>

export async function standInsOf(release: Release, deps: StandInsDeps): Promise<StandIn[]> {
  const { flow } = release.manifest
  const fallbacks = fallbacksOf(flow)
  const found: StandIn[] = []
  for (const name of replacementsOf(flow)) {
    const named: Named = { name, as: fallbacks.includes(name) ? 'fallback' : 'target' }
    found.push(await standInOf(release, named, deps))
  }
  return found
}

async function standInOf({ id, application, manifest }: Release, named: Named, deps: StandInsDeps): Promise<StandIn> {
  const own = manifest.suites.find((suite) => measuredAlone(suite) === named.name)
  const against = own && manifest.suites.find((suite) => isOfMeant(suite) && isAlike(suite, own))
  const open = { ...named, suite: own?.name ?? null, against: against?.name ?? null, arms: null, comparison: null }
  if (!own)
    return { ...open, words: `No suite measures ${named.name} alone. Write one with \`${named.as}: ${named.name}\`.` }
  if (!against)
    return {
      ...open,
      words: `No suite measures the model that is meant on ${own.dataset} with ${own.primary} as primary score.`,
    }
  const [runOfMeant, runOfOwn] = [
    await deps.newestOf({ release: id, suite: against.name }),
    await deps.newestOf({ release: id, suite: own.name }),
  ]
  if (!runOfMeant || !runOfOwn)
    return {
      ...open,
      words: `Not run yet: ${[...(runOfMeant ? [] : [against.name]), ...(runOfOwn ? [] : [own.name])].join(' and ')}. Run \`airworthy eval\`.`,
    }
  const arms = { meant: armOf(runOfMeant.id), standIn: armOf(runOfOwn.id) }
  try {
    const compared = await deps.compare({
      application,
      arms: `${arms.meant},${arms.standIn}`,
      reference: arms.meant,
    })
    const comparison = primaryOf(compared)
    return { ...open, arms, comparison, words: inWords(named, comparison, runOfMeant) }
  } catch (thrown) {
    // Runs of other versions of a dataset may have nothing in common, and those of many rows are counted by a job.
    if (!(thrown instanceof Failure)) throw thrown
    return { ...open, arms, words: thrown.message }
  }
}

const isOfMeant = (suite: SuitePart): boolean => measuredAlone(suite) === undefined && suite.prompt === undefined

const isAlike = (one: SuitePart, other: SuitePart): boolean =>
  one.dataset === other.dataset && one.primary === other.primary

const armOf = (experiment: ExperimentId) => `${experiment}:candidate`

const primaryOf = ({ comparisons, primary }: ArmsComparison): Comparison | null =>
  comparisons[0]?.comparison.find(({ evaluator }) => evaluator === primary) ?? null

function inWords({ name }: Named, comparison: Comparison | null, { primary }: Experiment): string {
  if (!comparison || comparison.difference === null)
    return `There is no pair of answers of which ${primary} could score both.`
  const { difference, interval, n, margin, verdict } = comparison
  const between = interval ? `, ${rounded(interval.low)} to ${rounded(interval.high)}` : ''
  return `Where ${name} answers, ${primary} differs by ${rounded(difference)}${between}, over ${n} pairs: ${verdict}, with differences up to ${margin} counted as none.`
}

const rounded = (value: number): string => `${value > 0 ? '+' : ''}${Math.round(value * 1000) / 1000}`
