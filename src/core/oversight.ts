/**
 * Human oversight of an application, as its `oversight.yaml` says it: who looks, and which answers wait for them.
 *
 * Invariant: `kindsOf` is pure and takes linear time; what it finds depends on the plan and the answer alone.
 */
import { z } from 'zod'
import { Stage } from './stage.ts'

const Words = z.array(z.string().trim().min(2).max(100)).min(1).max(100)

/** All that is said must hold; nothing said means every answer. */
export const OverseenWhen = z.strictObject({
  /** The last question has one of these words or phrases, in any case. */
  asked: Words.optional(),
  /** The answer has one of these. */
  answered: Words.optional(),
  /** The application said that it does not know. */
  abstained: z.boolean().optional(),
  /** Every stage when it is left out. */
  stages: z.array(Stage).min(1).optional(),
  /** What the request says of itself in `airworthy-metadata`: `{topic: [refund]}`. */
  metadata: z.record(z.string(), z.array(z.string().min(1)).min(1)).optional(),
})

export const OverseenKind = z.strictObject({
  kind: z.string().trim().min(2).max(60),
  /** What could come of it. */
  why: z.string().trim().max(500).default(''),
  /** Something follows from such an answer that is hard to take back: then it has to wait for a person. */
  consequential: z.boolean().default(false),
  /** hold: the answer waits for a person · flag: it is given, and a person looks afterwards · nothing: neither. */
  action: z.enum(['hold', 'flag', 'nothing']).default('flag'),
  when: OverseenWhen.prefault({}),
})
export type OverseenKind = z.infer<typeof OverseenKind>

export const OversightPlan = z.strictObject({
  example: z.boolean().default(false),
  /** People by name or id. They alone decide on answers, and they may stop the application. */
  overseers: z.array(z.string().trim().min(2).max(100)).max(50).default([]),
  kinds: z.array(OverseenKind).max(50).default([]),
  /** Why nothing follows from any answer; said in place of consequential kinds. */
  noneBecause: z.string().trim().max(1000).default(''),
  /** After this an answer that nobody looked at is refused; it is never let out by a timeout. */
  waitMinutes: z.number().int().min(1).max(43_200).default(1_440),
})
export type OversightPlan = z.infer<typeof OversightPlan>

/** What the gateway knows of a plan. */
export const LiveOversight = OversightPlan.pick({ kinds: true, waitMinutes: true })
export type LiveOversight = z.infer<typeof LiveOversight>

export type AnswerToOversee = {
  readonly asked: string
  readonly answered: string
  readonly abstained: boolean
  readonly stage: Stage
  readonly metadata: Readonly<Record<string, string>>
}

/** The plan in the documents of an application; undefined where there is none. */
export const oversightOf = (
  documents: Readonly<Record<string, { readonly value?: unknown }>>,
): OversightPlan | undefined => OversightPlan.safeParse(documents.oversight?.value).data

/** What an answer is among that which somebody looks at, in the order of the plan. */
export const kindsOf = (kinds: readonly OverseenKind[], answer: AnswerToOversee): OverseenKind[] =>
  kinds.filter(({ action, when }) => action !== 'nothing' && holds(when, answer))

/** Consequential kinds whose answers wait for nobody. */
export const unheldKinds = ({ kinds }: Pick<OversightPlan, 'kinds'>): OverseenKind[] =>
  kinds.filter(({ consequential, action }) => consequential && action !== 'hold')

function holds(when: OverseenKind['when'], answer: AnswerToOversee): boolean {
  const { asked, answered, abstained, stages, metadata } = when
  if (asked && !hasOne(asked, answer.asked)) return false
  if (answered && !hasOne(answered, answer.answered)) return false
  if (abstained !== undefined && abstained !== answer.abstained) return false
  if (stages && !stages.includes(answer.stage)) return false
  return Object.entries(metadata ?? {}).every(([name, values]) => values.includes(answer.metadata[name] ?? ''))
}

const known = new WeakMap<readonly string[], RegExp>()

/** Whole words and phrases, in any case. */
function hasOne(words: readonly string[], text: string): boolean {
  const pattern =
    known.get(words) ??
    new RegExp(
      `(?<![\\p{L}\\p{N}])(?:${words.map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('|')})(?![\\p{L}\\p{N}])`,
      'iu',
    )
  known.set(words, pattern)
  return pattern.test(text)
}
