/** One application: the path, what to do next, its releases, documents and limits. */
import { useQuery } from '@tanstack/react-query'
import type { ServedApplication } from '../../../sdk/index.ts'
import { money, number, percent } from '../data/format.ts'
import { application, experiments, limits, releases, rollouts } from '../data/queries.ts'
import type { LimitsStatus } from '../data/shapes.ts'
import { ExperimentList } from '../evals/experiment-list.tsx'
import { ideaLineage } from '../governance/queries.ts'
import { Ago, Command, Digest } from '../ui/bits.tsx'
import { ButtonLink, TextLink } from '../ui/button.tsx'
import { Facts, Page, Section } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { DebtSection } from './debt-section.tsx'
import { Documents } from './documents.tsx'
import { FlowSection } from './flow-section.tsx'
import { IntegrationSection } from './integration-section.tsx'
import { nextSteps } from './next-step.ts'
import { PathPicture } from './path.tsx'
import { ReleaseTable } from './release-table.tsx'
import { RolloutTable } from './rollout-table.tsx'
import { STAGE_WORDS } from './stages.ts'

export function ApplicationPage({ name }: { name: string }) {
  const query = useQuery(application(name))
  const frozen = useQuery(releases(name))
  const moved = useQuery(rollouts({ application: name }))
  const measured = useQuery(experiments({ application: name }))
  const capped = useQuery(limits(name))
  return (
    <Page
      title={name}
      crumbs={[{ label: say('application.applications'), href: '/applications' }]}
      actions={
        <>
          <ButtonLink href={`/playground?application=${name}`}>{say('application.ask-it')}</ButtonLink>
          <ButtonLink href={`/applications/${name}/prompts`}>{say('application.prompts')}</ButtonLink>
          <ButtonLink href={`/applications/${name}/suites`}>{say('application.suites')}</ButtonLink>
          <ButtonLink href={`/applications/${name}/plan`}>{say('application.plan')}</ButtonLink>
          <ButtonLink href={`/applications/${name}/people`}>{say('application.people')}</ButtonLink>
          <ButtonLink href={`/applications/${name}/blueprint`}>{say('application.blueprint')}</ButtonLink>
        </>
      }
    >
      <Loaded query={query} rows={12}>
        {(found) => (
          <>
            {found.description && <p className="prose-width mb-6 text-prose text-muted">{found.description}</p>}
            <Section title={say('application.the-path')}>
              <PathPicture application={found} />
            </Section>
            <NextSection found={found} undone={moved.data?.items ?? []} />
            <DebtSection name={name} />
            <Section title={say('application.releases')}>
              <Loaded query={frozen} rows={3}>
                {({ items }) =>
                  items.length > 0 ? (
                    <ReleaseTable items={items} />
                  ) : (
                    <Empty
                      title={say('application.no-release-yet')}
                      command={<Command text="npx airworthy freeze" />}
                      action={
                        <ButtonLink tone="primary" href={`/applications/${name}/blueprint`}>
                          {say('application.open-the-blueprint')}
                        </ButtonLink>
                      }
                    >
                      {say('application.every-frozen-state-will-be-here')}
                    </Empty>
                  )
                }
              </Loaded>
            </Section>
            {moved.data && moved.data.items.length > 0 && (
              <Section title={say('application.rollouts')}>
                <RolloutTable items={moved.data.items} />
              </Section>
            )}
            <p className="mt-2 flex flex-wrap gap-x-4 text-muted">
              {say('application.before-a-rollout-starts')}{' '}
              {(['poc', 'pilot', 'production'] as const).map((stage) => (
                <TextLink key={stage} href={`/applications/${name}/rollout-plan/${stage}`}>
                  {STAGE_WORDS[stage]}
                </TextLink>
              ))}
            </p>
            {measured.data && measured.data.items.length > 0 && (
              <Section
                title={say('application.experiments')}
                actions={
                  <>
                    <ButtonLink href={`/applications/${name}/judges`}>{say('application.judges')}</ButtonLink>
                    <ButtonLink href={`/applications/${name}/compare`}>{say('application.compare')}</ButtonLink>
                  </>
                }
              >
                <ExperimentList items={measured.data.items} withRelease />
              </Section>
            )}
            <FlowSection name={name} />
            <IntegrationSection name={name} />
            <div className="mt-8 grid gap-x-12 gap-y-8 md:grid-cols-2">
              <div>
                <Section title={say('application.documents')} note={say('application.what-people-answer-for')}>
                  <Documents documents={found.documents} />
                </Section>
              </div>
              <div>
                <Section title={say('application.limits-and-origin')}>
                  <Loaded query={capped} rows={3}>
                    {(status) => <Limits status={status} />}
                  </Loaded>
                  <div className="mt-3">
                    <Facts
                      items={[
                        [say('application.begun-from'), found.template],
                        [
                          <Term key="b" of="blueprint">
                            {say('application.the-blueprint')}
                          </Term>,
                          <Digest key="d" value={found.blueprint} />,
                        ],
                        [say('application.created'), <Ago key="c" at={found.createdAt} />],
                        [say('application.came-from'), <CameFrom key="o" name={name} />],
                        [
                          say('application.alerts'),
                          <TextLink key="a" href={`/applications/${name}/alert-lines`}>
                            {say('application.from-which-line-on')}
                          </TextLink>,
                        ],
                        [
                          say('application.profile'),
                          <TextLink key="p" href={`/applications/${name}/profile`}>
                            {say('application.what-it-says-of-itself')}
                          </TextLink>,
                        ],
                        [
                          say('application.evidence'),
                          <TextLink key="e" href={`/evidence?application=${name}`}>
                            {say('application.all-that-is-recorded')}
                          </TextLink>,
                        ],
                        [
                          say('application.requests'),
                          <TextLink key="t" href={`/traces?application=${name}`}>
                            {say('application.its-traces')}
                          </TextLink>,
                        ],
                        [
                          say('application.test-pages'),
                          <TextLink key="l" href={`/applications/${name}/test-pages`}>
                            {say('application.let-people-try-it')}
                          </TextLink>,
                        ],
                      ]}
                    />
                  </div>
                </Section>
              </div>
            </div>
          </>
        )}
      </Loaded>
    </Page>
  )
}

