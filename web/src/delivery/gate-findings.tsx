/** The findings of a gate, grouped by what somebody does about them: by whom, how long, what it costs. */
import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import type { Doing, GateDecision, GatedStage, Persona, ServedRelease } from '../../../sdk/index.ts'
import { useParameter } from '../data/address.ts'
import { minutes, price } from '../data/format.ts'
import { waivers } from '../data/queries.ts'
import { Choice } from '../ui/field.tsx'
import { Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { FindingRow, PassingRow } from './finding-row.tsx'
import { opens, PILLARS } from './gate-bar.tsx'
import { gateChecks, nextStepsAt } from './gate-queries.ts'
import { useGateRun } from './gate-run.ts'
import { RunGate } from './run-gate.tsx'
import { WaiverRequest } from './waivers.tsx'

const TITLES: Readonly<Record<Doing, string>> = {
  mend: say('gate-findings.these-were-answered-and-do-not-pass'),
  answer: say('gate-findings.somebody-doubts-these-and-somebody-else-answers'),
  run: say('gate-findings.the-machine-answers-these'),
  import: say('gate-findings.a-report-of-a-tool-answers-these'),
  write: say('gate-findings.a-person-writes-or-states-these'),
  waive: say('gate-findings.nothing-here-answers-these-yet-they-take'),
  approve: say('gate-findings.the-last-word-approvals'),
  later: say('gate-findings.these-only-warn-and-hold-nothing-yet'),
}
const PERSONAS: readonly (readonly [Persona | '', string])[] = [
  ['', 'anybody'],
  ['business', 'business'],
  ['builder', 'builder'],
  ['security', 'security'],
  ['operations', 'operations'],
  ['auditor', 'auditor'],
]

type Props = {
  decision: GateDecision
  release: ServedRelease | undefined
  id: string
  stage: GatedStage
}

export function GateFindings({ decision, release: found, id, stage }: Props) {
  const [persona = '', setPersona] = useParameter('as')
  const known = PERSONAS.find(([one]) => one === persona)?.[0] || undefined
  const next = useQuery({ ...nextStepsAt(id, stage, known), placeholderData: (before) => before })
  const checks = useQuery(gateChecks(id, stage)).data?.items ?? []
  const asked =
    useQuery(waivers(id)).data?.items.filter((waiver) => waiver.into === stage && waiver.state === 'requested') ?? []
  const run = useGateRun(id, stage, decision.decision === 'held')
  const steps = next.data?.groups.flatMap(({ items }) => items) ?? []
  const runnable = steps.filter(({ producer, doing }) => producer !== null && doing !== 'later')
  const propsOf = (finding: GateDecision['findings'][number]) => ({
    finding,
    check: checks.find((check) => check.id === finding.check),
    step: steps.find((step) => step.check === finding.check),
    release: id,
    stage,
    application: found?.application,
    isAsked: asked.some(({ check }) => check === finding.check),
    run,
  })
  const passing = decision.findings.filter(({ verdict }) => opens(verdict))
  return (
    <>
      <RunGate
        run={run}
        answers={runnable.filter(({ doing }) => doing === 'run').length}
        stale={runnable.filter(({ verdict }) => verdict === 'STALE').map(({ check }) => check)}
      />
      {asked.length > 0 && (
        <Section title={say('gate-findings.waivers-to-decide')} count={asked.length}>
          {asked.map((waiver) => (
            <WaiverRequest key={waiver.id} waiver={waiver} />
          ))}
        </Section>
      )}
      <Loaded query={next} rows={8}>
        {({ groups }) => (
          <>
            {groups.length > 0 && (
              <div className="mt-4 max-w-48">
                <Choice
                  label={say('gate-findings.in-the-order-of')}
                  value={persona}
                  onChange={setPersona}
                  options={PERSONAS}
                />
              </div>
            )}
            {groups.map(({ doing, items, minutes: takes, costMicroUsd }) => (
              <Section
                key={doing}
                title={TITLES[doing]}
                count={items.length}
                note={
                  takes > 0 &&
                  say('gate-findings.about', {
                    takes: minutes(takes),
                    costMicroUsd: costMicroUsd === '0' ? '' : `, ${price(costMicroUsd)}`,
                  })
                }
              >
                <ul>
                  {items.map(({ check }) => {
                    const finding = decision.findings.find((one) => one.check === check)
                    return <Fragment key={check}>{finding && <FindingRow {...propsOf(finding)} />}</Fragment>
                  })}
                </ul>
              </Section>
            ))}
          </>
        )}
      </Loaded>
      {passing.length > 0 && (
        <Section
          title={say('gate-findings.what-lets-it-through')}
          count={passing.length}
          note={sayWith('gate-findings.by', { term: <Term of="pillar">{say('gate-findings.pillar')}</Term> })}
        >
          {PILLARS.map((pillar) => {
            const items = passing.filter((finding) => finding.pillar === pillar)
            return (
              items.length > 0 && (
                <div key={pillar} className="mb-2 md:grid md:grid-cols-[8rem_minmax(0,1fr)]">
                  <p className="py-1.5 text-muted">{pillar}</p>
                  <ul>
                    {items.map((finding) => (
                      <PassingRow key={finding.check} {...propsOf(finding)} />
                    ))}
                  </ul>
                </div>
              )
            )
          })}
        </Section>
      )}
    </>
  )
}
