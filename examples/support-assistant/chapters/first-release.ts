/** Release 1: frozen, held by a gate that says what is missing, answered by machine and people, promoted. */

import { supportAssistant } from '../blueprints.ts'
import { TRAINING_RECORDS } from '../documents.ts'
import type { Scene } from '../scene.ts'
import { freeze, gateOf, holding, measure, nameDuties, runGate } from '../scene.ts'
import { comparisonLine, gateLine, scoreLine } from '../wording.ts'

export async function firstRelease(scene: Scene): Promise<void> {
  const { ada, grace, mary, tell } = scene
  const release = await scene.step('release-1', async () => {
    const files = supportAssistant({ ...scene, model: 'reader', flow: 'narrow' })
    await nameDuties(scene, scene.application, files)
    const frozen = await freeze(scene, scene.application, files)
    return { id: frozen.id, digest: frozen.digest }
  })
  tell(
    `1  The owner names who answers for ${scene.application}, and Ada freezes it: 350 passages, 159 conversations, a prompt, a flow, a reader without a language model.`,
  )
  tell(`   Release r1, digest ${release.digest.slice(7, 15)}. It answers in the sandbox at once.`)

  const first = await scene.step('gate-1-held', async () => {
    const decision = await gateOf(scene, release.id)
    return { line: gateLine(decision), missing: holding(decision).map(({ check }) => check) }
  })
  tell(`   Gate into poc: ${first.line}`)
  tell(`   Missing: ${first.missing.join(', ')}.`)

  await scene.step('gate-1-run', () => runGate(scene, release.id))
  await scene.step('training-1', async () => {
    await ada.client.importEvidence({
      body: { tool: 'training-records', release: release.id, content: TRAINING_RECORDS, example: true },
    })
  })
  await scene.step('attest-1', async () => {
    for (const { check } of holding(await gateOf(scene, release.id)))
      if (check === 'gov.classification' || check === 'biz.charter') {
        const [person, duty] =
          check === 'biz.charter' ? ([grace, 'business-owner'] as const) : ([mary, 'risk'] as const)
        const reason = `Read and agreed by ${person.name}, an example person, for this example on public data.`
        await person.client.attestEvidence({ body: { release: release.id, check, duty, reason, example: true } })
      }
  })
  const measured = await scene.step('measure-1', async () => {
    const experiment = await measure(scene, { release: release.id, suite: 'mtrag', against: 'baseline' })
    return {
      score: scoreLine(experiment, 'token-f1'),
      map: scoreLine(experiment, 'average-precision'),
      comparison: comparisonLine(experiment),
    }
  })
  tell(`   Measured on 159 tasks: token F1 ${measured.score}, MAP ${measured.map}.`)
  tell(`   Against the named baseline (first sentence of the first passage): ${measured.comparison}`)

  const after = await scene.step('gate-1-open', async () => {
    const decision = await gateOf(scene, release.id)
    return {
      line: gateLine(decision),
      held: holding(decision).map(({ check, verdict, why }) => `${check} ${verdict}: ${why.join(' ')}`),
    }
  })
  tell(`   Gate again: ${after.line}`)
  for (const line of after.held) tell(`     ${line}`)
  await scene.step('promote-1', async () => {
    const answer = await ada.client.promoteRelease({ params: { id: release.id }, body: { into: 'poc' } })
    if (answer.status !== 201)
      throw new Error(
        `Release 1 is held: ${holding(answer.body)
          .map(({ check, verdict }) => `${check} ${verdict}`)
          .join(', ')}`,
      )
  })
  tell('   Promoted into poc. The stage was empty, so it is live there now.')
}