/** Its idea, and the application whose users it came from. */
function CameFrom({ name }: { name: string }) {
  const own = useQuery(ideaLineage(name)).data?.from[0]
  return (
    <>
      {own && (
        <>
          <TextLink href={`/ideas/${own.idea}`}>{own.title}</TextLink>
          {own.parent && (
            <>
              {say('application.from-the-users-of')}{' '}
              <TextLink href={`/applications/${own.parent}`}>{own.parent}</TextLink>
            </>
          )}
          ;{' '}
        </>
      )}
      <TextLink href={`/applications/${name}/from-users`}>{say('application.what-its-users-did-not-get')}</TextLink>
    </>
  )
}

function NextSection({ found, undone }: { found: ServedApplication; undone: Parameters<typeof nextSteps>[1] }) {
  const steps = nextSteps(found, undone)
  if (steps.length === 0) return null
  return (
    <Section title={say('application.what-to-do-next')}>
      <ul className="flex flex-col">
        {steps.map((step, index) => (
          <li
            key={step.key}
            className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line py-3 first:border-0 first:pt-0"
          >
            <div className="min-w-0 flex-1 basis-72">
              <p className="text-prose">{step.text}</p>
              <p className="text-muted">{step.detail}</p>
            </div>
            <ButtonLink href={step.href} tone={index === 0 ? 'primary' : 'plain'}>
              {step.action}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Limits({ status }: { status: LimitsStatus }) {
  const { limits: caps, requests, cost } = status
  return (
    <Facts
      items={[
        [
          say('application.money-this-month'),
          <span key="m">
            {say('application.of', {
              used: money(cost.spentMicroUsd),
              limit:
                caps.costMicroUsdPerMonth === null ? say('application.no-limit') : money(caps.costMicroUsdPerMonth),
            })}
            {cost.share !== null && <span className="text-muted"> ({percent(cost.share)})</span>}
          </span>,
        ],
        [
          say('application.requests-a-minute'),
          <span key="r">
            {say('application.of', {
              used: number(requests.inLastMinute),
              limit: caps.requestsPerMinute === null ? say('application.no-limit') : number(caps.requestsPerMinute),
            })}
          </span>,
        ],
      ]}
    />
  )
}
