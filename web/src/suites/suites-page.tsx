/** The suites of an application: what each measures, its last runs, and whether something changed without a run. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ServedRelease, SuiteStanding } from '../../../sdk/index.ts'
import { inUnit, list, number } from '../data/format.ts'
import { suitesOf } from '../data/model-queries.ts'
import { application, release, useMay } from '../data/queries.ts'
import { ComparisonVerdict } from '../evals/comparison-verdict.tsx'
import { StartDialog } from '../evals/start-experiment.tsx'
import { OutsideRuns } from '../outside/outside-runs.tsx'
import { Ago, Command, Digest, Tag } from '../ui/bits.tsx'
import { Button, ButtonLink, TextLink } from '../ui/button.tsx'
import { Facts, Lead, Page, Section } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

const KINDS = {
  prompt: say('suites.one-prompt-by-itself'),
  pipeline: say('suites.several-steps-together'),
  application: say('suites.the-whole-application'),
} as const
const STANDING: Readonly<Record<SuiteStanding['standing'], { word: string; tone: string }>> = {
  measured: { word: 'measured', tone: 'text-pass' },
  changed: { word: say('suites.changed-without-a-run'), tone: 'text-stale' },
  never: { word: say('suites.not-measured'), tone: 'text-muted' },
  running: { word: 'running', tone: 'text-inconclusive' },
  unusable: { word: say('suites.cannot-run'), tone: 'text-fail' },
}

export function SuitesPage({ name }: { name: string }) {
  const query = useQuery(suitesOf(name))
  const id = query.data?.release ?? undefined
  const newest = useQuery({ ...release(id ?? ''), enabled: id !== undefined }).data
  return (
    <Page
      title={say('suites.suites')}
      crumbs={[
        { label: say('suites.applications'), href: '/applications' },
        { label: name, href: `/applications/${name}` },
      ]}
      actions={<ButtonLink href={`/applications/${name}/compare`}>{say('suites.compare')}</ButtonLink>}
    >
      <Loaded query={query} rows={8}>
        {({ items }) =>
          items.length === 0 ? (
            <NoSuite name={name} isFrozen={id !== undefined} />
          ) : (
            <>
              <Lead>{standingWords(items)}</Lead>
              <Unfrozen name={name} newest={newest} />
              {items.map((suite) => (
                <SuiteSection key={suite.name} suite={suite} newest={newest} />
              ))}
            </>
          )
        }
      </Loaded>
      <div className="mt-8">
        <OutsideRuns name={name} />
      </div>
    </Page>
  )
}

const NoSuite = ({ name, isFrozen }: { name: string; isFrozen: boolean }) => (
  <Empty
    title={isFrozen ? say('suites.the-newest-release-has-no-suite') : say('suites.there-is-no-release-yet')}
    command={<Command text={isFrozen ? `airworthy eval ${name}` : `airworthy freeze ${name}`} />}
    action={
      <ButtonLink tone="primary" href={`/applications/${name}/blueprint`}>
        {say('suites.open-the-blueprint')}
      </ButtonLink>
    }
  >
    {sayWith('suites.a-is-a-file-under-evals-that', { term: <Term of="suite">{say('suites.suite')}</Term> })}
  </Empty>
)

function standingWords(items: readonly SuiteStanding[]): string {
  const named = (standing: SuiteStanding['standing']) =>
    items.filter((one) => one.standing === standing).map(({ name }) => name)
  const changed = named('changed')
  const never = named('never')
  return [
    items.every(({ standing }) => standing === 'measured')
      ? say('suites.measured-exactly-what-stands-now', {
          items:
            items.length === 1 ? say('suites.the-suite') : say('suites.all-suites', { items: number(items.length) }),
        })
      : say('suites.of-measured-exactly-what-stands-now', {
          named: named('measured').length,
          suites: say('many.suite', { n: items.length }),
        }),
    ...(changed.length > 0 ? [say('suites.changed-without-a-run-2', { changed: list(changed) })] : []),
    ...(never.length > 0 ? [say('suites.not-measured-2', { never: list(never) })] : []),
  ].join(' ')
}

/** What was edited since the last freeze is in no release, and no suite can measure it. */
function Unfrozen({ name, newest }: { name: string; newest: ServedRelease | undefined }) {
  const found = useQuery(application(name)).data
  if (!found || !newest || found.blueprint === newest.blueprint) return null
  return (
    <p className="prose-width mb-6 rounded border border-line-strong px-4 py-3">
      {sayWith('suites.suites-measure-releases-and-measure-what-came', {
        number: (
          <span className="text-stale">
            {say('suites.the-blueprint-has-changed-since-r-was', { number: newest.number })}
          </span>
        ),
        link: <TextLink href={`/applications/${name}/blueprint`}>{say('suites.freeze-it')}</TextLink>,
      })}
    </p>
  )
}

