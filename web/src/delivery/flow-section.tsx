/** How an application's releases flow: how long they waited, for whom, what people were asked, how often they came back. */
import { useQuery } from '@tanstack/react-query'
import { duration, percent } from '../data/format.ts'
import { TextLink } from '../ui/button.tsx'
import { Facts, Section } from '../ui/page.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { flow } from './gate-queries.ts'
import { LeadTimes } from './lead-times.tsx'

const SHOWN = 8

export function FlowSection({ name }: { name: string }) {
  const found = useQuery(flow(name)).data
  if (!found || found.leadTimes.length === 0) return null
  const { leadTimes, promotionsIn30Days, rollbackRate, restoreMs, friction, waivers } = found
  return (
    <Section
      title={say('flow-section.how-it-flows')}
      note={say('flow-section.from-the-gate-before-until-the-promotion')}
    >
      <LeadTimes items={leadTimes.slice(0, SHOWN)} />
      <div className="mt-4">
        <Facts
          items={[
            [say('flow-section.promoted'), `${promotionsIn30Days} in 30 days`],
            [
              say('flow-section.asked-of-people'),
              say('flow-section.on-the-newest-of-which', {
                statements: say('many.statement', { n: friction.asks }),
                realDecisions: say('many.real-decision', { n: friction.decisions }),
              }),
            ],
            [
              say('flow-section.went-back'),
              rollbackRate === null
                ? say('flow-section.no-rollout-has-ended-yet')
                : say('flow-section.of-rollouts', {
                    rollbackRate: percent(rollbackRate, 0),
                    restoreMs:
                      restoreMs === null
                        ? ''
                        : say('flow-section.after-on-average', { restoreMs: duration(restoreMs) }),
                  }),
            ],
            [
              say('flow-section.waivers'),
              <TextLink key="w" href={`/waivers?application=${name}`}>
                {sayWith('flow-section.in-force-to-decide-granted-so-far', {
                  inForce: waivers.inForce,
                  open: waivers.open,
                  granted: waivers.granted,
                })}
              </TextLink>,
            ],
          ]}
        />
      </div>
    </Section>
  )
}
