/** A gate: where it stands, what to do next and what that takes, then what passes, and how it came to this. */
import { useQuery } from '@tanstack/react-query'
import type { GateDecision, GatedStage, ServedRelease } from '../../../sdk/index.ts'
import { many } from '../data/format.ts'
import { gate, release, useMay } from '../data/queries.ts'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { Ago, Digest, Tag } from '../ui/bits.tsx'
import { TextLink } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
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
        {decision.decision === 'open' ? (
          <>
            <strong className="text-pass">Open.</strong> Nothing holds this release.
          </>
        ) : (
          <strong>
            Held by {held.length} of {findings.length}.
          </strong>
        )}{' '}
        {passing.length} pass.
        {waived.length > 0 && ` ${many(waived.length, 'is waived', 'are waived')}, which is no pass.`}
        {warning.length > 0 && ` ${many(warning.length, 'only warns', 'only warn')}.`}
      </p>
      {neverVisited.length > 0 && (
        <p className="prose-width">
          Nothing was ever recorded for {neverVisited.join(', ')}; that alone holds the way into production.
        </p>
      )}
      <p className="text-muted">
        {found ? (
          <TextLink href={`/applications/${found.application}/profile`}>
            <span>Tier {tier}: what another profile would ask</span>
          </TextLink>
        ) : (
          `Tier ${tier}`
        )}
        . Judged <Ago at={decision.at} /> by {decision.catalogue.name} {decision.catalogue.version},{' '}
        <Term of="snapshot">snapshot</Term> <Digest value={decision.snapshotDigest} />
      </p>
    </div>
  )
}
