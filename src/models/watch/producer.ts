/** Answers `prod.external`: whether what a release asks of others is still what it was measured on. */
import type { EvidenceDraft } from '../../core/evidence.ts'
import { partsOf } from '../../core/manifest.ts'
import { FREE, type Producer } from '../../core/producer.ts'
import { age, type Clock, DAY } from '../../kernel/time.ts'
import { watchedIn } from './fingerprint.ts'
import type { ModelWatch } from './watch.ts'

export const externalProducer = ({
  clock,
  watch,
}: {
  clock: Clock
  watch: Pick<ModelWatch, 'newestOf' | 'openTasksOf' | 'partOf'>
}): Producer => ({
  name: 'models/watch',
  checks: ['prod.external'],
  quote: async () => FREE,
  run: async ({ release, by }): Promise<EvidenceDraft[]> => {
    const { manifest } = release
    const models = watchedIn(manifest)
    const n = models.length
    const looks = models.map((model) => ({
      model,
      probe: watch.newestOf(model),
      changes: watch.openTasksOf(model).filter(({ kind }) => kind === 'answers-changed' || kind === 'vanished'),
    }))
    const old = looks.filter(({ probe }) => !probe || age(probe.at, clock()) > DAY)
    const failed = looks.filter(({ probe }) => probe?.failure)
    const changed = looks.filter(({ changes }) => changes.length > 0)
    const undecided = looks.filter(({ probe }) => probe?.verdict?.kind === 'undecided')
    return [
      {
        application: release.application,
        release: release.id,
        check: 'prod.external',
        summary:
          n === 0
            ? 'It asks no model and searches no index outside of this program.'
            : looks
                .map(
                  ({ model, probe, changes }) =>
                    `${model}: ${changes[0]?.title ?? probe?.failure ?? probe?.verdict?.why ?? 'nobody has probed it yet.'}`,
                )
                .join(' '),
        facts: {
          unprobedModels: { value: old.length, n },
          failedProbes: { value: failed.length, n },
          changedModels: { value: changed.length, n },
          undecidedModels: { value: undecided.length, n },
        },
        inputs: [
          ...partsOf(manifest).filter(({ kind }) => kind === 'model' || kind === 'live-index' || kind === 'tool'),
          ...watch.partOf(manifest),
        ],
        producer: { name: 'models/watch', version: '1' },
        trust: 'measured',
        by,
      },
    ]
  },
})
