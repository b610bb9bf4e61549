/** Release 3: a plausible change that makes things worse; held, waived by a second person, caught by the canary. */
import { supportAssistant } from '../blueprints.ts'
import type { Scene } from '../scene.ts'
import { freeze, gateOf, holding, rolloutOf, runGate } from '../scene.ts'
import { playRollout } from '../traffic.ts'
import { changeLines, gateLine, rolloutLine, scoreLine } from '../wording.ts'

/** Users of the first rollout are not met again. */
const FIRST_USER = 10_000

export async function thirdRelease(scene: Scene): Promise<void> {
  const { ada, grace, tell } = scene
  const floor = await scene.step<number>('floor', async () =>
    Promise.reject(new Error('The floor is fixed before the second rollout.')),
  )
  const release = await scene.step('release-3', async () => {
    const frozen = await freeze(scene, scene.application, supportAssistant({ ...scene, model: 'reader', flow: 'wide' }))
    const { items } = await ada.client.getReleaseChanges({ params: { id: frozen.id } })
    return { id: frozen.id, digest: frozen.digest, changes: changeLines(items) }
  })
  tell(`3  Release r3, digest ${release.digest.slice(7, 15)}: ${release.changes}`)
  await scene.step('gate-3-run', () => runGate(scene, release.id))
  const held = await scene.step('gate-3-held', async () => {
    const decision = await gateOf(scene, release.id)
    const { items } = await ada.client.listExperiments({ query: { release: release.id, suite: 'mtrag' } })
    const compared = items.find(
      ({ against, state }) => against !== null && against !== 'baseline' && state === 'succeeded',
    )
    return {
      ranking: compared
        ? `MAP ${scoreLine(compared, 'average-precision')} against ${scoreLine(compared, 'average-precision', 'control')}`
        : 'MAP not measured',
      line: gateLine(decision),
      findings: holding(decision).map(({ check, verdict, why }) => ({
        check,
        line: `${check} ${verdict}: ${why.join(' ')}`,
      })),
    }
  })
  tell(`   Gate into poc: ${held.line}`)
  for (const { line } of held.findings) tell(`     ${line}`)
  tell(`   Searching with all turns joined ranks worse: ${held.ranking}.`)
  const waivers = await scene.step('waivers-3', async () => {
    const ids: string[] = []
    for (const { check } of held.findings) {
      const waiver = await ada.client.requestWaiver({
        body: {
          release: release.id,
          into: 'poc',
          check,
          reason: 'We want to see with real users whether the offline suite is too strict about longer answers.',
          residualRisk: 'Some users get a refusal or a worse answer for a short time.',
          compensatingControl: 'The canary watches every answer and gives all traffic back by itself.',
          days: 1,
          example: true,
        },
      })
      await grace.client.decideWaiver({
        params: { id: waiver.id },
        body: { decision: 'grant', note: 'For a day, and only because the canary watches.' },
      })
      ids.push(waiver.id)
    }
    return ids
  })
  tell(
    `   Ada asks for a waiver of a day (${waivers.length === 1 ? 'one check' : `${waivers.length} checks`}); Grace, a second person, grants it.`,
  )
  await scene.step('promote-3', async () => {
    const answer = await ada.client.promoteRelease({ params: { id: release.id }, body: { into: 'poc' } })
    if (answer.status !== 201)
      throw new Error(
        `Release 3 is held: ${holding(answer.body)
          .map(({ check }) => check)
          .join(', ')}`,
      )
  })
  const ended = await scene.step('rollout-3', async () => {
    await playRollout(scene, { release: release.id, floor, firstUser: FIRST_USER })
    return rolloutLine(await rolloutOf(scene, release.id))
  })
  tell(`   Canary in poc: ${ended}`)
}
