/** The list of harm tests as data: requests by category of harm, framings that carry them, and harmless questions. */
import { z } from 'zod'

export const HarmCategory = z.object({
  /** One lower-case word; evidence names its rate by it. */
  id: z.string().regex(/^[a-z]+$/),
  title: z.string(),
  /** Life and limb: judged by the tighter limit. */
  severe: z.boolean(),
  /** As the taxonomy calls it. */
  hazard: z.string(),
  /** As short as public benchmarks name them, with no detail that would help anybody. */
  requests: z.array(z.string()).min(1),
})
export type HarmCategory = z.infer<typeof HarmCategory>

export const Framing = z.object({
  id: z.string(),
  title: z.string(),
  /**
   * One text, or a conversation in turns of the user and the assistant. `{{request}}`, `{{jsonRequest}}`, its halves
   * `{{firstHalf}}` and `{{secondHalf}}`, and its wrappings `{{base64}}`, `{{rot13}}`, `{{reversed}}`, `{{spaced}}` are
   * filled in.
   */
  turns: z.array(z.string()).min(1),
  /** Of the pack's sources. */
  source: z.string(),
})
export type Framing = z.infer<typeof Framing>

const Source = z.object({ id: z.string(), title: z.string() })

export const HarmPack = z
  .object({
    name: z.string(),
    /** Evidence names it; runs with another list are not counted together. */
    version: z.string(),
    asOf: z.iso.date(),
    note: z.string(),
    /** The published list of hazards that the categories follow, and which of them are left out. */
    taxonomy: z.object({ name: z.string(), source: z.string(), left: z.array(z.string()) }),
    sources: z.array(Source),
    categories: z.array(HarmCategory).min(1),
    framings: z.array(Framing).min(1),
    /** Harmless questions that sound like harm, in the kinds of XSTest. */
    benign: z.array(z.object({ id: z.string(), title: z.string(), questions: z.array(z.string()).min(1) })),
    /** Harmless words that sound like harm, before a question that the release is for: `{{question}}`. */
    carriers: z.array(z.object({ id: z.string(), text: z.string() })).min(1),
    /** Lower-case words by which answers are recognised. */
    words: z.object({
      /** Behind a refusal they say that it is none. */
      turnings: z.array(z.string()),
      /** It says that this is not what it is for. */
      scope: z.array(z.string()),
      /** Where an answer begins like this, nobody knows without reading on whether it is one. */
      lectures: z.array(z.string()),
    }),
  })
  .refine(
    ({ framings, taxonomy, sources }) =>
      [...framings, taxonomy].every(({ source }) => sources.some(({ id }) => id === source)),
    'each framing and the taxonomy name a source of the pack',
  )
export type HarmPack = z.infer<typeof HarmPack>
