/** Usage and cost: what was spent on what, beside the time before and the cap, down to the requests themselves. */
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useParameter } from '../data/address.ts'
import { useApplicationNames } from '../data/queries.ts'
import { useNow } from '../data/time.ts'
import { Command } from '../ui/bits.tsx'
import { ButtonLink } from '../ui/button.tsx'
import { Choice } from '../ui/field.tsx'
import { Page, Section } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { DailyCost } from './daily-cost.tsx'
import { ResponseTimes } from './response-times.tsx'
import { Unpriced } from './unpriced.tsx'
import { UsageLead } from './usage-lead.tsx'
import { type UsageFilter, usage } from './usage-queries.ts'
import { UsageTable } from './usage-table.tsx'
import { PERIODS, usageTime } from './usage-time.ts'

const GROUPS = [
  ['application', 'application'],
  ['team', 'team'],
  ['user', 'user'],
  ['feature', 'feature'],
  ['model', 'model'],
  ['release', 'release'],
  ['key', 'key'],
  ['day', 'day'],
] as const

/** Often enough that today moves on, and seldom enough that the days stay the same query. */
const LOOK_MS = 300_000

export function UsagePage() {
  const [group = 'application', setGroup] = useParameter('by')
  const [period, setPeriod] = useParameter('period')
  const [application, setApplication] = useParameter('application')
  const [model, setModel] = useParameter('model')
  const names = useApplicationNames()
  const by = GROUPS.some(([name]) => name === group) ? group : 'application'
  const time = usageTime(period, useNow(LOOK_MS))
  const span = { since: time.since, until: time.until }
  const filter: UsageFilter = { ...(application && { application }), ...(model && { model }) }
  const table = useQuery(usage(by, span, filter))
  const before = useQuery(usage(by, time.before, filter))
  const models = useQuery(usage('model', span, application ? { application } : {})).data?.items ?? []
  const csv = `/api/v1/usage.csv?${new URLSearchParams({ by: by === 'day' ? 'day' : `day,${by}`, ...span, ...filter })}`
  return (
    <Page
      title={say('usage.usage-and-cost')}
      actions={
        <a
          href={csv}
          download="usage.csv"
          className="inline-flex min-h-8 items-center gap-1.5 rounded border border-line bg-raised px-3 text-data font-medium hover:bg-hover"
        >
          <Download size={14} aria-hidden /> {say('usage.csv')}
        </a>
      }
    >
      <search className="mb-5 grid grid-cols-2 gap-3 md:max-w-4xl md:grid-cols-4">
        <Choice
          label={say('usage.time')}
          value={period ?? '30'}
          onChange={(value) => setPeriod(value === '30' ? undefined : value)}
          options={PERIODS}
        />
        <Choice label={say('usage.by')} value={by} onChange={setGroup} options={GROUPS} />
        <Choice
          label={say('usage.application')}
          value={application ?? ''}
          onChange={setApplication}
          options={[['', 'all'], ...names.map((name) => [name, name] as const)]}
        />
        <Choice
          label={say('usage.model')}
          value={model ?? ''}
          onChange={setModel}
          options={[['', 'all'], ...namesOf(models, model).map((name) => [name, name] as const)]}
        />
      </search>
      <Loaded query={table} rows={10}>
        {(shown) =>
          shown.total.requests === 0 ? (
            <Empty
              title={say('usage.nothing-was-used-in-this-time')}
              command={<Command text="npx airworthy usage --by day,model" />}
              action={
                <ButtonLink tone="primary" href="/playground">
                  {say('usage.ask-in-the-playground')}
                </ButtonLink>
              }
            >
              {say('usage.what-requests-take-and-cost-will-be')}
            </Empty>
          ) : (
            <>
              <UsageLead total={shown.total} before={before.data?.total} time={time} filter={filter} />
              <DailyCost time={time} filter={filter} />
              <Section title={say('usage.by-2', { by })} note={say('usage.the-dearest-first-a-row-opens-its')}>
                <UsageTable shown={shown} before={before.data} by={by} />
              </Section>
              {application && <ResponseTimes application={application} {...span} />}
              <Unpriced span={span} filter={filter} />
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

/** With the one that is chosen, which may have none in this time. */
const namesOf = (rows: readonly { group: { model?: string | null } }[], chosen: string | undefined): string[] =>
  [...new Set([...rows.flatMap(({ group }) => group.model || []), ...(chosen ? [chosen] : [])])].sort()
