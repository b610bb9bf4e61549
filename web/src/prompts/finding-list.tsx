/** What lint says of prompts, each with its code, its place and what to do. */
import { Tag } from '../ui/bits.tsx'
import { Said } from '../ui/said.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import type { LintFinding } from './queries.ts'

const TONES = { error: 'text-fail', warning: 'text-text', advice: 'text-muted' } as const

export function FindingList({ findings }: { findings: readonly LintFinding[] }) {
  if (findings.length === 0) return <p className="text-muted">{say('finding-list.lint-finds-nothing')}</p>
  return (
    <ul className="flex flex-col gap-2">
      {findings.map(({ code, severity, line, message, remedy, field }) => (
        <li key={`${code}${field}${message}`} className="prose-width">
          <span className="mr-2 inline-flex items-center gap-1.5 align-baseline">
            <Tag tone={TONES[severity]}>{severity}</Tag>
            <code className="font-mono text-[0.75rem]">{code}</code>
            {line !== undefined && <span className="text-muted">{sayWith('finding-list.line', { line })}</span>}
          </span>
          <br />
          <Said text={message} />. <span className="text-muted">{remedy}</span>
        </li>
      ))}
    </ul>
  )
}
