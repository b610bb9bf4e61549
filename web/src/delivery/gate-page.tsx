/** A gate: where it stands, what to do next and what that takes, then what passes. */
import { useQuery } from '@tanstack/react-query'
import type { Finding, GateDecision, GatedStage, ServedRelease, Waiver } from '../../../sdk/index.ts'
import { many } from '../data/format.ts'
import { catalogue, gate, release, useMay, waivers } from '../data/queries.ts'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { Ago, Digest, Tag } from '../ui/bits.tsx'
import { Page, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { AskApproval } from './ask-approval.tsx'
import { FindingRow, PassingRow } from './finding-row.tsx'
import { holdsBack, opens, PILLARS } from './gate-bar.tsx'
import { PromoteButton } from './promote.tsx'
import { RunGate, useRunPlan } from './run-gate.tsx'
import { isGated, STAGE_WORDS } from './stages.ts'
import { WaiverRequest } from './waivers.tsx'

export function GatePage({ id, stage }: { id: string; stage: string }) {
  return isGated(stage) ? <Gate id={id} stage={stage} /> : <NotFoundPage />
}

function Gate({ id, stage }: { id: string; stage: GatedStage }) {
  const found = useQuery(release(id)).data
  const query = useQuery(gate(id, stage))
  const asked =
    useQuery(waivers(id)).data?.items.filter((waiver) => waiver.into === stage && waiver.state === 'requested') ?? []
  const may = useMay()
  return (
    <Page
      title={`Gate into ${STAGE_WORDS[stage]}`}
      crumbs={
        found
          ? [
              { label: found.application, href: `/applications/${found.application}` },
              { label: `r${found.number}`, href: `/releases/${id}` },
            ]
          : []
      }
      aside={
        found && (
          <>
            <Tag>r{found.number}</Tag>
            <Digest value={found.digest} />
          </>
        )
      }
      actions={
        query.data &&
        found && (
          <>
            <AskApproval release={id} decision={query.data} stage={stage} />
            {may('promote') && <PromoteButton release={found} decision={query.data} stage={stage} />}
          </>
        )
      }
    >
      <Loaded query={query} rows={14}>
        {(decision) => <GateBody decision={decision} release={found} id={id} stage={stage} asked={asked} />}
      </Loaded>
    </Page>
  )
}

/** A run reads documents too, but somebody has to write them first. */
const isByMachine = ({ effort }: Finding): boolean => effort.who === 'machine'

type BodyProps = {
  decision: GateDecision
  release: ServedRelease | undefined
  id: string
  stage: GatedStage
  asked: readonly Waiver[]
}

function GateBody({ decision, release: found, id, stage, asked }: BodyProps) {
  const checks = useQuery(catalogue).data?.checks ?? []
  const plan = useRunPlan(id, stage, decision.decision === 'held')
  const held = decision.findings.filter(holdsBack)
  const warning = decision.findings.filter((finding) => !opens(finding.verdict) && !holdsBack(finding))
  const passing = decision.findings.filter(({ verdict }) => opens(verdict))
  const groups = [
    {
      title: 'A person answers these',
      items: held.filter((finding) => !isByMachine(finding)),
    },
    {
      title: 'The machine answers these',
      items: held.filter((finding) => finding.verdict !== 'FAIL' && isByMachine(finding)),
    },
    {
      title: 'These do not pass and need a better release, or a waiver',
      items: held.filter((finding) => finding.verdict === 'FAIL' && isByMachine(finding)),
    },
    { title: 'These only warn, and hold nothing yet', items: warning },
  ].filter(({ items }) => items.length > 0)
  const propsOf = (finding: GateDecision['findings'][number]) => ({
    finding,
    check: checks.find(({ id: check }) => check === finding.check),
    howto: plan?.byPeople.find(({ check }) => check === finding.check)?.howto,
    release: id,
    stage,
    application: found?.application,
    isAsked: asked.some(({ check }) => check === finding.check),
  })
  return (
    <>
      <div className="mb-6 flex flex-wrap items-center gap-x-6 gap-y-3">
        <p className="text-prose" aria-live="polite">
          {decision.decision === 'open' ? (
            <>
              <strong className="text-pass">Open.</strong> All {many(decision.findings.length, 'check')} are answered
              well enough.
            </>
          ) : (
            <>
              <strong>
                Held by {held.length} of {decision.findings.length}.
              </strong>{' '}
              {passing.length} pass.
            </>
          )}{' '}
          <span className="text-data text-muted">
            Judged <Ago at={decision.at} /> by {decision.catalogue.name} {decision.catalogue.version}, snapshot{' '}
            <Digest value={decision.snapshotDigest} />
          </span>
        </p>
      </div>
      <RunGate
        id={id}
        stage={stage}
        plan={plan}
        answers={held.filter((finding) => finding.verdict !== 'FAIL' && isByMachine(finding)).length}
      />
      {asked.length > 0 && (
        <Section title="Waivers to decide" count={asked.length}>
          {asked.map((waiver) => (
            <WaiverRequest key={waiver.id} waiver={waiver} />
          ))}
        </Section>
      )}
      {groups.map(({ title, items }) => (
        <Section key={title} title={title} count={items.length}>
          <ul>
            {items.map((finding) => (
              <FindingRow key={finding.check} {...propsOf(finding)} />
            ))}
          </ul>
        </Section>
      ))}
      {passing.length > 0 && (
        <Section title="Passing" count={passing.length} note={<Term of="pillar">by pillar</Term>}>
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
