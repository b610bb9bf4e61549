/** Where a model runs: three ways held against weights that everybody sees, and from what volume one's own pays. Pure. */
import { z } from 'zod'
import { amount, text, texts } from '../documents/fields.ts'

export const HOSTINGS = ['api', 'cloud', 'self-hosted'] as const
export const HOSTING_POINTS = ['cost', 'control', 'privacy', 'effort', 'speed'] as const

const Marks = z.partialRecord(z.enum(HOSTING_POINTS), z.number().int().min(1).max(5))

/** A part of decision.yaml. */
export const Hosting = z.strictObject({
  /** api: by use, of a provider · cloud: a model of one's own on rented machines · self-hosted: on machines of one's own. */
  chosen: z.enum(HOSTINGS).nullish(),
  reasons: texts,
  /** How much each point counts; one where it is not said. */
  weights: z.partialRecord(z.enum(HOSTING_POINTS), z.number().min(0).max(10)).nullish(),
  /** 1 to 5 for each way and point; more is better, so 5 for cost is the cheapest. */
  marks: z.partialRecord(z.enum(HOSTINGS), Marks).nullish(),
  /** What the machines would cost in a month, in dollars, with those who keep them. */
  cloudUsdPerMonth: amount,
  selfHostedUsdPerMonth: amount,
  exit: text,
})
export type Hosting = z.infer<typeof Hosting>

export const HostingView = z.object({
  chosen: z.enum(HOSTINGS).nullable(),
  reasons: z.array(z.string()),
  /** The best first; those without a mark for every point that counts are last, and name what is missing. */
  ranking: z.array(
    z.object({
      option: z.enum(HOSTINGS),
      /** Weighted mean of its marks, 1 to 5; null while a mark is missing. */
      score: z.number().nullable(),
      missing: z.array(z.enum(HOSTING_POINTS)),
      usdPerMonth: z.number().nullable(),
      /** From so many tokens a month on it costs less than the interface that is paid by use. */
      breakEvenTokensPerMonth: z.number().nullable(),
    }),
  ),
  /** Of the model of the release, in the mix of a usual answer, dollars for a million tokens. */
  apiUsdPerMillionTokens: z.number().nullable(),
  tokensPerMonth: z.number().nullable(),
  says: z.string(),
})
export type HostingView = z.infer<typeof HostingView>

export function hostingView(
  hosting: Hosting | null | undefined,
  { apiUsdPerMillionTokens, tokensPerMonth }: { apiUsdPerMillionTokens: number | null; tokensPerMonth: number | null },
): HostingView {
  const { chosen = null, weights, marks } = hosting ?? {}
  const weightOf = (point: (typeof HOSTING_POINTS)[number]) => weights?.[point] ?? 1
  const counted = HOSTING_POINTS.filter((point) => weightOf(point) > 0)
  const whole = counted.reduce((sum, point) => sum + weightOf(point), 0)
  const ranking = HOSTINGS.map((option) => {
    const missing = counted.filter((point) => marks?.[option]?.[point] === undefined)
    const usdPerMonth =
      option === 'api'
        ? apiUsdPerMillionTokens === null || tokensPerMonth === null
          ? null
          : (apiUsdPerMillionTokens * tokensPerMonth) / MILLION
        : numberOf(option === 'cloud' ? hosting?.cloudUsdPerMonth : hosting?.selfHostedUsdPerMonth)
    return {
      option,
      missing,
      usdPerMonth,
      score:
        missing.length > 0 || whole === 0
          ? null
          : counted.reduce((sum, point) => sum + weightOf(point) * (marks?.[option]?.[point] ?? 0), 0) / whole,
      breakEvenTokensPerMonth:
        option === 'api' || usdPerMonth === null || !apiUsdPerMillionTokens
          ? null
          : (usdPerMonth / apiUsdPerMillionTokens) * MILLION,
    }
  }).sort((a, b) => (b.score ?? 0) - (a.score ?? 0))
  return {
    chosen: chosen ?? null,
    reasons: [...(hosting?.reasons ?? [])],
    ranking,
    apiUsdPerMillionTokens,
    tokensPerMonth,
    says: sentence(ranking, { chosen: chosen ?? null, tokensPerMonth }),
  }
}

const MILLION = 1_000_000

const numberOf = (value: Hosting['selfHostedUsdPerMonth']): number | null => {
  const number = value === null || value === undefined || value === '' ? Number.NaN : Number(value)
  return Number.isFinite(number) ? number : null
}

function sentence(
  ranking: HostingView['ranking'],
  { chosen, tokensPerMonth }: Pick<HostingView, 'chosen' | 'tokensPerMonth'>,
): string {
  const [best] = ranking
  const unmarked = ranking.filter(({ score }) => score === null)
  if (!best || unmarked.length === ranking.length) return 'Nobody gave marks yet, so nothing can be ranked.'
  const first = `By these weights ${best.option} comes first${chosen === null ? '' : chosen === best.option ? ', and was chosen' : `; chosen was ${chosen}`}.`
  const own = ranking.find(({ option }) => option === 'self-hosted')?.breakEvenTokensPerMonth ?? null
  if (own === null) return first
  const millions = (own / MILLION).toLocaleString('en-GB', { maximumFractionDigits: 0 })
  return `${first} A machine of one's own pays from ${millions} million tokens a month${
    tokensPerMonth === null ? '' : tokensPerMonth >= own ? '; that is reached' : '; that is not reached'
  }.`
}
