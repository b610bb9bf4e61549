/** Arms of several experiments side by side: scores, differences, verdicts, slices, cost, and every case. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ArmsComparison } from '../../../sdk/index.ts'
import { useParameter } from '../data/address.ts'
import { list } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { NewStudy } from '../studies/new-study.tsx'
import { Command } from '../ui/bits.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Choice } from '../ui/field.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { ArmPicker } from './arm-picker.tsx'
import { CasesSection } from './cases-section.tsx'
import { labelsOf, verdictWords } from './compare-words.ts'
import { CorpusCompared } from './corpus-compared.tsx'
import { CostPicture } from './cost-picture.tsx'
import { Matrix } from './matrix.tsx'
import { armComparison, comparedCases, ended, firstArms } from './queries.ts'
import { SliceTable } from './slice-table.tsx'

export function ComparePage({ name }: { name: string }) {
  const [asked, setArms] = useParameter('arms')
  const [reference, setReference] = useParameter('reference')
  const [isChoosing, setChoosing] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const may = useMay()
  const experiments = useQuery(ended(name))
  const arms = asked?.split(',') ?? firstArms(experiments.data?.items ?? [])
  const query = useQuery(armComparison(arms, reference))
  // Asked beside the comparison, not behind it.
  useInfiniteQuery(comparedCases(arms))
  return (
    <Page
      title={say('compare.compare')}
      crumbs={[
        { label: say('compare.applications'), href: '/applications' },
        { label: name, href: `/applications/${name}` },
      ]}
      actions={
        experiments.data?.items.length ? (
          <>
            {may('build') && query.data && <Button onClick={() => setAsking(true)}>{say('compare.ask-people')}</Button>}
            <Button onClick={() => setChoosing(true)}>{say('compare.choose-arms')}</Button>
          </>
        ) : undefined
      }
    >
      {arms.length >= 2 ? (
        <Loaded query={query} rows={12}>
          {(found) => <Compared found={found} arms={arms} onReference={setReference} />}
        </Loaded>
      ) : (
        <Loaded query={experiments} rows={6}>
          {() => <NotYet name={name} />}
        </Loaded>
      )}
      {isAsking && query.data && (
        <NewStudy
          arms={arms}
          reference={query.data.reference}
          label={(arm) => labelsOf(query.data.arms).get(arm) ?? arm}
          onClose={() => setAsking(false)}
        />
      )}
      {isChoosing && (
        <ArmPicker
          experiments={experiments.data?.items ?? []}
          chosen={arms}
          onChoose={(chosen) => {
            if (reference && !chosen.includes(reference)) setReference(undefined)
            setArms(chosen.join(','))
            setChoosing(false)
          }}
          onClose={() => setChoosing(false)}
        />
      )}
    </Page>
  )
}

const NotYet = ({ name }: { name: string }) => (
  <Empty
    title={say('compare.there-is-nothing-to-compare-yet')}
    command={<Command text={`airworthy eval ${name}`} />}
    action={
      <ButtonLink tone="primary" href={`/applications/${name}`}>
        {say('compare.open-the-application')}
      </ButtonLink>
    }
  >
    {say('compare.two-things-that-answered-the-same-questions')}
  </Empty>
)

function Compared({
  found,
  arms,
  onReference,
}: {
  found: ArmsComparison
  arms: readonly string[]
  onReference: (arm: string) => void
}) {
  const [evaluator = found.primary, setEvaluator] = useParameter('evaluator')
  const labels = labelsOf(found.arms)
  const evaluators = [...new Set(found.arms.flatMap(({ scores }) => scores.map((score) => score.evaluator)))]
  return (
    <>
      <Lead>{verdictWords(found, labels)}</Lead>
      {found.notes.length > 0 && (
        <ul className="prose-width mb-6 flex list-disc flex-col gap-0.5 pl-5 text-muted">
          {found.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <div className="mb-6 grid max-w-[44rem] gap-4 md:grid-cols-2">
        <Choice
          label={say('compare.held-against')}
          value={found.reference}
          onChange={onReference}
          options={found.arms.map(({ id }) => [id, labels.get(id) ?? id] as const)}
        />
        <Choice
          label={say('compare.cases-cost-and-slices-by')}
          value={evaluator}
          onChange={setEvaluator}
          options={evaluators.map((one) => [one, one] as const)}
        />
      </div>
      <Section
        title={say('compare.arms-and-evaluators')}
        count={found.arms.length}
        note={sayWith('compare.of-p-by-holm-over-the-arms', {
          cases: say('many.case', { n: found.examples }),
          name: found.dataset.name,
          term: <Term of="paired">{say('compare.paired')}</Term>,
        })}
      >
        <Matrix found={found} evaluators={evaluators} labels={labels} />
      </Section>
      <Section
        title={say('compare.quality-cost-and-time')}
        note={say('compare.grey-is-what-another-arm-beats-in', { evaluator })}
      >
        <CostPicture found={found} evaluator={evaluator} labels={labels} />
      </Section>
      <SliceTable found={found} labels={labels} />
      <CorpusCompared found={found} labels={labels} key={found.arms.map(({ id }) => id).join()} />
      <CasesSection found={found} arms={arms} evaluator={evaluator} labels={labels} />
      <p className="mt-6 text-muted">
        {say('compare.the-address-of-this-page-holds-all', {
          part: list([...new Set(found.arms.map(({ suite }) => suite))]),
        })}
      </p>
    </>
  )
}
