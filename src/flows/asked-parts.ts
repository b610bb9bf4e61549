/**
 * Who of a step's models is asked for this conversation, and in which order: those of its route whose condition holds,
 * those without a condition (the model that is meant among them), then the fallbacks.
 *
 * Where nobody says how to choose, as in experiments, the model that is meant is all there is.
 */
import { lastUserTurn, type Turn } from '../core/conversation.ts'
import type { Step } from '../core/flow.ts'
import { languageOf } from '../core/language.ts'
import type { ModelPart } from '../core/manifest.ts'
import { targetsOf } from '../core/routed-models.ts'
import { groupsFor } from '../core/target-condition.ts'
import type { AskedPart, FallingBack } from './ask-models.ts'

type Generate = Extract<Step, { use: 'generate' }>

export function askedPartsOf(
  step: Pick<Generate, 'model' | 'route' | 'fallbacks'>,
  given: {
    partOf: (name: string) => ModelPart
    turns: readonly Turn[]
    /** As the request names it. */
    task: string | undefined
    fallingBack: FallingBack | undefined
  },
): { parts: AskedPart[]; reason: string | undefined } {
  const { partOf, turns, task, fallingBack } = given
  const asked = (name: string): AskedPart => ({ part: partOf(name), as: name === step.model ? 'meant' : 'target' })
  const fallbacks = (step.fallbacks ?? []).map((name): AskedPart => ({ part: partOf(name), as: 'fallback' }))
  if (!step.route || !fallingBack) return { parts: [asked(step.model), ...fallbacks], reason: undefined }
  const { strategy } = step.route
  const { fits, open, said } = groupsFor(targetsOf(step), {
    task,
    inputTokens: Math.ceil(turns.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0) / 4),
    language: () => languageOf(lastUserTurn(turns)),
  })
  const ordered = [fits, open].flatMap((group) =>
    fallingBack.inOrder(
      strategy,
      group.map(({ model, weight = 1 }) => ({ name: model, model: partOf(model).model, weight })),
    ),
  )
  const names = fits.map(({ model }) => model)
  const holds = names.length === 0 ? 'no condition holds' : `it is for ${names.join(' or ')}`
  return {
    parts: [...ordered.map(({ name }) => asked(name)), ...fallbacks],
    reason: said === undefined ? strategy : `${said}: ${holds}`,
  }
}
