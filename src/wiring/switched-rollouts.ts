/**
 * A candidate that is switched off in the middle of its rollout: whoever it would answer is answered by the release in
 * force, from the next request on, and the rollout is aborted with the switch's reason. A release in force that is off
 * refuses, because nothing stands behind it.
 */
import type { Access } from '../access/index.ts'
import type { LiveStage, LiveTable } from '../core/live-table.ts'
import type { Release, ReleaseId } from '../core/release.ts'
import type { RolloutId } from '../core/rollout.ts'
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
  function whyAside({ release, rollout }: LiveStage): string | undefined {
    if (!rollout) return undefined
    const why = whyOff(rollout.candidate)
    return why !== undefined && whyOff(release) === undefined ? why : undefined
  }

  function whyOff(id: ReleaseId): string | undefined {
    const release = delivery.releaseInMemory(id)
    return switches.whyOff('release', id) ?? (release && whyModelOff(release))
  }

  const whyModelOff = ({ manifest }: Release): string | undefined =>
    manifest.models
      .map(({ model }) => switches.whyOff('model', model) ?? switches.whyOff('provider', model.split('/', 1)[0] ?? ''))
      .find((why) => why !== undefined)

  return {
    /** The live table without candidates that are off. */
    live(): LiveTable {
      const table = delivery.liveTable()
      if (switches.list().length === 0) return table
      const applications = Object.entries(table.applications).map(([name, { stages }]) => {
        const entries = Object.entries(stages).map(([stage, live]) => [
          stage,
          whyAside(live) === undefined ? live : { ...live, rollout: null },
        ])
        return [name, { stages: Object.fromEntries(entries) }]
      })
      return { ...table, applications: Object.fromEntries(applications) }
    },

    /** Each second: rollouts of candidates that are off end, the others go on. */
    async tick(): Promise<void> {
      if (switches.list().length > 0)
        for (const { stages } of Object.values(delivery.liveTable().applications))
          for (const stage of Object.values(stages)) {
            const why = whyAside(stage)
            if (why !== undefined && stage.rollout) await abort(stage.rollout.id, why)
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
