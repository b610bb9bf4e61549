/** All applications: where each stands on the path, what holds it, and what to do next. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { Fragment, useState } from 'react'
import { Link } from 'wouter'
import type { Rollout, ServedApplication, ServedStage } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { rollouts, useMay } from '../data/queries.ts'
import { BESIDE } from '../shell/places.ts'
import { Command } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { ExampleProgress, PlayExample } from './example-progress.tsx'
import { GateBar } from './gate-bar.tsx'
import { NewApplication } from './new-application.tsx'
import { type NextStep, nextSteps } from './next-step.ts'
import { ReleaseTag } from './release-tag.tsx'
import { ShareBar } from './share-bar.tsx'
import { nextStage, STAGE_WORDS } from './stages.ts'

/** Each row is judged at its next gate, which takes some milliseconds; the palette finds the others by name. */
const PAGE = 25

export function ApplicationsPage() {
  const query = useInfiniteQuery({
    queryKey: ['application', 'pages'],
    queryFn: ({ pageParam }) =>
      client.listApplications({ query: { limit: PAGE, ...(pageParam && { cursor: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => ({ items: pages.flatMap(({ items }) => items) }),
  })
  const undone = useQuery(rollouts({})).data?.items ?? []
  const [adding, setAdding] = useState(false)
  const may = useMay()
  const add = may('build') && (
    <Button tone="primary" onClick={() => setAdding(true)}>
      <Plus size={14} aria-hidden /> {say('applications.new-application')}
    </Button>
  )
  return (
    <Page
      title={say('applications.applications')}
      actions={
        query.data?.items.length !== 0 && (
          <>
            <nav aria-label={say('applications.over-all-applications')} className="flex flex-wrap gap-4">
              {BESIDE.map(([label, href]) => (
                <TextLink key={href} href={href}>
                  {label}
                </TextLink>
              ))}
            </nav>
            {add}
          </>
        )
      }
    >
      <ExampleProgress />
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty
              title={say('applications.no-application-yet')}
              command={<Command text="npx airworthy init support-assistant my-app" />}
              action={
                <>
                  {add} <PlayExample />
                </>
              }
            >
              {say('applications.each-application-will-be-one-row-here')}
            </Empty>
          ) : (
            <>
              <ApplicationTable items={items} undone={undone} />
              {query.hasNextPage && (
                <div className="mt-4">
                  <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                    {say('applications.show-more')}
                  </Button>
                </div>
              )}
            </>
          )
        }
      </Loaded>
      {adding && <NewApplication onClose={() => setAdding(false)} />}
    </Page>
  )
}

type Undone = readonly Pick<Rollout, 'id' | 'candidate' | 'stage' | 'state'>[]

function ApplicationTable({ items, undone }: { items: readonly ServedApplication[]; undone: Undone }) {
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">
            <Term of="application">{say('applications.application')}</Term>
          </th>
          {(['sandbox', 'poc', 'pilot', 'production'] as const).map((stage, index) => (
            <Fragment key={stage}>
              {index > 0 && (
                <th scope="col" className="wide">
                  <Term of="gate">{say('applications.gate')}</Term>
                </th>
              )}
              <th scope="col" className="wide">
                {STAGE_WORDS[stage]}
              </th>
            </Fragment>
          ))}
          <th scope="col">{say('applications.next')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((application) => (
          <tr key={application.id} className="clickable" data-row>
            <td className="max-w-56">
              <Link
                href={`/applications/${application.name}`}
                className="block truncate rounded py-1 font-medium"
                title={application.description}
              >
                {application.name}
              </Link>
            </td>
            {application.stages.map((stage, index) => (
              <Fragment key={stage.stage}>
                {index > 0 && (
                  <td className="wide">
                    <GateCell before={application.stages[index - 1]} />
                  </td>
                )}
                <td className="wide">
                  <StageCell stage={stage} />
                </td>
              </Fragment>
            ))}
            <td>
              <NextCell step={nextSteps(application, undone)[0]} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function GateCell({ before }: { before: ServedStage | undefined }) {
  const into = before && nextStage(before.stage)
  if (!before?.release || !before.next || !into) return <span aria-hidden className="block h-px w-8 bg-line" />
  return (
    <Link href={`/releases/${before.release.id}/gates/${into}`} className="inline-flex max-w-56 rounded py-1">
      <GateBar gate={before.next} />
    </Link>
  )
}

function StageCell({ stage }: { stage: ServedStage }) {
  if (!stage.release) return <span className="text-faint">–</span>
  return (
    <span className="flex items-center gap-2">
      <ReleaseTag {...stage.release} isLive />
      {stage.rollout && stage.rollout.share > 0 && (
        <Link href={`/rollouts/${stage.rollout.id}`} className="w-24 rounded">
          <ShareBar stage={stage} />
        </Link>
      )}
    </span>
  )
}

function NextCell({ step }: { step: NextStep | undefined }) {
  if (!step) return <span className="text-muted">{say('applications.nothing-is-open')}</span>
  return (
    <Link href={step.href} className="block rounded py-1">
      <span className="underline decoration-line-strong underline-offset-3">{step.text}</span>
      <span className="block text-muted">{step.detail}</span>
    </Link>
  )
}
