/**
 * What else an experiment measures beside the release: another release, the same one with another model, other
 * parameters or another prompt, or an application that answers over HTTP. Browser-safe.
 */
import { z } from 'zod'
import { Adapter } from '../core/adapter.ts'
import { Target } from '../core/flow.ts'
import { ReleaseId } from '../core/release.ts'

/** `candidate` is the release, `control` what it is compared with; further arms have the names of their variants. */
export const ArmName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'has lower-case letters, digits and hyphens')
export type ArmName = z.infer<typeof ArmName>

export const Variant = z
  .strictObject({
    name: ArmName.refine((name) => name !== 'candidate' && name !== 'control', 'is the name of an arm already'),
    /** The release to begin from; the one that is measured when left out. */
    release: ReleaseId.optional(),
    /**
     * By the model's name in the blueprint: another `provider/model`, parameters that are laid over its own, or an adapter
     * that was tuned elsewhere.
     */
    models: z
      .record(
        z.string(),
        z.strictObject({
          model: z.string().min(3).optional(),
          parameters: z.record(z.string(), z.unknown()).optional(),
          /** What was tuned on top of it, and on which data; datasets of the release by name. */
          adapter: Adapter.optional(),
        }),
      )
      .optional(),
    /** Text of a `.prompt` file by the prompt's name. */
    prompts: z.record(z.string(), z.string().min(1)).optional(),
    /** Asked instead of the release's own flow. */
    target: Target.optional(),
    /** What it took to make this one, as its people say. */
    effort: z.strictObject({ hours: z.number().min(0), note: z.string().max(2000).optional() }).optional(),
  })
  .refine(
    ({ release, models, prompts, target }) => release ?? models ?? prompts ?? target,
    'changes nothing: give a release, models, prompts or a target',
  )
export type Variant = z.infer<typeof Variant>
