/** Response times of one application: by percentile, and by the parts of its flow. */
import { useQuery } from '@tanstack/react-query'
import type { ResponseTimes as Found, PartTime } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { many, number, percent } from '../data/format.ts'
import { Section } from '../ui/page.tsx'
import { Scrollable } from '../ui/scrollable.tsx'
import { Quantile } from './quantile.tsx'

const KINDS: Readonly<Record<string, string>> = {
  ours: 'the gateway itself',
  retrieve: 'retrieval',
  generate: 'model',
  'call-target': 'target',
  tool: 'tool',
  guardrail: 'guardrail',
  cache: 'kept answers',
  hold: 'held for a person',
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
      title="Where the time of an answer goes"
      note={`${data.isCut ? 'the newest ' : ''}${many(data.n, 'complete answer')}; each quantile with its 95 % interval`}
    >
      <TimesTable found={data} />
      {data.tokensPerSecond && (
        <p className="mt-2 text-muted">
          Streams write {number(data.tokensPerSecond.p50.value)} tokens a second in the median, n{' '}
          {data.tokensPerSecond.n}.
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
            <th scope="col">part</th>
            <th scope="col" className="num wide">
              half within
            </th>
            <th scope="col" className="num">
              95 % within
            </th>
            <th scope="col" className="num wide">
              99 % within
            </th>
            <th scope="col" className="num">
              share of the time
            </th>
          </tr>
        </thead>
        <tbody>
          <Row what="whole answer" spread={latencyMs} />
          {firstTokenMs && <Row what="first piece of a stream" spread={firstTokenMs} />}
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
