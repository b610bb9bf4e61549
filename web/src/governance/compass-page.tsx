/** The compass: what somebody does next, and every application in one view. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { list, minutes, percent, sentence, usd } from '../data/format.ts'
import { STAGE_WORDS } from '../delivery/stages.ts'
import { Tag } from '../ui/bits.tsx'
import { Button, ButtonLink, TextLink } from '../ui/button.tsx'
import { Choice } from '../ui/field.tsx'
import { Facts, Page, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { PHASE_WORDS } from '../words/states.ts'
import { type Compass, compass, type Persona, type Phase, type Workload } from './queries.ts'

const PERSONAS: readonly (readonly [Persona, string])[] = [
  ['builder', say('compass.i-build')],
  ['business', say('compass.i-own-it')],
  ['security', say('compass.i-look-after-security')],
  ['operations', say('compass.i-run-it')],
  ['executive', say('compass.i-decide')],
  ['auditor', say('compass.i-audit')],
]
const WORKLOADS: readonly (readonly [Workload, string])[] = [
  ['customer-service', say('compass.answers-for-customers')],
  ['marketing', say('compass.marketing-and-sales')],
  ['product', say('compass.product-ideas')],
  ['operations', say('compass.operations')],
  ['existing', say('compass.it-runs-already')],
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
    <Page
      title={say('compass.compass')}
      actions={<ButtonLink href="/portfolio">{say('compass.all-pillars-all-applications')}</ButtonLink>}
    >
      <div className="mb-6 flex flex-wrap gap-4">
        <Choice label={say('compass.who-are-you')} value={persona} onChange={choose} options={PERSONAS} />
        <Choice
          label={say('compass.what-is-it-for')}
          value={workload}
          onChange={(value) => {
            localStorage.setItem(WORKLOAD_KEY, value)
            setWorkload(value as Workload | '')
          }}
          options={[['', say('compass.anything')], ...WORKLOADS]}
        />
        <Choice
          label={say('compass.phase')}
          value={phase}
          onChange={(value) => setPhase(value as Phase | '')}
          options={[
            ['', say('compass.all')],
            ...Object.entries(query.data?.phases ?? {}).map(
              ([key, count]) => [key, `${PHASE_WORDS[key as Phase]} (${count})`] as const,
            ),
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
          <span className="text-muted">{say('compass.to-begin-with')} </span>
          <TextLink href={first.href}>{first.task}</TextLink> <span className="text-muted">{first.why}</span>
        </p>
      )}
      <Section title={next.length === 0 ? say('compass.begin-here') : say('compass.the-next-three-things')}>
        {next.length === 0 ? (
          <>
            <p className="font-medium">{first.task}</p>
            <p className="prose-width mb-3 text-muted">{first.why}</p>
            <ButtonLink href={first.href} tone="primary">
              {say('compass.go-there')}
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
                  <span className="text-muted">{say('compass.about', { application, time: minutes(time) })}</span>
                </p>
                <p className="prose-width text-muted">{why}</p>
              </li>
            ))}
          </ol>
        )}
      </Section>
      <Section title={say('compass.applications')} count={items.length}>
        {items.length === 0 && <p className="text-muted">{say('compass.none-is-in-this-phase')}</p>}
        <div className="grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-2">
          {items.map((one) => (
            <OneView key={one.application} view={one} />
          ))}
        </div>
        {isCut && (
          <div className="mt-6">
            <Button onClick={onMore}>{say('compass.show-all')}</Button>
          </div>
        )}
      </Section>
    </>
  )
}

function OneView({ view }: { view: Compass['items'][number] }) {
  const { application, phase, stage, satisfaction, cost, returns, meteredReturns, use, alerts } = view
  const firing = alerts.filter(({ state }) => state === 'firing')
  const named = (wanted: 'quiet' | 'unknown') =>
    list(alerts.filter(({ state }) => state === wanted).map(({ kind }) => ALERTS[kind]))
  const [quiet, unknown] = [named('quiet'), named('unknown')]
  return (
    <article aria-label={application} className="min-w-0">
      <p className="mb-2 flex flex-wrap items-baseline gap-2">
        <TextLink href={`/applications/${application}`} className="text-prose font-medium">
          {application}
        </TextLink>
        <Tag>{PHASE_WORDS[phase]}</Tag>
        {stage && <Tag>{STAGE_WORDS[stage]}</Tag>}
      </p>
      <Facts
        items={[
          [
            say('compass.users-who-liked-it'),
            satisfaction
              ? say('compass.to-n', {
                  share: percent(satisfaction.share),
                  low: percent(satisfaction.low),
                  high: percent(satisfaction.high),
                  n: satisfaction.n,
                })
              : say('compass.nobody-said-yet'),
          ],
          [say('compass.spent-this-month'), usd(cost.spentThisMonthUsd)],
          [
            say('compass.next-30-days'),
            <TextLink key="cost" href={`/applications/${application}/cost`}>
              {cost.forecast.p50Usd === null
                ? say('compass.not-known-yet')
                : say('compass.at-worst', {
                    p50Usd: usd(cost.forecast.p50Usd),
                    p90Usd: usd(cost.forecast.p90Usd),
                  })}
            </TextLink>,
          ],
          [
            say('compass.return'),
            returns
              ? say('compass.to-of-its-planned-cost-in', {
                  low: percent(returns.low, 0),
                  high: percent(returns.high, 0),
                  months: say('many.month', { n: returns.months }),
                })
              : say('compass.not-planned-yet'),
          ],
          [
            say('compass.return-as-metered'),
            <>
              {meteredReturns.range
                ? say('compass.to-of-its-cost-in', {
                    low: percent(meteredReturns.range.low, 0),
                    high: percent(meteredReturns.range.high, 0),
                    months: say('many.month', { n: meteredReturns.months }),
                  })
                : say('compass.not-known-yet')}
              <span className="block text-muted">{meteredReturns.says}</span>
            </>,
          ],
          [
            say('compass.last-day'),
            `${say('many.request', { n: use.requests })}, ${say('many.error', { n: use.errors })}`,
          ],
          [
            say('compass.alerts'),
            firing.length > 0 ? (
              <span key="firing" className="text-fail">
                {firing.map(({ says }) => sentence(says)).join(' ')}
              </span>
            ) : (
              <>
                {quiet !== '' && say('compass.quiet', { quiet })}
                {unknown !== '' && (
                  <span className="block text-muted">{say('compass.watched-too-few-requests', { unknown })}</span>
                )}
              </>
            ),
          ],
        ]}
      />
    </article>
  )
}

const ALERTS: Readonly<Record<Compass['items'][number]['alerts'][number]['kind'], string>> = {
  errors: say('compass.errors'),
  cost: say('compass.cost'),
  provider: say('compass.provider'),
}
