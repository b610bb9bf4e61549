/** `prod.canary`: was the release brought into production by its rule? Read from the log of its rollout, made again. */
import type { Producer } from '../../core/producer.ts'
import { FREE } from '../../core/producer.ts'
import type { ServedRollout } from '../served.ts'
import type { Rollouts } from './rollouts.ts'

export const createCanaryProducer = (rollouts: Pick<Rollouts, 'list' | 'replay' | 'history'>): Producer => ({
  name: 'delivery.canary',
  checks: ['prod.canary'],
  quote: async () => FREE,
  async run({ release, by }) {
    const filter = { application: release.application, stage: 'production' as const, release: release.id }
    const { items } = await rollouts.list(filter, { limit: 100 })
    // A switch decides nothing; a drill and a way back are switches.
    const found = items.find((one) => one.candidate === release.id && isCompared(one) && one.endedAt !== null)
    if (!found) return []
    const replay = await rollouts.replay(found.id)
    const points = await rollouts.history(found.id)
    const isReplayed = replay.replayed > 0 && replay.differing.length === 0
    const isHeld = points.every(({ sampleRatio }) => !sampleRatio.mismatch)
    const isThrough = found.state === 'completed'
    return [
      {
        application: release.application,
        release: release.id,
        check: 'prod.canary',
        summary: `The rollout of r${release.number} in production is ${found.state}; ${replay.same} of ${replay.replayed} decisions come out the same when they are made again.`,
        facts: {
          promotedByRule: { value: isThrough && isReplayed },
          sampleRatioHeld: { value: isHeld },
          state: { value: found.state },
          decisions: { value: replay.replayed },
          same: { value: replay.same, n: replay.replayed },
        },
        inputs: [{ kind: 'release', name: release.application, digest: release.digest }],
        producer: { name: 'delivery.canary', version: '1' },
        trust: 'measured',
        by,
        source: `rollout ${found.id}`,
      },
    ]
  },
})

/** A shadow compares, and brings nothing into production. */
const isCompared = ({ plan }: ServedRollout): boolean =>
  plan.strategy !== 'shadow' && (plan.steps.length > 1 || plan.strategy !== 'canary')
