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
import type { AskedPart, Beginning, FallingBack, Prompt } from './falling-back.ts'

type Generate = Extract<Step, { use: 'generate' }>

export function askedPartsOf(
  step: Pick<Generate, 'model' | 'route' | 'fallbacks'>,
  given: {
    partOf: (name: string) => ModelPart
    turns: readonly Turn[]
    /** As the request names it. */
    task: string | undefined
    prompt: Prompt
    fallingBack: FallingBack | undefined
  },
): { parts: AskedPart[]; reason: string | undefined; beginning: Beginning | undefined } {
  const { partOf, turns, task, prompt, fallingBack } = given
  const asked = (name: string): AskedPart => ({ part: partOf(name), as: name === step.model ? 'meant' : 'target' })
  const fallbacks = (step.fallbacks ?? []).map((name): AskedPart => ({ part: partOf(name), as: 'fallback' }))
  if (!step.route || !fallingBack)
    return { parts: [asked(step.model), ...fallbacks], reason: undefined, beginning: undefined }
  const { strategy } = step.route
  const { fits, open, said } = groupsFor(targetsOf(step), {
    task,
    inputTokens: Math.ceil(turns.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0) / 4),
    language: () => languageOf(lastUserTurn(turns)),
  })
  const [chosen = [], ...others] = [fits, open]
    .filter((group) => group.length > 0)
    .map((group) =>
      fallingBack
        .inOrder(
          strategy,
          group.map(({ model, weight = 1 }) => ({ name: model, model: partOf(model).model, weight })),
        )
        .map(({ name }) => asked(name)),
    )
  const beginning = fallingBack.beginningOf(step.route, prompt)
  const known = beginning && knownAmong(chosen, { beginning, fallingBack })
  const names = fits.map(({ model }) => model)
  const holds = names.length === 0 ? 'no condition holds' : `it is for ${names.join(' or ')}`
  const reasons = [
    said === undefined ? strategy : `${said}: ${holds}`,
    ...(known ? [`${known.part.name} has read the beginning of this conversation`] : []),
  ]
  return {
    parts: [...(known ? [known] : []), ...[chosen, ...others].flat().filter((one) => one !== known), ...fallbacks],
    reason: reasons.join('; '),
    beginning,
  }
}

/** Who goes on with a conversation: of those that may be asked. */
function knownAmong(
  parts: readonly AskedPart[],
  { beginning, fallingBack }: { beginning: Beginning; fallingBack: FallingBack },
): AskedPart | undefined {
  const allowed = parts.filter(
    ({ part: { name, model }, as }) => fallingBack.whyNot({ name, model, as, reason: undefined }) === undefined,
  )
  const known = beginning.knownTo(allowed.map(({ part }) => part.model))
  return allowed.find(({ part }) => part.model === known)
}