function SuiteSection({ suite, newest }: { suite: SuiteStanding; newest: ServedRelease | undefined }) {
  const [isAsking, setAsking] = useState(false)
  const may = useMay()
  const { word, tone } = STANDING[suite.standing]
  const isUsable = suite.standing !== 'unusable' && suite.standing !== 'running'
  return (
    <Section
      title={suite.name}
      note={<span className={tone}>{word}</span>}
      actions={
        may('build') &&
        newest &&
        isUsable && (
          <Button tone={suite.standing === 'measured' ? 'plain' : 'primary'} onClick={() => setAsking(true)}>
            {say('suites.measure-r', { number: newest.number })}
          </Button>
        )
      }
    >
      {suite.description && <p className="prose-width mb-2">{suite.description}</p>}
      <p className="prose-width mb-3 text-muted">{suite.why}</p>
      <div className="grid items-start gap-x-12 gap-y-6 md:grid-cols-2">
        <What suite={suite} application={newest?.application ?? ''} />
        <Runs suite={suite} />
      </div>
      {isAsking && newest && <StartDialog release={newest} suite={suite.name} onClose={() => setAsking(false)} />}
    </Section>
  )
}

function What({ suite, application: of }: { suite: SuiteStanding; application: string }) {
  const { kind, data, dataset, splits, examples, evaluators, primary, margin, threshold, slices } = suite
  return (
    <Facts
      items={[
        [
          say('suites.tests'),
          kind ? (
            KINDS[kind]
          ) : (
            <span key="k" className="text-muted">
              {say('suites.its-kind-is-not-said')}
            </span>
          ),
        ],
        [
          <Term key="d" of="dataset">
            {say('suites.questions')}
          </Term>,
          <span key="v">
            {sayWith('suites.of', {
              cases: say('many.case', { n: examples }),
              dataset,
              splits: list(splits),
              from: data?.from && (
                <>
                  ,{' '}
                  <TextLink href={`/datasets/${data.from.dataset}`}>
                    {say('suites.version', { version: data.from.version })}
                  </TextLink>
                </>
              ),
              data: data && <Digest value={data.digest} />,
            })}
          </span>,
        ],
        [
          <Term key="e" of="evaluator">
            {say('suites.evaluators')}
          </Term>,
          <ul key="l" className="flex flex-col gap-0.5">
            {evaluators.map(({ key, version, judge }) => (
              <li key={key}>
                {key} <span className="text-muted">v{version}</span>{' '}
                {key === primary && <Tag>{say('suites.decides')}</Tag>}{' '}
                {judge && <TextLink href={`/applications/${of}/judges/${judge.digest}`}>{judge.model}</TextLink>}
              </li>
            ))}
          </ul>,
        ],
        [
          <Term key="m" of="margin">
            {say('suites.margin')}
          </Term>,
          number(margin),
        ],
        ...(threshold === undefined ? [] : ([[say('suites.must-reach'), number(threshold)]] as const)),
        ...(slices === undefined ? [] : ([[say('suites.cut-by'), list(slices)]] as const)),
      ]}
    />
  )
}

function Runs({ suite: { runs } }: { suite: SuiteStanding }) {
  if (runs.length === 0) return <p className="text-muted">{say('suites.no-run-yet')}</p>
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">{say('suites.run')}</th>
          <th scope="col" className="num">
            {say('suites.score')}
          </th>
          <th scope="col">{say('suites.verdict')}</th>
        </tr>
      </thead>
      <tbody>
        {runs.map(({ experiment, at, score, verdict }) => (
          <tr key={experiment}>
            <td>
              <TextLink href={`/experiments/${experiment}`}>
                <Ago at={at} />
              </TextLink>
            </td>
            <td className="num whitespace-nowrap">
              {score?.mean == null ? '–' : inUnit(score.mean, score.unit)}
              {score?.interval && (
                <span className="block text-muted">
                  {say('suites.to', {
                    low: inUnit(score.interval.low, score.unit),
                    high: inUnit(score.interval.high, score.unit),
                  })}
                </span>
              )}
            </td>
            <td>
              {verdict ? (
                <ComparisonVerdict verdict={verdict} />
              ) : (
                <span className="text-muted">{say('suites.alone')}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
