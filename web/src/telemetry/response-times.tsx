/** Response times of one application: by percentile, and by the parts of its flow. */
import { useQuery } from '@tanstack/react-query'
import type { ResponseTimes as Found, PartTime } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { number, percent } from '../data/format.ts'
import { Section } from '../ui/page.tsx'
import { Scrollable } from '../ui/scrollable.tsx'
import { say } from '../words/say.ts'
import { Quantile } from './quantile.tsx'

const KINDS: Readonly<Record<string, string>> = {
  ours: say('response-times.the-gateway-itself'),
  retrieve: 'retrieval',
  generate: 'model',
  'call-target': 'target',
  tool: 'tool',
  guardrail: 'guardrail',
  cache: say('response-times.kept-answers'),
  hold: say('response-times.held-for-a-person'),
}

type Asked = { readonly since?: string; readonly until?: string; readonly run?: string }

export function ResponseTimes({ application, ...asked }: Asked & { application: string }) {
  const { data } = useQuery({
    queryKey: ['usage', 'times', application, asked],
    queryFn: () => client.getResponseTimes({ params: { name: application }, query: asked }),
  })
  if (!data || data.n === 0) return null
  return (
    <Section
      title={say('response-times.where-the-time-of-an-answer-goes')}
      note={say('response-times.each-quantile-with-its-95-interval', {
        isCut: data.isCut ? say('response-times.the-newest') : '',
        completeAnswers: say('many.complete-answer', { n: data.n }),
      })}
    >
      <TimesTable found={data} />
      {data.tokensPerSecond && (
        <p className="mt-2 text-muted">
          {say('response-times.streams-write-tokens-a-second-in-the', {
            value: number(data.tokensPerSecond.p50.value),
            count: data.tokensPerSecond.n,
          })}
        </p>
      )}
    </Section>
  )
}

function TimesTable({ found: { latencyMs, firstTokenMs, parts } }: { found: Found }) {
  return (
    <Scrollable className="overflow-x-auto">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{say('response-times.part')}</th>
            <th scope="col" className="num wide">
              {say('response-times.half-within')}
            </th>
            <th scope="col" className="num">
              {say('response-times.95-within')}
            </th>
            <th scope="col" className="num wide">
              {say('response-times.99-within')}
            </th>
            <th scope="col" className="num">
              {say('response-times.share-of-the-time')}
            </th>
          </tr>
        </thead>
        <tbody>
          <Row what={say('response-times.whole-answer')} spread={latencyMs} />
          {firstTokenMs && <Row what={say('response-times.first-piece-of-a-stream')} spread={firstTokenMs} />}
          {parts.map((part) => (
            <Row key={`${part.kind} ${part.part}`} what={wordsOf(part)} spread={part.ms} share={part.share} />
          ))}
        </tbody>
      </table>
    </Scrollable>
  )
}

const wordsOf = ({ kind, part }: PartTime): string => {
  const kindInWords = KINDS[kind] ?? kind
  return kind === 'ours' ? kindInWords : `${kindInWords}: ${part}`
}

function Row({ what, spread, share }: { what: string; spread: Found['latencyMs']; share?: number }) {
  return (
    <tr>
      <td className="min-w-32 break-words">{what}</td>
      <td className="num wide">
        <Quantile of={spread} at="p50" />
      </td>
      <td className="num">
        <Quantile of={spread} at="p95" />
      </td>
      <td className="num wide">
        <Quantile of={spread} at="p99" />
      </td>
      <td className="num">{share === undefined ? '' : percent(share, 0)}</td>
    </tr>
  )
}
