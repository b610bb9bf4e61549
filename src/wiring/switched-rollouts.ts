/**
 * A candidate that is switched off in the middle of its rollout: whoever it would answer is answered by the release in
 * force, from the next request on, and the rollout is aborted with the switch's reason. A release in force that is off
 * refuses, because nothing stands behind it.
 */
import type { Access } from '../access/index.ts'
import { whyNobodyAnswers } from '../core/fallbacks.ts'
import type { LiveStage, LiveTable } from '../core/live-table.ts'
import type { ReleaseId } from '../core/release.ts'
import type { RolloutId } from '../core/rollout.ts'
import { Stage } from '../core/stage.ts'
import type { Delivery } from '../delivery/index.ts'
import { Failure } from '../kernel/failure.ts'

type Switches = Pick<Access['switches'], 'list' | 'whyOff'>

export function watchCandidates({
  switches,
  delivery,
  systemActor,
}: {
  switches: Switches
  delivery: Pick<Delivery, 'liveTable' | 'releaseInMemory' | 'rollouts' | 'tick'>
  systemActor: Access['systemActor']
}) {
  /** Why the candidate may not answer while the release in force may; undefined when nothing is to be done. */
  function whyAside({ release, rollout }: LiveStage, stage: Stage): string | undefined {
    if (!rollout) return undefined
    const why = whyOff(rollout.candidate, stage)
    return why !== undefined && whyOff(release, stage) === undefined ? why : undefined
  }

  function whyOff(id: ReleaseId, stage: Stage): string | undefined {
    const release = delivery.releaseInMemory(id)
    const whyNot = (model: string) =>
      switches.whyOff('model', model) ?? switches.whyOff('provider', model.split('/', 1)[0] ?? '')
    return switches.whyOff('release', id) ?? (release && whyNobodyAnswers(release.manifest, { stage, whyNot }))
  }

  return {
    /** The live table without candidates that are off. */
    live(): LiveTable {
      const table = delivery.liveTable()
      if (switches.list().length === 0) return table
      const applications = Object.entries(table.applications).map(([name, { stages }]) => {
        const entries = Object.entries(stages).map(([stage, live]) => [
          stage,
          whyAside(live, Stage.parse(stage)) === undefined ? live : { ...live, rollout: null },
        ])
        return [name, { stages: Object.fromEntries(entries) }]
      })
      return { ...table, applications: Object.fromEntries(applications) }
    },

    /** Each second: rollouts of candidates that are off end, the others go on. */
    async tick(): Promise<void> {
      if (switches.list().length > 0)
        for (const { stages } of Object.values(delivery.liveTable().applications))
          for (const [stage, live] of Object.entries(stages)) {
            const why = whyAside(live, Stage.parse(stage))
            if (why !== undefined && live.rollout) await abort(live.rollout.id, why)
          }
      await delivery.tick()
    },
  }

  async function abort(id: RolloutId, why: string): Promise<void> {
    await delivery.rollouts
      .abort({ id, by: systemActor, reason: why.replace(/ Nothing is wrong with.*$/, '') })
      .catch((thrown) => {
        // Another process, or a person, was quicker.
        if (!(thrown instanceof Failure) || thrown.code !== 'delivery.rollout-ended') throw thrown
      })
  }
}
