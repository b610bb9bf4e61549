/** Approvals of models: each model that a release asks, and the existing application that it calls, was looked at. */
import { z } from 'zod'
import type { Manifest, Part } from '../../core/manifest.ts'
import { partsOf } from '../../core/manifest.ts'
import { plural } from '../../kernel/plural.ts'
import { counted, documentKind } from './document-kind.ts'
import { date, emptyFields, exampleFlag, text } from './fields.ts'

const Approval = z.strictObject({
  /** `provider/model`, or the URL of the target. */
  model: z.string().min(1),
  licence: text,
  /** The licence or the terms allow this use. */
  useAllowed: z.boolean().nullish(),
  /** What the provider may do with what is sent. */
  dataUse: text,
  region: text,
  /** Where the model's card is. */
  card: text,
  /** A model that can change under us is approved knowing it. */
  mutableAccepted: z.boolean().default(false),
  approvedBy: text,
  approvedOn: date,
})
export const Approvals = z.strictObject({ example: exampleFlag, models: z.array(Approval) })
export type Approvals = z.infer<typeof Approvals>

const REQUIRED = ['licence', 'dataUse', 'region', 'card', 'approvedBy'] as const

export const approvals = documentKind({
  name: 'approvals',
  check: 'model.approved',
  duty: 'technical-lead',
  schema: Approvals,
  alsoReads: [],
  dependsOn: ({ manifest }): readonly Part[] =>
    partsOf(manifest).filter(({ kind }) => kind === 'model' || kind === 'target'),
  read(value: Approvals, { release: { manifest } }) {
    const used = usedModels(manifest)
    const gaps = used.flatMap(({ model, isMutable }) => {
      const approval = value.models.find((one) => one.model === model)
      if (!approval) return [`${model} is not listed`]
      const wrong = [
        ...emptyFields(approval, REQUIRED).map((name) => `${name} is empty`),
        ...(approval.useAllowed === true ? [] : ['useAllowed is not true']),
        ...(isMutable && !approval.mutableAccepted ? ['it can change, and mutableAccepted is not true'] : []),
      ]
      return wrong.length > 0 ? [`${model}: ${wrong.join(', ')}`] : []
    })
    return {
      facts: { unapproved: counted(gaps.length, used.length) },
      summary:
        gaps.length === 0
          ? `${plural(used.length, 'model')} of the release approved: ${used.map(({ model }) => model).join(', ')}.`
          : `Not approved: ${gaps.join('; ')}.`,
    }
  },
})

function usedModels({ models, target }: Manifest): { model: string; isMutable: boolean }[] {
  const mutable = new Map<string, boolean>()
  for (const part of models) mutable.set(part.model, mutable.get(part.model) === true || part.mutable !== null)
  // What runs outside of the release can always change.
  if (target) mutable.set(target.url, true)
  return [...mutable].map(([model, isMutable]) => ({ model, isMutable }))
}
