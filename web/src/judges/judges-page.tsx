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
import { STANDING, standingOf } from './judge-words.ts'
import { type Figure, judgesOf } from './queries.ts'

export function JudgesPage({ name }: { name: string }) {
  const query = useQuery(judgesOf(name))
  return (
    <Page
      title="Judges"
      crumbs={[
        { label: 'Applications', href: '/applications' },
        { label: name, href: `/applications/${name}` },
      ]}
      actions={<ButtonLink href={`/annotation?application=${name}`}>Answers to label</ButtonLink>}
    >
      <Lead>
        Models that grade the answers of {name}. A <Term of="judge">judge</Term> is known by everything that makes its
        verdicts what they are: another model, prompt or rubric is another judge.
      </Lead>
      <Loaded query={query} rows={4}>
        {({ items }) => (items.length === 0 ? <NoJudge name={name} /> : <JudgeTable name={name} items={items} />)}
      </Loaded>
    </Page>
  )
}

const NoJudge = ({ name }: { name: string }) => (
  <Empty
    title="No model grades here"
    action={
      <ButtonLink tone="primary" href={`/applications/${name}/blueprint`}>
        Open the blueprint
      </ButtonLink>
    }
  >
    Evaluators such as rubric, faithfulness or correctness ask a model. Name one in a suite under evals/, with the model
    as its judge, and freeze; it is listed here, and can be held against people.
  </Empty>
)

function JudgeTable({ name, items }: { name: string; items: readonly JudgeState[] }) {
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">judge</th>
          <th scope="col">may it hold a gate?</th>
          <th scope="col" className="wide num">
            <Term of="sensitivity">finds the good</Term>
          </th>
          <th scope="col" className="wide num">
            <Term of="specificity">finds the bad</Term>
          </th>
          <th scope="col" className="wide num">
            labels
          </th>
          <th scope="col" className="wide">
            used in
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
                <ShortDigest value={judge.digest} /> {judge.sameFamily && <Tag tone="text-stale">own family</Tag>}
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
      {figure.interval && <span className="text-muted"> at least {percent(figure.interval.low, 0)}</span>}
    </>
  )
}
