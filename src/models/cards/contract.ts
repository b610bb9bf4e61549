/** Routes of cards: what is known of each model, from whom, and how to say more. */
import { z } from 'zod'
import { ActorId } from '../../core/actor.ts'
import { Name } from '../../core/names.ts'
import { Stage } from '../../core/stage.ts'
import { Instant } from '../../kernel/time.ts'
import { Page, pageOf, route } from '../../wire/route.ts'
import { LicenceObligations } from '../obligations/index.ts'
import { FactName, Modality, ModelFacts } from './facts.ts'
import { CardField, Completeness, SameModel } from './join.ts'
import { ListReading } from './list-reading.ts'
import { ModelName, SourceKind } from './source.ts'

/** How a model stands with the approvals of this installation. */
export const ApprovalStanding = z.object({
  /** installation: part of the program, it needs none. */
  state: z.enum(['installation', 'approved', 'requested', 'refused', 'withdrawn', 'expired', 'none']),
  /** Beyond the sandbox, where every model runs. */
  stages: z.array(Stage),
  until: Instant.nullable(),
})
export type ApprovalStanding = z.infer<typeof ApprovalStanding>

const CardBase = z.object({
  model: z.string(),
  provider: Name,
  kind: z.enum(['local', 'replay', 'scripted', 'remote']),
  works: z.boolean(),
  /** Why it does not work now; null when it does. */
  reason: z.string().nullable(),
  completeness: Completeness,
  sameAs: z.array(SameModel),
  approval: ApprovalStanding,
  /** When its newest source was read. */
  refreshedAt: Instant.nullable(),
})

export const ModelCardSummary = CardBase.extend({ facts: ModelFacts })
export type ModelCardSummary = z.infer<typeof ModelCardSummary>

export const FullModelCard = CardBase.extend({
  fields: z.array(CardField),
  /** What its licence asks for; no legal advice. */
  obligations: LicenceObligations,
  sources: z.array(
    z.object({ kind: SourceKind, place: z.string(), recordedAt: Instant, recordedBy: ActorId.nullable() }),
  ),
})
export type FullModelCard = z.infer<typeof FullModelCard>

const whole = z.coerce.number().int().min(0)

export const CardFilter = z.object({
  provider: Name.optional(),
  /** A part of the name. */
  text: z.string().max(200).optional(),
  licence: z.string().max(100).optional(),
  /** What it must take in. */
  takes: Modality.optional(),
  contextAtLeast: whole.optional(),
  /** Approved into this stage. */
  approvedFor: Stage.optional(),
})
export type CardFilter = z.infer<typeof CardFilter>

export const listModelCards = route({
  name: 'listModelCards',
  method: 'GET',
  path: '/api/v1/model-cards',
  summary: 'List what is known of each model, joined from all sources, with its approval',
  permission: 'view',
  mcp: true,
  query: Page.extend(CardFilter.shape),
  returns: { 200: pageOf(ModelCardSummary) },
})

export const getModelCard = route({
  name: 'getModelCard',
  method: 'GET',
  path: '/api/v1/model-cards/:model*',
  summary: 'One model, field by field: value, source, date, and whether it is verified, self-reported or unknown',
  permission: 'view',
  mcp: true,
  params: z.object({ model: z.string().min(1).max(300) }),
  returns: { 200: FullModelCard },
})

/** Facts, and for those that somebody here has verified, how. */
const OwnFacts = z
  .strictObject({
    model: ModelName,
    kind: z.literal('own'),
    facts: ModelFacts,
    verified: z
      .partialRecord(FactName, z.string().trim().min(10, 'say in at least 10 characters how it was verified').max(1000))
      .default({}),
  })
  .superRefine(({ facts, verified }, context) => {
    for (const name of Object.keys(verified) as FactName[])
      if (facts[name] === undefined)
        context.addIssue({
          code: 'custom',
          path: ['verified', name],
          message: `there is no ${name} under facts that could be verified; say its value there`,
        })
  })

/** A card as Hugging Face has them, as text or from an address. */
const CardText = z
  .strictObject({
    model: ModelName,
    kind: z.literal('card'),
    /** The whole README.md. */
    content: z
      .string()
      .min(1)
      .max(2 * 1024 * 1024)
      .optional(),
    /** Where it is read, for example https://huggingface.co/…/raw/main/README.md. */
    url: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .optional(),
    /** `organisation/name`; read from an address of huggingface.co when not said. */
    identity: ModelFacts.shape.identity,
  })
  .refine(({ content, url }) => (content === undefined) !== (url === undefined), {
    message: 'send either content or url',
    path: ['content'],
  })

export const ModelSourceInput = z.discriminatedUnion('kind', [OwnFacts, CardText])
export type ModelSourceInput = z.infer<typeof ModelSourceInput>

export const putModelSource = route({
  name: 'putModelSource',
  method: 'PUT',
  path: '/api/v1/model-sources',
  summary: 'Say what is known of a model: facts of your own, or its card; the source of that kind is replaced',
  permission: 'operate',
  example: {
    model: 'openai/gpt-4o-2024-08-06',
    kind: 'own',
    facts: { licence: 'LicenseRef-proprietary', regions: ['eu'], trainsOnInputs: false, retentionDays: 30 },
    verified: { regions: 'Contract of 2026-03-01, annex 2' },
  },
  body: ModelSourceInput,
  returns: { 200: FullModelCard },
})

export const deleteModelSource = route({
  name: 'deleteModelSource',
  method: 'DELETE',
  path: '/api/v1/model-sources',
  summary: 'Take back what a source said of a model',
  permission: 'operate',
  query: z.object({ model: ModelName, kind: z.enum(['own', 'card']) }),
  returns: { 204: null },
})

export const listModelListReadings = route({
  name: 'listModelListReadings',
  method: 'GET',
  path: '/api/v1/model-list-readings',
  summary: "When each provider's list of models was last read, and what had appeared, vanished and changed",
  permission: 'view',
  returns: { 200: z.object({ items: z.array(ListReading) }) },
})

export const readModelLists = route({
  name: 'readModelLists',
  method: 'POST',
  path: '/api/v1/model-list-readings',
  summary: "Read providers' lists of models now: of one, or of all that can be asked",
  permission: 'operate',
  body: z.strictObject({ provider: Name.optional() }),
  returns: { 200: z.object({ items: z.array(ListReading) }) },
})
