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
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { AttackSection } from './attack-section.tsx'
import { ChangeList } from './change-list.tsx'
import { FaultsSection } from './faults-section.tsx'
import { gateWords } from './gate-bar.tsx'
import { HarmSection } from './harm-section.tsx'
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
      title={found ? `r${found.number}` : say('release.release')}
      crumbs={
        found
          ? [
              { label: say('release.applications'), href: '/applications' },
              { label: found.application, href: `/applications/${found.application}` },
            ]
          : []
      }
      aside={
        found && (
          <>
            <Digest value={found.digest} />
            <Tag>{STAGE_WORDS[found.stage]}</Tag>
          </>
        )
      }
      actions={
        found && (
          <>
            <ButtonLink href={`/releases/${found.id}/cards/system`}>{say('release.cards')}</ButtonLink>
            <ButtonLink href={`/releases/${found.id}/readiness`}>{say('release.readiness')}</ButtonLink>
            {found.manifest.index && (
              <ButtonLink href={`/releases/${found.id}/documents`}>{say('release.documents')}</ButtonLink>
            )}
            <ButtonLink href={`/releases/${found.id}/dossier`}>{say('release.dossier')}</ButtonLink>
            <ButtonLink href={`/playground?a=${found.id}`}>{say('release.ask-it')}</ButtonLink>
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
          ? say('release.it-answers-in', {
              live: list(
                found.live.map(
                  ({ stage, share }) =>
                    `${STAGE_WORDS[stage]}${share < 1 ? say('release.for-of-the-traffic', { share: percent(share, 0) }) : ''}`,
                ),
              ),
            })
          : say('release.it-answers-nowhere-at-present')}
        {found.scorecard &&
          into &&
          say('release.the-gate-into-is', { into: STAGE_WORDS[into], gateWords: gateWords(found.scorecard) })}{' '}
        <span className="text-data text-muted">
          {sayWith('release.frozen-by', {
            when: <Ago at={found.frozenAt} />,
            frozenBy: nameOf(found.frozenBy),
            commit: found.commit && (
              <>
                {' '}
                <Dot />{' '}
                {sayWith('release.commit', { commit: <code className="font-mono">{found.commit.slice(0, 8)}</code> })}
              </>
            ),
          })}
        </span>
      </Lead>
      {found.scorecard && into && (
        <Section
          title={say('release.scorecard')}
          note={<Term of="pillar">{sayWith('release.seven-pillars-into', { into: STAGE_WORDS[into] })}</Term>}
          actions={
            <ButtonLink tone="primary" href={`/releases/${found.id}/gates/${into}`}>
              {found.scorecard.decision === 'open' ? say('release.open-the-gate') : say('release.see-what-holds-it')}
            </ButtonLink>
          }
        >
          <Scorecard gate={found.scorecard} />
        </Section>
      )}
      <Section title={say('release.what-changed-since-the-release-before')}>
        <Loaded query={changed} rows={2}>
          {({ since, items }) => <ChangeList since={since} items={items} />}
        </Loaded>
      </Section>
      <SwapSection release={found.id} />
      <Section
        title={say('release.experiments')}
        actions={may('build') && found.manifest.suites.length > 0 && <StartExperiment release={found} />}
      >
        <Loaded query={measured} rows={2}>
          {({ items }) =>
            items.length > 0 ? (
              <ExperimentList items={items} />
            ) : (
              <Empty
                title={say('release.not-measured-yet')}
                command={<Command text={`npx airworthy eval ${found.manifest.suites[0]?.name ?? ''}`} />}
              >
                {say('release.every-experiment-on-this-release-will-be')}
              </Empty>
            )
          }
        </Loaded>
      </Section>
      <LoadSection release={found} />
      <AttackSection release={found} />
      <HarmSection release={found} />
      <FaultsSection release={found} />
      <Section title={say('release.what-it-is-made-of')} note={<Term of="manifest">{say('release.manifest')}</Term>}>
        <ManifestView manifest={found.manifest} />
      </Section>
      <Section title={say('release.evidence')} {...(evidence.data && { count: evidence.data.items.length })}>
        <Loaded query={evidence} rows={4}>
          {({ items }) =>
            items.length > 0 ? (
              <EvidenceTable items={items} />
            ) : (
              <Empty
                title={say('release.nothing-is-recorded-yet')}
                command={<Command text="npx airworthy gate poc --run" />}
              >
                {say('release.what-is-measured-imported-or-attested-on')}
              </Empty>
            )
          }
        </Loaded>
      </Section>
    </>
  )
}
