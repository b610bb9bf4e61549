/** Models compared on the own cases of an application: one picture and one table, from experiments that ran. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { CostQuality } from '../charts/cost-quality.tsx'
import { differenceInUnit, duration, inUnit, money, number } from '../data/format.ts'
import { modelComparison } from '../data/model-queries.ts'
import { experiments, useApplicationNames } from '../data/queries.ts'
import type { ComparedModel } from '../data/shapes.ts'
import { Command, Tag } from '../ui/bits.tsx'
import { TextLink } from '../ui/button.tsx'
import { Choice } from '../ui/field.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { cardHref } from './approval-tag.tsx'
import { SERVED } from './candidate-table.tsx'
import { PlatformSection } from './platform-section.tsx'
import { RoundsSection } from './rounds-section.tsx'
import { TimingsSection } from './timings-section.tsx'
import { FIRST_WEIGHTS, WeighingSection, weightsOf } from './weighing-section.tsx'

const MODELS = [{ label: say('compare.models'), href: '/models' }] as const

export function ComparePage() {
  const [search, setSearch] = useSearchParams()
  const names = useApplicationNames()
  const application = search.get('application') ?? names[0] ?? ''
  const ran = useQuery({ ...experiments({ application }), enabled: application !== '' }).data?.items ?? []
  const suites = [...new Set(ran.map(({ suite }) => suite))]
  const suite = search.get('suite') ?? suites[0] ?? ''
  const reference = search.get('reference') ?? ''
  const [weights, setWeights] = useState(FIRST_WEIGHTS)
  const given = weightsOf(weights)
  const set = (change: Record<string, string>) => setSearch({ application, suite, ...change }, { replace: true })
  const query = useQuery({
    ...modelComparison({ application, suite, ...(reference && { reference }) }),
    enabled: suite !== '',
  })
  return (
    <Page title={say('compare.compare-models')} crumbs={MODELS}>
      <Lead>{say('compare.models-on-your-own-cases-case-by')}</Lead>
      <div className="mb-6 grid max-w-[44rem] grid-cols-1 gap-4 md:grid-cols-3">
        <Choice
          label={say('compare.application')}
          value={application}
          onChange={(value) => setSearch({ application: value })}
          options={names.map((name) => [name, name] as const)}
        />
        <Choice
          label={say('compare.suite')}
          value={suite}
          onChange={(value) => set({ suite: value })}
          options={suites.map((name) => [name, name] as const)}
        />
        <Choice
          label={say('compare.held-against')}
          value={query.data?.reference ?? ''}
          onChange={(value) => set({ reference: value })}
          options={(query.data?.items ?? []).map(({ model }) => [model, model] as const)}
        />
      </div>
      {suite === '' ? (
        <NothingYet />
      ) : (
        <Loaded query={query} rows={8}>
          {({ items, evaluator, unit, reference: against, notes }) =>
            items.length === 0 ? (
              <NothingYet />
            ) : (
              <>
                <Picture items={items} unit={unit ?? ''} reference={against} />
                <Section title={say('compare.by', { evaluator })} count={items.length}>
                  <ComparedTable items={items} unit={unit ?? ''} reference={against} />
                </Section>
                {notes.map((note) => (
                  <p key={note} className="prose-width mt-3 text-muted">
                    {note}
                  </p>
                ))}
                {items.length > 1 && (
                  <WeighingSection application={application} suite={suite} weights={weights} setWeights={setWeights} />
                )}
                <PublicFigures items={items} />
              </>
            )
          }
        </Loaded>
      )}
      {suite !== '' && (
        <TimingsSection
          application={application}
          suite={suite}
          models={(query.data?.items ?? []).map(({ model }) => model)}
        />
      )}
      {application !== '' && (
        <RoundsSection
          application={application}
          {...(suite !== '' && {
            keep: {
              label: say('compare.keep-this-comparison'),
              step: { kind: 'comparison', suite, ...(reference && { reference }), ...(given && { weights: given }) },
            },
          })}
        />
      )}
      <PlatformSection />
    </Page>
  )
}

const NothingYet = () => (
  <Empty title={say('compare.nothing-was-measured-yet')} command={<Command text="airworthy eval" />}>
    {say('compare.freeze-a-release-with-each-model-and')}
  </Empty>
)

function Picture({
  items,
  unit,
  reference,
}: {
  items: readonly ComparedModel[]
  unit: string
  reference: string | null
}) {
  const dots = items.flatMap(({ model, quality, costPerTaskMicroUsd }) => {
    const { value, interval } = quality
    if (value === null || costPerTaskMicroUsd === null) return []
    const [low, high] = [interval?.low ?? value, interval?.high ?? value]
    return [{ label: model, cost: Number(costPerTaskMicroUsd), value, low, high, isReference: model === reference }]
  })
  if (dots.length === 0) return null
  return <CostQuality dots={dots} sayCost={(cost) => money(String(cost))} sayValue={(value) => inUnit(value, unit)} />
}

const TONES = {
  better: 'text-pass',
  worse: 'text-fail',
  equivalent: 'text-text',
  undecided: 'text-inconclusive',
} as const
const Unknown = () => <span className="text-muted">{say('compare.not-measured')}</span>

function ComparedTable({
  items,
  unit,
  reference,
}: {
  items: readonly ComparedModel[]
  unit: string
  reference: string | null
}) {
  return (
    <div className="overflow-x-auto">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{say('compare.model')}</th>
            <th scope="col" className="num">
              {say('compare.quality')}
            </th>
            <th scope="col">{sayWith('compare.less', { reference })}</th>
            <th scope="col" className="num wide">
              {say('compare.first-token')}
            </th>
            <th scope="col" className="num wide">
              {say('compare.tokens-a-second')}
            </th>
            <th scope="col" className="num">
              {say('compare.cost-a-task')}
            </th>
            <th scope="col" className="num wide">
              {say('compare.hours')}
            </th>
            <th scope="col" className="wide">
              {say('compare.approval-licence-regions')}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map(
            ({
              model,
              servingMode,
              experiment,
              quality,
              difference,
              firstTokenMs,
              tokensPerSecond,
              costPerTaskMicroUsd,
              effort,
              compliance,
            }) => (
              <tr key={model}>
                <td className="min-w-36 break-words">
                  <TextLink href={cardHref(model)}>{model}</TextLink>
                  <p className="text-muted">{SERVED[servingMode]}</p>
                </td>
                <td className="num">
                  <TextLink href={`/experiments/${experiment}`}>
                    {quality.value === null ? say('compare.none') : inUnit(quality.value, unit)}
                  </TextLink>
                  <p className="whitespace-nowrap text-muted">
                    {quality.interval &&
                      `${inUnit(quality.interval.low, unit)} – ${inUnit(quality.interval.high, unit)}, `}
                    n {quality.n}
                  </p>
                </td>
                <td>
                  {difference === null ? (
                    <span className="text-muted">{say('compare.reference')}</span>
                  ) : (
                    <>
                      <Tag tone={TONES[difference.verdict]}>{difference.verdict}</Tag>
                      <p className="text-muted">
                        {sayWith('compare.pairs', {
                          value:
                            difference.value !== null &&
                            say('compare.over', { value: differenceInUnit(difference.value, unit) }),
                          pairs: difference.pairs,
                        })}
                      </p>
                    </>
                  )}
                </td>
                <td className="num wide">
                  {firstTokenMs ? `${duration(firstTokenMs.value)} (n ${firstTokenMs.n})` : <Unknown />}
                </td>
                <td className="num wide">{tokensPerSecond ? number(tokensPerSecond.value) : <Unknown />}</td>
                <td className="num">{money(costPerTaskMicroUsd)}</td>
                <td className="num wide">
                  {effort ? (
                    say('compare.a-month', { setUpHours: effort.setUpHours, hoursPerMonth: effort.hoursPerMonth })
                  ) : (
                    <Unknown />
                  )}
                </td>
                <td className="wide break-words">
                  {compliance.approval}, {compliance.licence ?? say('compare.licence-unknown')},{' '}
                  {compliance.regions.join(', ') || say('compare.regions-unknown')}
                </td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  )
}

function PublicFigures({ items }: { items: readonly ComparedModel[] }) {
  const all = items.flatMap(({ model, publicBenchmarks }) => publicBenchmarks.map((one) => ({ model, ...one })))
  if (all.length === 0) return null
  return (
    <Section title={say('compare.public-benchmarks')} note={say('compare.imported-from-cards-a-model-may-have')}>
      <ul>
        {all.map(({ model, dataset, metric, value }) => (
          <li key={`${model} ${dataset} ${metric}`}>
            {model}: {dataset}, {metric} {number(value)}
          </li>
        ))}
      </ul>
    </Section>
  )
}
