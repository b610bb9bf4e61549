/** Routes of wordings: a prompt in other words as arms of an experiment, and how much its wording matters. */
import { z } from 'zod'
import { Part } from '../../core/manifest.ts'
import { ReleaseId } from '../../core/release.ts'
import { MicroUsd } from '../../kernel/money.ts'
import { route } from '../../wire/route.ts'
import { Flaw } from '../rewording/index.ts'
import { WordingFigure, WordingSpread } from './figure.ts'
import { WORDINGS, Wording } from './rules.ts'

const WordingArm = z.object({
  /** Name of the arm, `wording-verb` for example; what an experiment is read by. */
  name: z.string(),
  /** By name the prompt as the text of its `.prompt` file, as `variants` of an experiment take it. */
  prompts: z.record(z.string(), z.string()),
})

export const makeWordings = route({
  name: 'makeWordings',
  method: 'POST',
  path: '/api/v1/releases/:id/wordings',
  summary: 'A prompt of a release in other words that should not matter, as variants for an experiment',
  permission: 'build',
  example: { kinds: ['label-case', 'verb'] },
  mcp: true,
  params: z.object({ id: ReleaseId }),
  body: z.strictObject({
    /** That of the last step that asks a model when left out. */
    prompt: z.string().min(1).optional(),
    kinds: z.array(Wording).default([...WORDINGS]),
    /** Asks a model for the instructions in other words. */
    paraphrase: z
      .strictObject({
        model: z.string().regex(/^[^/]+\/.+/, 'is not of the form provider/model'),
        parameters: z.record(z.string(), z.unknown()).default({}),
        count: z.number().int().min(1).max(3).default(1),
      })
      .optional(),
    maxCostMicroUsd: MicroUsd.optional(),
    dryRun: z.boolean().default(false),
  }),
  returns: {
    200: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('made'),
        prompt: z.string(),
        variants: z.array(WordingArm),
        /** Rules that find nothing to change in this prompt. */
        unchanged: z.array(Wording),
        /** Paraphrases that were not kept, and calls that failed. */
        dropped: z.array(z.object({ name: z.string(), flaw: Flaw.nullable(), why: z.string() })),
        /** What the provider said answered; null where no model was asked. */
        snapshot: z.string().nullable(),
        /** Null when a price is not known. */
        spentMicroUsd: MicroUsd.nullable(),
      }),
      z.object({ kind: z.literal('quote'), calls: z.number().int(), costMicroUsd: MicroUsd.nullable() }),
    ]),
    409: z.object({ kind: z.literal('over-budget'), calls: z.number().int(), costMicroUsd: MicroUsd.nullable() }),
  },
})

export const getWordingStability = route({
  name: 'getWordingStability',
  method: 'GET',
  path: '/api/v1/experiments/:id/wording-stability',
  summary: 'How much the wording of a prompt matters: each other wording beside the prompt as it is, and the spread',
  permission: 'view',
  mcp: true,
  params: z.object({ id: z.string().min(1) }),
  returns: {
    200: z.object({
      experiment: z.string(),
      evaluator: z.string(),
      /** A difference up to it counts as none. */
      margin: z.number(),
      /** What was measured: a figure belongs to prompts, models and flow together. */
      measured: z.array(Part),
      wordings: z.array(WordingFigure),
      /** Null where no row was scored in all arms. */
      spread: WordingSpread.nullable(),
    }),
  },
})
