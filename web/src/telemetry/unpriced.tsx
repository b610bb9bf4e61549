/** What was used and has no known price: apart from every sum, with what to do about it. */
import { useQuery } from '@tanstack/react-query'
import { number, short } from '../data/format.ts'
import { LongText } from '../ui/bits.tsx'
import { TextLink } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { type UsageFilter, usage } from './usage-queries.ts'
import { requestsOf } from './usage-table.tsx'
import type { Span } from './usage-time.ts'

export function Unpriced({ span, filter }: { span: Span; filter: UsageFilter }) {
  const rows = useQuery(usage('model', span, filter)).data?.items.filter(({ unpriced }) => unpriced > 0) ?? []
  const [first] = rows
  if (!first) return null
  const requests = rows.reduce((sum, { unpriced }) => sum + unpriced, 0)
  return (
    <Section
      title={say('unpriced.without-a-known-price')}
      count={requests}
      note={say('unpriced.in-no-sum-above-unknown-is-not')}
    >
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{say('unpriced.model')}</th>
            <th scope="col" className="num">
              {say('unpriced.requests')}
            </th>
            <th scope="col" className="num">
              {say('unpriced.tokens')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.group.model} className="clickable" data-row>
              <td className="w-full max-w-0">
                <TextLink href={requestsOf(row) ?? '/traces'} className="block truncate">
                  {row.group.model ?? say('unpriced.not-said')}
                </TextLink>
              </td>
              <td className="num">{number(row.unpriced)}</td>
              <td className="num">{short(row.unpricedTokens)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="prose-width mt-3 flex flex-col gap-2">
        <p className="text-muted">
          {sayWith('unpriced.to-say-a-price-for-0-for', {
            models: say('many.model', { n: rows.length }),
            code: <code className="font-mono text-[0.75rem]">airworthy prices policy</code>,
          })}
        </p>
        <LongText
          what={say('unpriced.command')}
          text={`npx airworthy prices set ${first.group.model ?? 'provider/model'} --input 0 --output 0 --reason "our own machine"`}
        />
      </div>
    </Section>
  )
}
