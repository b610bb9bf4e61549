/** Annotate: the queues of answers that people label, and how far each is. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import type { AnnotationQueue } from '../../../sdk/index.ts'
import { useParameter } from '../data/address.ts'
import { number } from '../data/format.ts'
import { useApplicationNames, useMay } from '../data/queries.ts'
import { studies } from '../studies/queries.ts'
import { Ago, Tag } from '../ui/bits.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Choice } from '../ui/field.tsx'
import { Lead, Page } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { NewQueue } from './new-queue.tsx'
import { annotationQueues } from './queries.ts'

export function AnnotationPage() {
  const [application, setApplication] = useParameter('application')
  const [from, setFrom] = useParameter('from')
  const [isNew, setNew] = useState(false)
  const names = useApplicationNames()
  const query = useQuery(annotationQueues(application))
  const may = useMay()
  const add = may('build') && (
    <Button tone="primary" onClick={() => setNew(true)}>
      {say('annotation.new-queue')}
    </Button>
  )
  const close = () => {
    setNew(false)
    setFrom(undefined)
  }
  return (
    <Page title={say('annotation.annotate')} actions={query.data?.items.length ? add : undefined}>
      <Lead>
        {sayWith('annotation.people-say-what-answers-are-worth-each', {
          term: <Term of="judge">{say('annotation.judge')}</Term>,
        })}
      </Lead>
      {names.length > 1 && (
        <div className="mb-4 max-w-[18rem]">
          <Choice
            label={say('annotation.application')}
            value={application ?? ''}
            onChange={setApplication}
            options={[['', 'all'], ...names.map((name) => [name, name] as const)]}
          />
        </div>
      )}
      <Loaded query={query} rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={say('annotation.nothing-is-to-be-labelled-yet')} action={add}>
              {say('annotation.a-queue-takes-answers-of-an-experiment')}
            </Empty>
          ) : (
            <QueueTable items={items} />
          )
        }
      </Loaded>
      {(isNew || from) && <NewQueue experiment={from} application={application} onClose={close} />}
    </Page>
  )
}

function QueueTable({ items }: { items: readonly AnnotationQueue[] }) {
  const found = useQuery(studies()).data?.items ?? []
  const hrefOf = ({ id }: AnnotationQueue) => {
    const study = found.find(({ queue }) => queue === id)
    return study ? `/studies/${study.id}` : `/annotation/${id}`
  }
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">{say('annotation.queue')}</th>
          <th scope="col" className="wide">
            {say('annotation.application-2')}
          </th>
          <th scope="col" className="num">
            {say('annotation.complete')}
          </th>
          <th scope="col" className="wide num">
            {say('annotation.to-decide')}
          </th>
          <th scope="col" className="wide">
            {say('annotation.age')}
          </th>
          <th scope="col">
            <span className="sr-only">{say('annotation.what-to-do')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((queue) => (
          <QueueRow key={queue.id} queue={queue} href={hrefOf(queue)} />
        ))}
      </tbody>
    </table>
  )
}

function QueueRow({ queue, href }: { queue: AnnotationQueue; href: string }) {
  const { id, kind, name, application, data, state, progress, createdAt } = queue
  const { items, complete, disputed } = progress
  return (
    <tr className="clickable" data-row>
      <td className="w-full max-w-0">
        <Link
          href={href}
          className="block truncate rounded underline decoration-line-strong underline-offset-3 hover:decoration-current"
        >
          {name}
        </Link>
        <span className="block truncate text-muted">
          {data}
          {kind === 'pairs' && say('annotation.two-answers-side-by-side')}
        </span>
      </td>
      <td className="wide whitespace-nowrap">{application}</td>
      <td className="num whitespace-nowrap">
        {number(complete)} <span className="text-muted">{say('annotation.of', { items: number(items) })}</span>
      </td>
      <td className="wide num">
        {disputed > 0 ? (
          <Link href={`/annotation/${id}/decide`} className="rounded text-inconclusive underline underline-offset-3">
            {say('many.answer', { n: disputed })}
          </Link>
        ) : (
          '–'
        )}
      </td>
      <td className="wide text-muted">
        <Ago at={createdAt} />
      </td>
      <td className="num">
        {state === 'closed' ? (
          <Tag>{say('annotation.closed')}</Tag>
        ) : complete < items ? (
          <ButtonLink href={`/annotation/${id}/label`}>
            {kind === 'pairs' ? say('annotation.choose') : say('annotation.label')}
          </ButtonLink>
        ) : (
          <Tag tone="text-pass">{kind === 'pairs' ? say('annotation.all-chosen') : say('annotation.all-labelled')}</Tag>
        )}
      </td>
    </tr>
  )
}
