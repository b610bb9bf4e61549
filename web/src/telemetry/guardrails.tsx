/** What the guardrails of a release said of one request; what they found is shown nowhere. */
import type { Span, Trace } from '../../../sdk/index.ts'
import { Section } from '../ui/page.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'

const TONES: Readonly<Record<string, string>> = {
  passed: 'text-muted',
  observed: 'text-stale',
  redacted: 'text-stale',
  blocked: 'text-fail',
}

export function Guardrails({ trace: { spans } }: { trace: Trace }) {
  const said = spans.filter(({ attributes }) => typeof attributes['airworthy.guardrail.verdict'] === 'string')
  if (said.length === 0) return null
  return (
    <Section title={say('guardrails.guardrails')} note={<Term of="guardrail">{say('guardrails.what-they-said')}</Term>}>
      <table className="data-table">
        <tbody>
          {said.map((span) => (
            <Verdict key={span.spanId} span={span} />
          ))}
        </tbody>
      </table>
    </Section>
  )
}

function Verdict({ span: { attributes } }: { span: Span }) {
  const verdict = String(attributes['airworthy.guardrail.verdict'])
  const count = Number(attributes['airworthy.guardrail.count'])
  return (
    <tr>
      <td>{String(attributes['gen_ai.guardian.id'])}</td>
      <td className="text-muted">
        {attributes['gen_ai.security.target.type'] === 'llm_output'
          ? say('guardrails.in-the-answer')
          : say('guardrails.in-the-question')}
      </td>
      <td className={TONES[verdict]}>{verdict}</td>
      <td className="num">
        {count === 0
          ? say('guardrails.nothing-found')
          : say('guardrails.found', { times: say('many.time', { n: count }) })}
      </td>
    </tr>
  )
}
