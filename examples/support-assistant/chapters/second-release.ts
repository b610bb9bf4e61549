/** Release 2: the recorded answers of a real model; compared in pairs, promoted, moved in by a canary. */
import { supportAssistant } from '../blueprints.ts'
import { poorAnswerFloor } from '../floor.ts'
import type { Scene } from '../scene.ts'
import { freeze, gateOf, holding, measure, rolloutOf, runGate } from '../scene.ts'
import { playRollout } from '../traffic.ts'
import { changeLines, comparisonLine, gateLine, rolloutLine, scoreLine } from '../wording.ts'

export async function secondRelease(scene: Scene): Promise<void> {
  const { ada, tell } = scene
  const first = await scene.step<{ id: string }>('release-1', async () =>
    Promise.reject(new Error('Release 1 comes first.')),
  )
  const release = await scene.step('release-2', async () => {
    const frozen = await freeze(
      scene,
      scene.application,
      supportAssistant({ ...scene, model: 'recorded', flow: 'narrow' }),
    )
    const { items } = await ada.client.getReleaseChanges({ params: { id: frozen.id } })
    return {
      id: frozen.id,
      digest: frozen.digest,
      changes: changeLines(items),
      gate: gateLine(await gateOf(scene, frozen.id)),
    }
  })
  tell(`2  Release r2, digest ${release.digest.slice(7, 15)}: ${release.changes}`)
  tell(`   Gate into poc: ${release.gate}. What depended on the model went stale; the rest still holds.`)
  await scene.step('gate-2-run', () => runGate(scene, release.id))
  const compared = await scene.step('measure-2', async () => {
    const experiment = await measure(scene, { release: release.id, suite: 'mtrag', against: first.id })
    return { score: scoreLine(experiment, 'token-f1'), comparison: comparisonLine(experiment) }
  })
  tell(`   Token F1 ${compared.score}; r2 against r1, in pairs: ${compared.comparison}`)
  await scene.step('promote-2', async () => {
    const answer = await ada.client.promoteRelease({ params: { id: release.id }, body: { into: 'poc' } })
    if (answer.status !== 201)
      throw new Error(
        `Release 2 is held: ${holding(answer.body)
          .map(({ check, verdict, why }) => `${check} ${verdict} ${why.join(' ')}`)
          .join('; ')}`,
      )
  })
  const floor = await scene.step('floor', () => poorAnswerFloor(scene, first.id))
  const ended = await scene.step('rollout-2', async () => {
    await playRollout(scene, { release: release.id, floor, firstUser: 0 })
    return rolloutLine(await rolloutOf(scene, release.id))
  })
  tell(`   Canary in poc, 20 → 50 → 100 %: ${ended}`)
}
