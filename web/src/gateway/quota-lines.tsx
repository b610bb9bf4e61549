/** What a provider lets us ask, by target: what is left of it, as its answers said last, and what was declared. */
import { useQuery } from '@tanstack/react-query'
import { client } from '../data/client.ts'
import { number } from '../data/format.ts'
import { Ago } from '../ui/bits.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

export const quotas = { queryKey: ['quotas'], queryFn: () => client.listQuotas() } as const

export function QuotaLines({ provider }: { provider: string }) {
  const { data } = useQuery(quotas)
  const own = (data?.items ?? []).filter(({ target }) => target === provider || target.startsWith(`${provider}/`))
  if (own.length === 0) return null
  return (
    <ul className="flex flex-col gap-1 text-data" aria-label={say('quota-lines.quotas')}>
      {own.map((quota) => (
        <Quota key={`${quota.target} ${quota.credential}`} quota={quota} />
      ))}
    </ul>
  )
}

type QuotaOf = Awaited<ReturnType<typeof client.listQuotas>>['items'][number]

function Quota({ quota: { target, credential, read, declared } }: { quota: QuotaOf }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-3">
      <span className="break-all">{credential === null ? target : `${target}, ${credential}`}</span>
      {read?.limits.map(({ counted, per, limit, remaining }) => (
        <span key={`${counted} ${per}`} className="text-muted">
          {remaining === null
            ? say('quota-lines.limit', { limit: number(limit), what: whatWords(counted, per) })
            : say('quota-lines.left', {
                limit: number(limit),
                remaining: number(remaining),
                what: whatWords(counted, per),
              })}
        </span>
      ))}
      {read && (
        <span className="text-muted">{sayWith('quota-lines.as-its-answers-said', { when: <Ago at={read.at} /> })}</span>
      )}
      {declared?.limits.map(({ counted, per, limit }) => (
        <span key={`${counted} ${per}`} className="text-muted">
          {limit === null
            ? say('quota-lines.declared-without', { what: whatWords(counted, per) })
            : say('quota-lines.declared', { limit: number(limit), what: whatWords(counted, per) })}
        </span>
      ))}
    </li>
  )
}

const COUNTED = {
  requests: say('quota-lines.requests'),
  tokens: say('quota-lines.tokens'),
  'input-tokens': say('quota-lines.tokens-in'),
  'output-tokens': say('quota-lines.tokens-out'),
} as const
const PER = {
  second: say('quota-lines.a-second'),
  minute: say('quota-lines.a-minute'),
  hour: say('quota-lines.an-hour'),
  day: say('quota-lines.a-day'),
  month: say('quota-lines.a-month'),
} as const

const whatWords = (counted: keyof typeof COUNTED, per: keyof typeof PER | null): string =>
  `${COUNTED[counted]} ${per === null ? say('quota-lines.window-not-said') : PER[per]}`
