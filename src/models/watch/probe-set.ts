/** The fixed questions of the sentinel probe, with the parameters they are asked with. */
import { z } from 'zod'
import { type Digest, digestOf } from '../../kernel/digest.ts'

export const ProbeSet = z.object({
  name: z.string(),
  version: z.string(),
  asOf: z.iso.date(),
  note: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  /** How often each is asked, so that a model's own chance is seen. */
  repeats: z.number().int().min(2).max(4),
  prompts: z.array(z.object({ id: z.string(), text: z.string() })).min(3),
})
export type ProbeSet = z.infer<typeof ProbeSet>

/** Probes of different questions or parameters are not compared. */
export const digestOfSet = ({ parameters, repeats, prompts }: ProbeSet): Digest =>
  digestOf({ parameters, repeats, prompts })
