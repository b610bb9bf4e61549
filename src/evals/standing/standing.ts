/**
 * Whether each suite of an application was measured as the application stands now.
 *
 * Invariant: what counts is the digest over all that the scores depend on, so that a release which changed nothing of it
 * is measured by the run of an older one, and one that changed anything is not.
 */
import { type Manifest, type Part, partsOf, type SuitePart } from '../../core/manifest.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import type { Digest } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'
import { prepareEvaluators } from '../evaluators/index.ts'
import type { Experiment, ExperimentState } from '../experiment.ts'
import type { ExperimentPlan } from '../experiment-plan.ts'
import type { SuiteRun, SuiteStanding } from './contract.ts'

export type StandingDeps = {
  readonly newestReleaseOf: (application: string) => Promise<Release | undefined>
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
  readonly planOf: (ask: { release: Release; suite: string }) => Promise<ExperimentPlan>
  /** Experiments of a suite that ended well, the newest first. */
  readonly runsOf: (ask: { application: string; suite: string }) => Promise<Experiment[]>
  readonly newestMeasuring: (measures: Digest, states: readonly ExperimentState[]) => Promise<Experiment | undefined>
}

export async function listStandings(
  application: string,
  deps: StandingDeps,
): Promise<{ release: ReleaseId | null; items: SuiteStanding[] }> {
  const release = await deps.newestReleaseOf(application)
  if (!release) return { release: null, items: [] }
  const items: SuiteStanding[] = []
  for (const suite of release.manifest.suites) items.push(await standingOf(release, suite, deps))
  return { release: release.id, items }
}

async function standingOf(release: Release, suite: SuitePart, deps: StandingDeps): Promise<SuiteStanding> {
  const { evaluators, ...rest } = suite
  const data = release.manifest.datasets.find(({ name }) => name === suite.dataset)
  const runs = await deps.runsOf({ application: release.application, suite: suite.name })
  const shared = {
    ...rest,
    evaluators: prepareEvaluators(evaluators).map(({ key, evaluator: { id, version }, judge }) => ({
      key,
      id,
      version,
      judge: judge ? { model: judge.model, digest: judge.digest } : null,
    })),
    data: data
      ? {
          name: data.name,
          digest: data.digest,
          rows: data.rows,
          splits: data.splits,
          ...(data.from && { from: data.from }),
        }
      : null,
    runs: runs.map(asRun),
  }
  try {
    const plan = await deps.planOf({ release, suite: suite.name })
    return { ...shared, examples: plan.examples.length, ...(await decide(plan, runs[0], deps)) }
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown
    return { ...shared, examples: 0, standing: 'unusable', why: thrown.message, changed: [] }
  }
}

async function decide(
  plan: ExperimentPlan,
  last: Experiment | undefined,
  deps: StandingDeps,
): Promise<Pick<SuiteStanding, 'standing' | 'why' | 'changed'>> {
  if (await deps.newestMeasuring(plan.measures, ['succeeded']))
    return { standing: 'measured', why: 'Exactly what stands now was measured.', changed: [] }
  if (await deps.newestMeasuring(plan.measures, ['queued', 'running']))
    return { standing: 'running', why: 'It is being measured.', changed: [] }
  if (!last) return { standing: 'never', why: 'It was not measured yet.', changed: [] }
  const changed = changesOf(plan.inputs, (await deps.releaseOf(last.release)).manifest)
  return changed.length === 0
    ? { standing: 'never', why: 'It was measured against something else only, or with variants.', changed }
    : { standing: 'changed', why: `Changed without a run: ${changed.join(', ')}.`, changed }
}

/** What is another thing now than in the release that was measured last. */
function changesOf(inputs: readonly Part[], before: Manifest): string[] {
  const digests = new Map(partsOf(before).map(({ kind, name, digest }) => [`${kind} ${name}`, digest]))
  return inputs.flatMap(({ kind, name, digest }) =>
    digests.get(`${kind} ${name}`) === digest ? [] : [`${kind} ${name}`],
  )
}

const asRun = ({ id, release, finishedAt, createdAt, arms, comparison, primary }: Experiment): SuiteRun => ({
  experiment: id,
  release,
  at: finishedAt ?? createdAt,
  score: arms.find(({ arm }) => arm === 'candidate')?.scores.find(({ evaluator }) => evaluator === primary) ?? null,
  verdict: comparison[0]?.verdict ?? null,
})
