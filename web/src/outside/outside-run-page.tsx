/** One run of another program: what it says, of what, and every test that did not pass. */
import { useQuery } from '@tanstack/react-query'
import type { OutsideRun } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { number } from '../data/format.ts'
import { keyed } from '../data/keyed.ts'
import { release } from '../data/queries.ts'
import { Ago, Command, Tag } from '../ui/bits.tsx'
import { TextLink } from '../ui/button.tsx'
import { Facts, Lead, Page, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { saidBy, TOOLS, WHAT } from './outside-runs.tsx'

const OUTCOMES = {
  failed: 'text-fail',
  broken: 'text-fail',
  skipped: 'text-muted',
  passed: 'text-pass',
} as const
/** More are in the file. */
const MOST_SHOWN = 500

export function OutsideRunPage({ id }: { id: string }) {
  const query = useQuery({
    queryKey: ['experiment', 'outside-run', id],
    queryFn: () => client.getOutsideRun({ params: { id } }),
  })
  return (
    <Loaded query={query} rows={8}>
      {(run) => (
        <Page
          title={run.name}
          crumbs={[
            { label: say('outside-run.applications'), href: '/applications' },
            { label: run.application, href: `/applications/${run.application}` },
            { label: say('outside-run.suites'), href: `/applications/${run.application}/suites` },
          ]}
          aside={<Tag>{TOOLS[run.producer.name]}</Tag>}
        >
          <Lead>
            {sayWith('outside-run.says-so-nothing-of-it-was-measured', {
              saidBy: saidBy(run),
              name: TOOLS[run.producer.name],
            })}
          </Lead>
          <Facts items={about(run)} />
          <Figures run={run} />
          <Tests run={run} />
          <Texts title={say('outside-run.parameters')} texts={run.parameters} />
          <Texts title={say('outside-run.tags')} texts={run.tags} />
          {run.producer.name === 'mlflow' && (
            <Section title={say('outside-run.out-again')} note={say('outside-run.the-answer-of-mlflows-runs-get-with')}>
              <Command text={`airworthy runs export ${run.id} run.json`} />
            </Section>
          )}
        </Page>
      )}
    </Loaded>
  )
}

const about = (run: OutsideRun) =>
  [
    ['state', run.state],
    ['release', run.release === null ? <Unknown key="r" /> : <Release key="r" id={run.release} />],
    ['tests', run.kind === null ? <Unknown key="k" /> : WHAT[run.kind]],
    ...(run.startedAt === null ? [] : ([['began', <Ago key="s" at={run.startedAt} />]] as const)),
    [say('outside-run.came-in'), <Ago key="a" at={run.at} />],
    ...run.datasets.map((dataset) => ['data', <Data key="d" name={dataset.name} digest={dataset.digest} />] as const),
    [
      'evidence',
      run.evidence.length === 0 ? (
        <span key="e" className="text-muted">
          {say('outside-run.none')}
        </span>
      ) : (
        <span key="e" className="flex flex-wrap gap-x-3">
          {run.evidence.map((one) => (
            <TextLink key={one} href={`/evidence/${one}`}>
              {say('outside-run.imported')}
            </TextLink>
          ))}
        </span>
      ),
    ],
  ] as const

const Data = ({ name, digest }: { name: string; digest: string }) => (
  <span className="break-all">
    {name} <span className="text-muted">{digest}</span>
  </span>
)

const Unknown = () => <span className="text-muted">{say('outside-run.nobody-said')}</span>

function Release({ id }: { id: string }) {
  const found = useQuery(release(id)).data
  return <TextLink href={`/releases/${id}`}>{found ? `r${found.number}` : id}</TextLink>
}

function Figures({ run: { figures } }: { run: OutsideRun }) {
  if (figures.length === 0) return null
  return (
    <Section title={say('outside-run.figures')} count={figures.length}>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{say('outside-run.figure')}</th>
            <th scope="col" className="num">
              {say('outside-run.value')}
            </th>
            <th scope="col" className="num">
              {say('outside-run.interval')}
            </th>
            <th scope="col" className="num">
              n
            </th>
          </tr>
        </thead>
        <tbody>
          {figures.map(({ name, value, low, high, n }) => (
            <tr key={name}>
              <td className="break-words">{name}</td>
              <td className="num">{value === null ? say('outside-run.no-number') : number(value)}</td>
              <td className="num">
                {low === null || high === null ? '–' : say('outside-run.to', { low: number(low), high: number(high) })}
              </td>
              <td className="num">{n === null ? '–' : number(n)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}

function Tests({ run: { tests, counts } }: { run: OutsideRun }) {
  if (!counts) return null
  const all = counts.passed + counts.failed + counts.broken + counts.skipped
  const shown = tests.slice(0, MOST_SHOWN)
  return (
    <Section
      title={say('outside-run.tests')}
      count={all}
      {...(shown.length < all && {
        note: say('outside-run.the-first-those-that-did-not-pass', { shown: number(shown.length) }),
      })}
    >
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{say('outside-run.test')}</th>
            <th scope="col">{say('outside-run.outcome')}</th>
            <th scope="col" className="wide num">
              {say('outside-run.seconds')}
            </th>
          </tr>
        </thead>
        <tbody>
          {keyed(shown, ({ suite, name }) => `${suite} ${name}`).map(
            ({ key, item: { suite, name, outcome, seconds, message } }) => (
              <tr key={key}>
                <td className="break-words">
                  {name}
                  <span className="block text-muted">{suite}</span>
                  {message && <span className="block whitespace-pre-wrap text-muted">{message}</span>}
                </td>
                <td className={OUTCOMES[outcome]}>{outcome === 'skipped' ? say('outside-run.left-out') : outcome}</td>
                <td className="wide num">{seconds === null ? '–' : number(seconds)}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </Section>
  )
}

function Texts({ title, texts }: { title: string; texts: Readonly<Record<string, string>> }) {
  const pairs = Object.entries(texts)
  if (pairs.length === 0) return null
  return (
    <Section title={title} count={pairs.length}>
      <Facts
        items={pairs.map(([name, value]) => [
          name,
          <span key={name} className="break-all">
            {value}
          </span>,
        ])}
      />
    </Section>
  )
}
