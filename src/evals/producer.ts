/**
 * Answers `eval.smoke` and `eval.regress` for a gate: measures every suite of the release against the
 * baseline, and against the release that it would replace, and waits for the experiments.
 *
 * The evidence is recorded by the experiments themselves, also by those that a person starts; so `run`
 * returns no further drafts.
 */
import type { ActorId } from '../core/actor.ts'
import type { EvidenceDraft } from '../core/evidence.ts'
import type { ProducerContext, ProducerQuote } from '../core/producer.ts'
import type { Release } from '../core/release.ts'
import { Failure } from '../kernel/failure.ts'
import { sumKnown } from '../kernel/money.ts'
import { sleep } from '../kernel/time.ts'
import type { EvalsDeps } from './deps.ts'
import type { Against, Experiment, ExperimentId, Quote } from './experiment.ts'
import { isBaseline } from './experiment-plan.ts'

/** What a gate's run says, as far as it matters here. */
export type Asked = Pick<ProducerContext, 'release' | 'by' | 'signal'> & Partial<Pick<ProducerContext, 'checks'>>
export type EvalsProducer = {
  readonly name: 'evals'
  readonly checks: readonly ['eval.smoke', 'eval.regress']
  quote(context: Asked): Promise<ProducerQuote>
  run(context: Asked): Promise<EvidenceDraft[]>
}

type Ask = { release: Release; suite: string; against: Against }
const POLL_MS = 100
const OPEN: readonly Experiment['state'][] = ['queued', 'running']

export function createEvalsProducer({
  releaseBefore,
  quote,
  start,
  get,
}: Pick<EvalsDeps, 'releaseBefore'> & {
  quote: (ask: Ask) => Promise<Quote>
  /** Starts an experiment, or finds the one under way that measures the same. */
  start: (ask: Ask & { by: ActorId }) => Promise<ExperimentId>
  get: (id: ExperimentId) => Promise<Experiment>
}): EvalsProducer {
  async function asks({ release, checks }: Asked): Promise<Ask[]> {
    const isWanted = (check: string) => checks === undefined || checks.includes(check)
    const against: Against[] = []
    if (isWanted('eval.smoke') && release.manifest.baseline && !isBaseline(release.manifest)) against.push('baseline')
    const before = isWanted('eval.regress') ? await releaseBefore(release.application, release.id) : undefined
    if (before !== undefined && before !== release.id) against.push(before)
    return against.flatMap((one) => release.manifest.suites.map(({ name }) => ({ release, suite: name, against: one })))
  }

  async function ended(id: ExperimentId, signal: AbortSignal): Promise<Experiment> {
    for (;;) {
      const experiment = await get(id)
      if (!OPEN.includes(experiment.state)) return experiment
      await sleep(POLL_MS, signal)
    }
  }

  return {
    name: 'evals',
    checks: ['eval.smoke', 'eval.regress'],
    async quote(context) {
      const quotes = await Promise.all((await asks(context)).map(quote))
      return {
        calls: quotes.reduce((sum, { calls }) => sum + calls, 0),
        costMicroUsd: sumKnown(quotes.map(({ costMicroUsd }) => costMicroUsd)),
        minutes: quotes.reduce((sum, { minutes }) => sum + minutes, 0),
      }
    },
    async run(context) {
      const started: ExperimentId[] = []
      for (const ask of await asks(context)) started.push(await start({ ...ask, by: context.by }))
      for (const id of started) {
        const { state, error, suite } = await ended(id, context.signal)
        if (state !== 'succeeded')
          throw new Failure(
            'conflict',
            'evals.experiment-not-finished',
            `The experiment ${id} over ${suite} is ${state}${error ? `: ${error}` : ''}. Look at its rows, then run the gate again.`,
          )
      }
      return []
    },
  }
}
