/** The suites of an application: what each measures, its last runs, and whether something changed without a run. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ServedRelease, SuiteStanding } from '../../../sdk/index.ts'
import { inUnit, list, many, number } from '../data/format.ts'
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

const KINDS = {
  prompt: 'one prompt by itself',
  pipeline: 'several steps together',
  application: 'the whole application',
} as const
const STANDING: Readonly<Record<SuiteStanding['standing'], { word: string; tone: string }>> = {
  measured: { word: 'measured', tone: 'text-pass' },
  changed: { word: 'changed without a run', tone: 'text-stale' },
  never: { word: 'not measured', tone: 'text-muted' },
  running: { word: 'running', tone: 'text-inconclusive' },
  unusable: { word: 'cannot run', tone: 'text-fail' },
}

export function SuitesPage({ name }: { name: string }) {
  const query = useQuery(suitesOf(name))
  const id = query.data?.release ?? undefined
  const newest = useQuery({ ...release(id ?? ''), enabled: id !== undefined }).data
  return (
    <Page
      title="Suites"
      crumbs={[
        { label: 'Applications', href: '/applications' },
        { label: name, href: `/applications/${name}` },
      ]}
      actions={<ButtonLink href={`/applications/${name}/compare`}>Compare</ButtonLink>}
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
    title={isFrozen ? 'The newest release has no suite' : 'There is no release yet'}
    command={<Command text={isFrozen ? `airworthy eval ${name}` : `airworthy freeze ${name}`} />}
    action={
      <ButtonLink tone="primary" href={`/applications/${name}/blueprint`}>
        Open the blueprint
      </ButtonLink>
    }
  >
    A <Term of="suite">suite</Term> is a file under evals/ that names a dataset, evaluators, and what decides. It is
    frozen with the release and measures it.
  </Empty>
)

function standingWords(items: readonly SuiteStanding[]): string {
  const named = (standing: SuiteStanding['standing']) =>
    items.filter((one) => one.standing === standing).map(({ name }) => name)
  const changed = named('changed')
  const never = named('never')
  return [
    items.every(({ standing }) => standing === 'measured')
      ? `${items.length === 1 ? 'The suite' : `All ${number(items.length)} suites`} measured exactly what stands now.`
      : `${named('measured').length} of ${many(items.length, 'suite')} measured exactly what stands now.`,
    ...(changed.length > 0 ? [`Changed without a run: ${list(changed)}.`] : []),
    ...(never.length > 0 ? [`Not measured: ${list(never)}.`] : []),
  ].join(' ')
}

/** What was edited since the last freeze is in no release, and no suite can measure it. */
function Unfrozen({ name, newest }: { name: string; newest: ServedRelease | undefined }) {
  const found = useQuery(application(name)).data
  if (!found || !newest || found.blueprint === newest.blueprint) return null
  return (
    <p className="prose-width mb-6 rounded border border-line-strong px-4 py-3">
      <span className="text-stale">The blueprint has changed since r{newest.number} was frozen.</span> Suites measure
      releases: <TextLink href={`/applications/${name}/blueprint`}>freeze it</TextLink>, and measure what came of it.
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
            Measure r{newest.number}
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
          'tests',
          kind ? (
            KINDS[kind]
          ) : (
            <span key="k" className="text-muted">
              its kind is not said
            </span>
          ),
        ],
        [
          <Term key="d" of="dataset">
            questions
          </Term>,
          <span key="v">
            {many(examples, 'case')} of {dataset}, {list(splits)}
            {data?.from && (
              <>
                , <TextLink href={`/datasets/${data.from.dataset}`}>version {data.from.version}</TextLink>
              </>
            )}{' '}
            {data && <Digest value={data.digest} />}
          </span>,
        ],
        [
          <Term key="e" of="evaluator">
            evaluators
          </Term>,
          <ul key="l" className="flex flex-col gap-0.5">
            {evaluators.map(({ key, version, judge }) => (
              <li key={key}>
                {key} <span className="text-muted">v{version}</span> {key === primary && <Tag>decides</Tag>}{' '}
                {judge && <TextLink href={`/applications/${of}/judges/${judge.digest}`}>{judge.model}</TextLink>}
              </li>
            ))}
          </ul>,
        ],
        [
          <Term key="m" of="margin">
            margin
          </Term>,
          number(margin),
        ],
        ...(threshold === undefined ? [] : ([['must reach', number(threshold)]] as const)),
        ...(slices === undefined ? [] : ([['cut by', list(slices)]] as const)),
      ]}
    />
  )
}

function Runs({ suite: { runs } }: { suite: SuiteStanding }) {
  if (runs.length === 0) return <p className="text-muted">No run yet.</p>
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">run</th>
          <th scope="col" className="num">
            score
          </th>
          <th scope="col">verdict</th>
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
                  {inUnit(score.interval.low, score.unit)} to {inUnit(score.interval.high, score.unit)}
                </span>
              )}
            </td>
            <td>{verdict ? <ComparisonVerdict verdict={verdict} /> : <span className="text-muted">alone</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
