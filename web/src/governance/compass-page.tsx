/** The compass: what somebody does next, and every application in one view. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { list, many, minutes, percent, sentence } from '../data/format.ts'
import { Tag } from '../ui/bits.tsx'
import { Button, ButtonLink, TextLink } from '../ui/button.tsx'
import { Choice } from '../ui/field.tsx'
import { Facts, Page, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { type Compass, compass, type Persona, type Phase, type Workload } from './queries.ts'

const PERSONAS: readonly (readonly [Persona, string])[] = [
  ['builder', 'I build'],
  ['business', 'I own it'],
  ['security', 'I look after security'],
  ['operations', 'I run it'],
  ['executive', 'I decide'],
  ['auditor', 'I audit'],
]
const WORKLOADS: readonly (readonly [Workload, string])[] = [
  ['customer-service', 'answers for customers'],
  ['marketing', 'marketing and sales'],
  ['product', 'product ideas'],
  ['operations', 'operations'],
  ['existing', 'it runs already'],
]
const KEY = 'airworthy-persona'
const WORKLOAD_KEY = 'airworthy-workload'

export function CompassPage() {
  const [persona, setPersona] = useState<Persona>(remembered)
  const [phase, setPhase] = useState<Phase | ''>('')
  const [workload, setWorkload] = useState<Workload | ''>(
    () => WORKLOADS.find(([key]) => key === localStorage.getItem(WORKLOAD_KEY))?.[0] ?? '',
  )
  const [isWhole, setWhole] = useState(false)
  const query = useQuery({
    ...compass(persona, { phase: phase || undefined, workload: workload || undefined, isWhole }),
    placeholderData: keepPreviousData,
  })
  function choose(value: string) {
    localStorage.setItem(KEY, value)
    setPersona(value as Persona)
  }
  return (
    <Page title="Compass" actions={<ButtonLink href="/portfolio">All pillars, all applications</ButtonLink>}>
      <div className="mb-6 flex flex-wrap gap-4">
        <Choice label="Who are you?" value={persona} onChange={choose} options={PERSONAS} />
        <Choice
          label="What is it for?"
          value={workload}
          onChange={(value) => {
            localStorage.setItem(WORKLOAD_KEY, value)
            setWorkload(value as Workload | '')
          }}
          options={[['', 'anything'], ...WORKLOADS]}
        />
        <Choice
          label="Phase"
          value={phase}
          onChange={(value) => setPhase(value as Phase | '')}
          options={[
            ['', 'all'],
            ...Object.entries(query.data?.phases ?? {}).map(([key, count]) => [key, `${key} (${count})`] as const),
          ]}
        />
      </div>
      <Loaded query={query} rows={10}>
        {(found) => <Found found={found} onMore={() => setWhole(true)} />}
      </Loaded>
    </Page>
  )
}

const remembered = (): Persona => PERSONAS.find(([key]) => key === localStorage.getItem(KEY))?.[0] ?? 'builder'

function Found({ found: { first, next, items, isCut }, onMore }: { found: Compass; onMore: () => void }) {
  return (
    <>
      {next.length > 0 && (
        <p className="prose-width mb-8">
          <span className="text-muted">To begin with: </span>
          <TextLink href={first.href}>{first.task}</TextLink> <span className="text-muted">{first.why}</span>
        </p>
      )}
      <Section title={next.length === 0 ? 'Begin here' : 'The next three things'}>
        {next.length === 0 ? (
          <>
            <p className="font-medium">{first.task}</p>
            <p className="prose-width mb-3 text-muted">{first.why}</p>
            <ButtonLink href={first.href} tone="primary">
              Go there
            </ButtonLink>
          </>
        ) : (
          <ol>
            {next.map(({ application, what, why, minutes: time, href }) => (
              <li key={`${application} ${what}`} className="border-t border-line py-3 first:border-0 first:pt-0">
                <p className="flex flex-wrap items-baseline gap-x-2">
                  <TextLink href={href} className="font-medium">
                    {what}
                  </TextLink>
                  <span className="text-muted">
                    {application}, about {minutes(time)}
                  </span>
                </p>
                <p className="prose-width text-muted">{why}</p>
              </li>
            ))}
          </ol>
        )}
      </Section>
      <Section title="Applications" count={items.length}>
        {items.length === 0 && <p className="text-muted">None is in this phase.</p>}
        <div className="grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-2">
          {items.map((one) => (
            <OneView key={one.application} view={one} />
          ))}
        </div>
        {isCut && (
          <div className="mt-6">
            <Button onClick={onMore}>Show all</Button>
          </div>
        )}
      </Section>
    </>
  )
}

function OneView({ view }: { view: Compass['items'][number] }) {
  const { application, phase, stage, satisfaction, cost, returns, use, alerts } = view
  const firing = alerts.filter(({ state }) => state === 'firing')
  const quiet = alerts.filter(({ state }) => state === 'quiet').map(({ title }) => title.toLowerCase())
  return (
    <article aria-label={application} className="min-w-0">
      <p className="mb-2 flex flex-wrap items-baseline gap-2">
        <TextLink href={`/applications/${application}`} className="text-prose font-medium">
          {application}
        </TextLink>
        <Tag>{phase}</Tag>
        {stage && <Tag>{stage}</Tag>}
      </p>
      <Facts
        items={[
          [
            'users who liked it',
            satisfaction
              ? `${percent(satisfaction.share)} (${percent(satisfaction.low)} to ${percent(satisfaction.high)}, n ${satisfaction.n})`
              : 'nobody said yet',
          ],
          ['spent this month', dollars(cost.spentThisMonthUsd)],
          [
            'next 30 days',
            <TextLink key="cost" href={`/applications/${application}/cost`}>
              {cost.forecast.p50Usd === null
                ? 'not known yet'
                : `${dollars(cost.forecast.p50Usd)}, ${dollars(cost.forecast.p90Usd)} at worst`}
            </TextLink>,
          ],
          [
            'return',
            returns
              ? `${percent(returns.low, 0)} to ${percent(returns.high, 0)} of its planned cost in ${many(returns.months, 'month')}`
              : 'not planned yet',
          ],
          ['last day', `${many(use.requests, 'request')}, ${many(use.errors, 'error')}`],
          [
            'alerts',
            firing.length > 0 ? (
              <span key="firing" className="text-fail">
                {firing.map(({ says }) => sentence(says)).join(' ')}
              </span>
            ) : quiet.length > 0 ? (
              `quiet: ${list(quiet)}`
            ) : (
              'nothing to look at yet'
            ),
          ],
        ]}
      />
    </article>
  )
}

const dollars = (value: number | null): string =>
  value === null
    ? 'not known'
    : `$${value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
