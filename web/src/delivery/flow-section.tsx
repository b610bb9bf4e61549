/** How an application's releases flow: how long they waited, for whom, what people were asked, how often they came back. */
import { useQuery } from '@tanstack/react-query'
import { duration, many, percent } from '../data/format.ts'
import { TextLink } from '../ui/button.tsx'
import { Facts, Section } from '../ui/page.tsx'
import { flow } from './gate-queries.ts'
import { LeadTimes } from './lead-times.tsx'

const SHOWN = 8

export function FlowSection({ name }: { name: string }) {
  const found = useQuery(flow(name)).data
  if (!found || found.leadTimes.length === 0) return null
  const { leadTimes, promotionsIn30Days, rollbackRate, restoreMs, friction, waivers } = found
  return (
    <Section title="How it flows" note="from the gate before until the promotion">
      <LeadTimes items={leadTimes.slice(0, SHOWN)} />
      <div className="mt-4">
        <Facts
          items={[
            ['promoted', `${promotionsIn30Days} in 30 days`],
            [
              'asked of people',
              `${many(friction.asks, 'statement')} on the newest, of which ${many(friction.decisions, 'real decision')}`,
            ],
            [
              'went back',
              rollbackRate === null
                ? 'no rollout has ended yet'
                : `${percent(rollbackRate, 0)} of rollouts${restoreMs === null ? '' : `, after ${duration(restoreMs)} on average`}`,
            ],
            [
              'waivers',
              <TextLink key="w" href={`/waivers?application=${name}`}>
                {waivers.inForce} in force, {waivers.open} to decide, {waivers.granted} granted so far
              </TextLink>,
            ],
          ]}
        />
      </div>
    </Section>
  )
}
