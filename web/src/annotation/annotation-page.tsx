/** Annotate: the queues of answers that people label, and how far each is. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import type { AnnotationQueue } from '../../../sdk/index.ts'
import { useParameter } from '../data/address.ts'
import { many, number } from '../data/format.ts'
import { useApplicationNames, useMay } from '../data/queries.ts'
import { studies } from '../studies/queries.ts'
import { Ago, Tag } from '../ui/bits.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Choice } from '../ui/field.tsx'
import { Lead, Page } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
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
      New queue
    </Button>
  )
  const close = () => {
    setNew(false)
    setFrom(undefined)
  }
  return (
    <Page title="Annotate" actions={query.data?.items.length ? add : undefined}>
      <Lead>
        People say what answers are worth, each without seeing what the others said. A <Term of="judge">judge</Term> may
        only hold a gate after it was held against them.
      </Lead>
      {names.length > 1 && (
        <div className="mb-4 max-w-[18rem]">
          <Choice
            label="Application"
            value={application ?? ''}
            onChange={setApplication}
            options={[['', 'all'], ...names.map((name) => [name, name] as const)]}
          />
        </div>
      )}
      <Loaded query={query} rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="Nothing is to be labelled yet" action={add}>
              A queue takes answers of an experiment, shows them to people one after the other, and keeps what each
              says. 100 answers that two people each labelled are enough to hold a judge against: about an hour for each
              of them.
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
          <th scope="col">queue</th>
          <th scope="col" className="wide">
            application
          </th>
          <th scope="col" className="num">
            complete
          </th>
          <th scope="col" className="wide num">
            to decide
          </th>
          <th scope="col" className="wide">
            age
          </th>
          <th scope="col">
            <span className="sr-only">what to do</span>
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
          {kind === 'pairs' && ', two answers side by side'}
        </span>
      </td>
      <td className="wide whitespace-nowrap">{application}</td>
      <td className="num whitespace-nowrap">
        {number(complete)} <span className="text-muted">of {number(items)}</span>
      </td>
      <td className="wide num">
        {disputed > 0 ? (
          <Link href={`/annotation/${id}/decide`} className="rounded text-inconclusive underline underline-offset-3">
            {many(disputed, 'answer')}
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
          <Tag>closed</Tag>
        ) : complete < items ? (
          <ButtonLink href={`/annotation/${id}/label`}>{kind === 'pairs' ? 'Choose' : 'Label'}</ButtonLink>
        ) : (
          <Tag tone="text-pass">{kind === 'pairs' ? 'all chosen' : 'all labelled'}</Tag>
        )}
      </td>
    </tr>
  )
}
