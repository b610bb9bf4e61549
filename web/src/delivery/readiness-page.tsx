/** How ready a release is: seven areas of running it and seven pillars, as ready as the weakest. No mean is taken. */
import { useQuery } from '@tanstack/react-query'
import type { Readiness } from '../../../sdk/index.ts'
import { list, sentence } from '../data/format.ts'
import { release } from '../data/queries.ts'
import { Ago, Tag } from '../ui/bits.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Said } from '../ui/said.tsx'
import { Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { VERDICT_COLOR, VERDICT_WORDS, VerdictMark } from '../ui/verdict.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { pillarWords } from './gate-bar.tsx'
import { readiness } from './gate-queries.ts'

type Status = Readiness['status']

const STATUS: Readonly<Record<Status, { mark: 'PASS' | 'FAIL' | 'INCONCLUSIVE' | 'MISSING'; words: string }>> = {
  green: { mark: 'PASS', words: say('readiness.everything-passes') },
  amber: { mark: 'INCONCLUSIVE', words: say('readiness.something-is-open-waived-or-in-doubt') },
  unvisited: { mark: 'MISSING', words: say('readiness.nothing-was-recorded') },
  red: { mark: 'FAIL', words: say('readiness.something-fails') },
}

export function ReadinessPage({ id }: { id: string }) {
  const found = useQuery(release(id)).data
  const query = useQuery(readiness(id))
  return (
    <Page
      title={say('readiness.readiness')}
      crumbs={
        found
          ? [
              { label: found.application, href: `/applications/${found.application}` },
              { label: `r${found.number}`, href: `/releases/${id}` },
            ]
          : []
      }
      aside={found && <Tag>r{found.number}</Tag>}
    >
      <Loaded query={query} rows={12}>
        {(report) => (
          <>
            <Lead>
              <VerdictMark verdict={STATUS[report.status].mark} title="" />{' '}
              {sayWith('readiness.in', {
                status: <strong>{sentence(report.status)}</strong>,
                words: STATUS[report.status].words,
                weakest: list(report.weakest),
                term: (
                  <span className="text-data text-muted">
                    {sayWith('readiness.against-all-that-production-will-ask-judged', {
                      term: <Term of="readiness">{say('readiness.as-ready-as-the-weakest')}</Term>,
                      when: <Ago at={report.at} />,
                    })}
                  </span>
                ),
              })}
            </Lead>
            <Section title={say('readiness.seven-pillars')}>
              <ul className="grid grid-cols-2 gap-x-4 gap-y-4 md:grid-cols-4 xl:grid-cols-7">
                {report.pillars.map(({ pillar, status, counts }) => (
                  <li key={pillar} className="border-t-2 border-line pt-2">
                    <h3 className="flex items-center gap-1.5 text-data font-medium">
                      <VerdictMark verdict={STATUS[status].mark} title={status} /> {sentence(pillar)}
                    </h3>
                    <p className="text-[0.75rem] text-muted">{pillarWords(counts) || say('readiness.no-check')}</p>
                  </li>
                ))}
              </ul>
            </Section>
            {report.areas.map((area) => (
              <Area key={area.area} {...area} />
            ))}
          </>
        )}
      </Loaded>
    </Page>
  )
}

const Area = ({ area, status, checks }: Readiness['areas'][number]) => (
  <Section
    title={sentence(area)}
    note={
      <span className="flex items-center gap-1.5">
        <VerdictMark verdict={STATUS[status].mark} title="" /> {status}: {STATUS[status].words}
      </span>
    }
  >
    <ul>
      {checks.map(({ check, title, verdict, why }) => (
        <li
          key={check}
          className="grid min-h-8 grid-cols-[auto_minmax(0,1fr)] gap-x-3 py-1 md:grid-cols-[auto_14rem_8rem_minmax(0,1fr)]"
        >
          <span className="flex h-5 items-center">
            <VerdictMark verdict={verdict} title="" />
          </span>
          <span>{title}</span>
          <span className={`max-md:col-start-2 ${VERDICT_COLOR[verdict]}`}>{VERDICT_WORDS[verdict]}</span>
          <span className="text-muted max-md:col-start-2">
            <Said text={why} />
          </span>
        </li>
      ))}
    </ul>
  </Section>
)
