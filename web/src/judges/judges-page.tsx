/** The judges of an application: which models grade its answers, and how far each may be trusted. */
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { JudgeState } from '../../../sdk/index.ts'
import { list, number, percent } from '../data/format.ts'
import { ShortDigest, Tag } from '../ui/bits.tsx'
import { ButtonLink } from '../ui/button.tsx'
import { Lead, Page } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { STANDING, standingOf } from './judge-words.ts'
import { type Figure, judgesOf } from './queries.ts'

export function JudgesPage({ name }: { name: string }) {
  const query = useQuery(judgesOf(name))
  return (
    <Page
      title={say('judges.judges')}
      crumbs={[
        { label: say('judges.applications'), href: '/applications' },
        { label: name, href: `/applications/${name}` },
      ]}
      actions={<ButtonLink href={`/annotation?application=${name}`}>{say('judges.answers-to-label')}</ButtonLink>}
    >
      <Lead>
        {sayWith('judges.models-that-grade-the-answers-of-a', {
          name,
          term: <Term of="judge">{say('judges.judge')}</Term>,
        })}
      </Lead>
      <Loaded query={query} rows={4}>
        {({ items }) => (items.length === 0 ? <NoJudge name={name} /> : <JudgeTable name={name} items={items} />)}
      </Loaded>
    </Page>
  )
}

const NoJudge = ({ name }: { name: string }) => (
  <Empty
    title={say('judges.no-model-grades-here')}
    action={
      <ButtonLink tone="primary" href={`/applications/${name}/blueprint`}>
        {say('judges.open-the-blueprint')}
      </ButtonLink>
    }
  >
    {say('judges.evaluators-such-as-rubric-faithfulness-or-correctness')}
  </Empty>
)

function JudgeTable({ name, items }: { name: string; items: readonly JudgeState[] }) {
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">{say('judges.judge')}</th>
          <th scope="col">{say('judges.may-it-hold-a-gate')}</th>
          <th scope="col" className="wide num">
            <Term of="sensitivity">{say('judges.finds-the-good')}</Term>
          </th>
          <th scope="col" className="wide num">
            <Term of="specificity">{say('judges.finds-the-bad')}</Term>
          </th>
          <th scope="col" className="wide num">
            {say('judges.labels')}
          </th>
          <th scope="col" className="wide">
            {say('judges.used-in')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((judge) => {
          const { word, tone } = STANDING[standingOf(judge)]
          const result = judge.calibration?.result
          return (
            <tr key={judge.digest} className="clickable" data-row>
              <td>
                <Link
                  href={`/applications/${name}/judges/${judge.digest}`}
                  className="rounded underline decoration-line-strong underline-offset-3 hover:decoration-current"
                >
                  {judge.name}
                </Link>{' '}
                <ShortDigest value={judge.digest} />{' '}
                {judge.sameFamily && <Tag tone="text-stale">{say('judges.own-family')}</Tag>}
              </td>
              <td className={`whitespace-nowrap ${tone}`}>{word}</td>
              <td className="wide num whitespace-nowrap">{atLeast(result?.sensitivity)}</td>
              <td className="wide num whitespace-nowrap">{atLeast(result?.specificity)}</td>
              <td className="wide num">{result ? number(result.labels) : '–'}</td>
              <td className="wide text-muted">{list(judge.suites)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** The share with its lower bound, which is what a gate reads. */
function atLeast(figure: Figure | undefined) {
  if (figure?.value == null) return '–'
  return (
    <>
      {percent(figure.value, 0)}
      {figure.interval && (
        <span className="text-muted"> {say('judges.at-least', { low: percent(figure.interval.low, 0) })}</span>
      )}
    </>
  )
}
