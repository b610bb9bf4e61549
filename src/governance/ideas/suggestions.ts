/**
 * What users of an application asked for and did not get, in groups that may be ideas of their own. Pure.
 *
 * Invariant: of a request only the words that its group shares are told, and where its trace is.
 */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { Digest, digestOf } from '../../kernel/digest.ts'
import { Instant } from '../../kernel/time.ts'
import { type Idea, IdeaId, IdeaOrigin } from './idea.ts'

export const IdeaSuggestion = IdeaOrigin.extend({
  /** The same words give the same key. */
  key: Digest,
  application: Name,
  /** Of all requests of that time. */
  share: z.number(),
  until: Instant,
  /** The idea that was made of it or of one like it. */
  idea: IdeaId.nullable(),
})
export type IdeaSuggestion = z.infer<typeof IdeaSuggestion>

export type Unmet = {
  readonly traceId: string
  readonly at: Instant
  readonly unit: string
  readonly error: string | null
  readonly abstained: boolean
}
export type UnmetGroup = {
  readonly kind: 'error' | 'abstained' | 'wrong'
  readonly terms: readonly string[]
  readonly traces: readonly string[]
}

/** Fewer are a coincidence. */
const LEAST_REQUESTS = 3
const MOST_TRACES = 5
const MOST = 20

const KINDS = { error: 'failed', abstained: 'not-answered', wrong: 'of-no-help' } as const

export function suggestionsOf(
  application: Name,
  given: {
    readonly groups: readonly UnmetGroup[]
    readonly unmet: readonly Unmet[]
    /** How many requests there were in all. */
    readonly asked: number
    readonly since: Instant
    readonly until: Instant
    readonly ideas: readonly Pick<Idea, 'id' | 'parent' | 'origin'>[]
  },
): IdeaSuggestion[] {
  const byTrace = new Map(given.unmet.map((one) => [one.traceId, one]))
  return given.groups
    .filter(({ terms, traces }) => terms.length > 0 && traces.length >= LEAST_REQUESTS)
    .map(({ kind, terms, traces }) => {
      const requests = traces.flatMap((id) => byTrace.get(id) ?? [])
      const newest = requests.toSorted((a, b) => (a.at < b.at ? 1 : -1))
      const words = [...terms]
      return {
        key: digestOf({ application, kind, words: words.toSorted() }),
        application,
        kind: KINDS[kind],
        words,
        requests: traces.length,
        users: new Set(requests.map(({ unit }) => unit)).size,
        share: given.asked === 0 ? 0 : traces.length / given.asked,
        traces: newest.slice(0, MOST_TRACES).map(({ traceId }) => traceId),
        since: given.since,
        until: given.until,
        idea:
          given.ideas.find(({ parent, origin }) => parent === application && origin && areAlike(origin.words, words))
            ?.id ?? null,
      }
    })
    .sort((a, b) => b.requests - a.requests || (a.key < b.key ? -1 : 1))
    .slice(0, MOST)
}

/** Groups shift with each new request; half of the words say that it is the same wish. */
const areAlike = (known: readonly string[], words: readonly string[]): boolean =>
  words.filter((word) => known.includes(word)).length * 2 >= Math.min(known.length, words.length)

/** `Parcel, insurance, abroad: for the users of shop`. */
export const titleOf = ({ words, application }: Pick<IdeaSuggestion, 'words' | 'application'>): string => {
  const [first = '', ...rest] = words
  return `${[`${first.charAt(0).toUpperCase()}${first.slice(1)}`, ...rest].join(', ')}: for the users of ${application}`
}
