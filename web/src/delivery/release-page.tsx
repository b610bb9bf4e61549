/** One release: where it stands, what changed, its scorecard, what it is made of, and the evidence on it. */
import { useQuery } from '@tanstack/react-query'
import type { ServedRelease } from '../../../sdk/index.ts'
import { list, percent } from '../data/format.ts'
import { changes, evidenceList, experiments, release, useMay, useNames } from '../data/queries.ts'
import { ExperimentList } from '../evals/experiment-list.tsx'
import { StartExperiment } from '../evals/start-experiment.tsx'
import { EvidenceTable } from '../evidence/evidence-table.tsx'
import { Ago, Command, Digest, Dot, Tag } from '../ui/bits.tsx'
import { ButtonLink } from '../ui/button.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { AttackSection } from './attack-section.tsx'
import { ChangeList } from './change-list.tsx'
import { FaultsSection } from './faults-section.tsx'
import { gateWords } from './gate-bar.tsx'
import { LoadSection } from './load-section.tsx'
import { ManifestView } from './manifest-view.tsx'
import { Scorecard } from './scorecard.tsx'
import { nextStage, STAGE_WORDS } from './stages.ts'
import { SwapSection } from './swap-section.tsx'

export function ReleasePage({ id }: { id: string }) {
  const query = useQuery(release(id))
  const found = query.data
  return (
    <Page
      title={found ? `r${found.number}` : 'Release'}
      crumbs={
        found
          ? [
              { label: 'Applications', href: '/applications' },
              { label: found.application, href: `/applications/${found.application}` },
            ]
          : []
      }
      aside={
        found && (
          <>
            <Digest value={found.digest} />
            <Tag>{found.stage}</Tag>
          </>
        )
      }
      actions={
        found && (
          <>
            <ButtonLink href={`/releases/${found.id}/cards/system`}>Cards</ButtonLink>
            <ButtonLink href={`/releases/${found.id}/readiness`}>Readiness</ButtonLink>
            {found.manifest.index && <ButtonLink href={`/releases/${found.id}/documents`}>Documents</ButtonLink>}
            <ButtonLink href={`/releases/${found.id}/dossier`}>Dossier</ButtonLink>
            <ButtonLink href={`/playground?a=${found.id}`}>Ask it</ButtonLink>
          </>
        )
      }
    >
      <Loaded query={query} rows={12}>
        {(loaded) => <ReleaseBody release={loaded} />}
      </Loaded>
    </Page>
  )
}

function ReleaseBody({ release: found }: { release: ServedRelease }) {
  const nameOf = useNames()
  const may = useMay()
  const changed = useQuery(changes(found.id))
  const measured = useQuery(experiments({ release: found.id }))
  const evidence = useQuery(evidenceList({ release: found.id }))
  const into = nextStage(found.stage)
  return (
    <>
      <Lead>
        {found.live.length > 0
          ? `It answers in ${list(found.live.map(({ stage, share }) => `${STAGE_WORDS[stage]}${share < 1 ? ` for ${percent(share, 0)} of the traffic` : ''}`))}. `
          : 'It answers nowhere at present. '}
        {found.scorecard && into && `The gate into ${STAGE_WORDS[into]} is ${gateWords(found.scorecard)}.`}{' '}
        <span className="text-data text-muted">
          Frozen <Ago at={found.frozenAt} /> by {nameOf(found.frozenBy)}
          {found.commit && (
            <>
              {' '}
              <Dot /> commit <code className="font-mono">{found.commit.slice(0, 8)}</code>
            </>
          )}
        </span>
      </Lead>
      {found.scorecard && into && (
        <Section
          title="Scorecard"
          note={<Term of="pillar">seven pillars, into {STAGE_WORDS[into]}</Term>}
          actions={
            <ButtonLink tone="primary" href={`/releases/${found.id}/gates/${into}`}>
              {found.scorecard.decision === 'open' ? 'Open the gate' : 'See what holds it'}
            </ButtonLink>
          }
        >
          <Scorecard gate={found.scorecard} />
        </Section>
      )}
      <Section title="What changed since the release before">
        <Loaded query={changed} rows={2}>
          {({ since, items }) => <ChangeList since={since} items={items} />}
        </Loaded>
      </Section>
      <SwapSection release={found.id} />
      <Section
        title="Experiments"
        actions={may('build') && found.manifest.suites.length > 0 && <StartExperiment release={found} />}
      >
        <Loaded query={measured} rows={2}>
          {({ items }) =>
            items.length > 0 ? (
              <ExperimentList items={items} />
            ) : (
              <Empty
                title="Not measured yet"
                command={<Command text={`npx airworthy eval ${found.manifest.suites[0]?.name ?? ''}`} />}
              >
                Every experiment on this release will be here, with its scores and how it compares with the baseline.
              </Empty>
            )
          }
        </Loaded>
      </Section>
      <LoadSection release={found} />
      <AttackSection release={found} />
      <FaultsSection release={found} />
      <Section title="What it is made of" note={<Term of="manifest">manifest</Term>}>
        <ManifestView manifest={found.manifest} />
      </Section>
      <Section title="Evidence" {...(evidence.data && { count: evidence.data.items.length })}>
        <Loaded query={evidence} rows={4}>
          {({ items }) =>
            items.length > 0 ? (
              <EvidenceTable items={items} />
            ) : (
              <Empty title="Nothing is recorded yet" command={<Command text="npx airworthy gate poc --run" />}>
                What is measured, imported or attested on this release will be here, signed.
              </Empty>
            )
          }
        </Loaded>
      </Section>
    </>
  )
}
