/** A gate: where it stands, what to do next and what that takes, then what passes, and how it came to this. */
import { useQuery } from '@tanstack/react-query'
import type { GateDecision, GatedStage, ServedRelease } from '../../../sdk/index.ts'
import { gate, release, useMay } from '../data/queries.ts'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { Ago, Digest, Tag } from '../ui/bits.tsx'
import { TextLink } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { AskApproval } from './ask-approval.tsx'
import { holdsBack, opens } from './gate-bar.tsx'
import { GateFindings } from './gate-findings.tsx'
import { GateHistory } from './gate-history.tsx'
import { PromoteButton } from './promote.tsx'
import { isGated, STAGE_WORDS } from './stages.ts'

export function GatePage({ id, stage }: { id: string; stage: string }) {
  return isGated(stage) ? <Gate id={id} stage={stage} /> : <NotFoundPage />
}

function Gate({ id, stage }: { id: string; stage: GatedStage }) {
  const found = useQuery(release(id)).data
  const query = useQuery(gate(id, stage))
  const may = useMay()
  return (
    <Page
      title={say('gate.gate-into', { stage: STAGE_WORDS[stage] })}
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
        {(decision) => (
          <>
            <Standing decision={decision} release={found} />
            <GateFindings decision={decision} release={found} id={id} stage={stage} />
            {found && <GateHistory id={id} stage={stage} application={found.application} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Standing({ decision, release: found }: { decision: GateDecision; release: ServedRelease | undefined }) {
  const { findings, neverVisited, tier } = decision
  const held = findings.filter(holdsBack)
  const warning = findings.filter((finding) => !opens(finding.verdict) && !holdsBack(finding))
  const waived = findings.filter(({ verdict }) => verdict === 'WAIVED')
  const passing = findings.filter(({ verdict }) => verdict === 'PASS')
  return (
    <div className="mb-6 flex flex-col gap-1">
      <p className="text-prose" aria-live="polite">
        {sayWith('gate.pass', {
          decision:
            decision.decision === 'open' ? (
              sayWith('gate.nothing-holds-this-release', {
                part: <strong className="text-pass">{say('gate.open')}</strong>,
              })
            ) : (
              <strong>{say('gate.held-by-of', { held: held.length, findings: findings.length })}</strong>
            ),
          passing: passing.length,
          waived:
            waived.length > 0 &&
            say('gate.which-is-no-pass', { areWaived: say('many.is-waived', { n: waived.length }) }),
          warning: warning.length > 0 && ` ${say('many.only-warns', { n: warning.length })}.`,
        })}
      </p>
      {neverVisited.length > 0 && (
        <p className="prose-width">
          {say('gate.nothing-was-ever-recorded-for-that-alone', { neverVisited: neverVisited.join(', ') })}
        </p>
      )}
      <p className="text-muted">
        {sayWith('gate.judged-by', {
          found: found ? (
            <TextLink href={`/applications/${found.application}/profile`}>
              <span>{sayWith('gate.tier-what-another-profile-would-ask', { tier })}</span>
            </TextLink>
          ) : (
            say('gate.tier', { tier })
          ),
          when: <Ago at={decision.at} />,
          name: decision.catalogue.name,
          version: decision.catalogue.version,
          term: <Term of="snapshot">{say('gate.snapshot')}</Term>,
          digest: <Digest value={decision.snapshotDigest} />,
        })}
      </p>
    </div>
  )
}
