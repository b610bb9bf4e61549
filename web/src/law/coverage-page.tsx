/** Where an application has evidence, framework by framework, control by control. It never says that one is met. */
import { useQuery } from '@tanstack/react-query'
import { PlanPage } from '../governance/plan-frame.tsx'
import { Command, Tag } from '../ui/bits.tsx'
import { Lead, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { VerdictMark } from '../ui/verdict.tsx'
import { say } from '../words/say.ts'
import { type Coverage, coverage } from './queries.ts'
import { TakeAway } from './take-away.tsx'

const WORDS = {
  evidence: say('coverage.with-evidence'),
  partly: say('coverage.with-some'),
  open: say('coverage.without-evidence-yet'),
  'not-asked': say('coverage.not-asked-of-it'),
  'no-check': say('coverage.no-check-here'),
} as const
const TONES = {
  evidence: 'text-pass',
  partly: 'text-stale',
  open: 'text-muted',
  'not-asked': 'text-faint',
  'no-check': 'text-faint',
} as const

export function CoveragePage({ name }: { name: string }) {
  const query = useQuery(coverage(name))
  return (
    <PlanPage
      name={name}
      title={say('coverage.coverage')}
      actions={<TakeAway address={`/api/v1/applications/${name}/control-coverage/paper`} />}
    >
      <Loaded query={query} rows={12}>
        {({ frameworks, caution }) => (
          <>
            <Lead>
              {say('coverage.of-controls-have-all-of-their', {
                frameworks: frameworks.reduce((sum, { counts }) => sum + counts.evidence, 0),
                frameworks2: frameworks.reduce((sum, { controls }) => sum + controls.length, 0),
                caution,
              })}
            </Lead>
            {frameworks.map((one) => (
              <Framework key={one.framework} coverage={one} />
            ))}
            <div className="mt-6">
              <Command text={`airworthy controls ${name}`} />
            </div>
          </>
        )}
      </Loaded>
    </PlanPage>
  )
}

const Framework = ({
  coverage: { title, edition, counts, controls, note, source, version, asOf },
}: {
  coverage: Coverage
}) => (
  <Section title={title} count={controls.length} note={edition}>
    <p className="flex flex-wrap gap-2">
      {(Object.keys(WORDS) as (keyof typeof WORDS)[])
        .filter((state) => counts[state])
        .map((state) => (
          <Tag key={state} tone={TONES[state]}>
            {counts[state]} {WORDS[state]}
          </Tag>
        ))}
    </p>
    <details className="mt-2">
      <summary className="w-fit rounded text-muted underline">{say('coverage.control-by-control')}</summary>
      <div className="mt-2 overflow-x-auto">
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">{say('coverage.control')}</th>
              <th scope="col">{say('coverage.in-our-words')}</th>
              <th scope="col">{say('coverage.state')}</th>
              <th scope="col" className="wide">
                {say('coverage.checks')}
              </th>
            </tr>
          </thead>
          <tbody>
            {controls.map(({ id, says, state, checks }) => (
              <tr key={id}>
                <th scope="row" className="text-left font-mono text-[0.75rem] font-normal whitespace-nowrap">
                  {id}
                </th>
                <td>{says}</td>
                <td className={`whitespace-nowrap ${TONES[state]}`}>{WORDS[state]}</td>
                <td className="wide">
                  <span className="flex flex-wrap gap-x-3">
                    {checks.map(({ check, verdict }) => (
                      <span key={check} className="inline-flex items-center gap-1">
                        {verdict && <VerdictMark verdict={verdict} size={12} />}
                        <span className="font-mono text-[0.75rem]">{check}</span>
                      </span>
                    ))}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="prose-width mt-2 text-muted">
        {note}{' '}
        <a href={source.url} rel="noreferrer" target="_blank" className="underline">
          {source.title}
        </a>
        {say('coverage.pack-of', { version, asOf })}
      </p>
    </details>
  </Section>
)
