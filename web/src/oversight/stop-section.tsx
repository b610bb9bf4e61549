/** The stop of each application that overseers look after: whether it answers, when the stop was tried, and both buttons. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { OversightStanding } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { list, number } from '../data/format.ts'
import { oversight } from '../data/queries.ts'
import { Ago, Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { TextArea } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Section } from '../ui/page.tsx'

type Open = { what: 'stop' | 'test'; name: string }

export function StopSection() {
  const found = useQuery(oversight).data?.items ?? []
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  if (found.length === 0) return null
  return (
    <Section
      title="The stop"
      count={found.length}
      note="The next request is refused; an operator lets it answer again."
    >
      <ul>
        {found.map((standing) => (
          <StopItem key={standing.application} standing={standing} onOpen={setOpen} />
        ))}
      </ul>
      {open?.what === 'stop' && <StopDialog name={open.name} onClose={close} />}
      {open?.what === 'test' && <TestDialog name={open.name} onClose={close} />}
    </Section>
  )
}

function StopItem({ standing, onOpen }: { standing: OversightStanding; onOpen: (open: Open) => void }) {
  const { application: name, overseers, isOverseer, stopTest, stopped } = standing
  const missing = overseers.filter(({ actor }) => actor === null).map(({ named }) => named)
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-2 border-t border-line py-3 first:border-0">
      <div className="min-w-0 flex-1 basis-80">
        <p className="flex flex-wrap items-center gap-2">
          <TextLink href={`/applications/${name}`}>{name}</TextLink>
          {stopped !== null && <Tag tone="text-fail">stopped</Tag>}
        </p>
        {stopped !== null && <p className="prose-width">{stopped}</p>}
        <p className="prose-width">
          {stopTest === null ? (
            'The stop was never tried.'
          ) : (
            <>
              {stopTest.seconds === null
                ? 'When the stop was tried no request was refused in time'
                : `When the stop was tried a request was refused after ${number(stopTest.seconds)} seconds`}
              {stopTest.answersAgain ? ', and it answered again' : ', and it did not answer again'};{' '}
              <Ago at={stopTest.at} />.
            </>
          )}
        </p>
        <p className="text-muted">
          {overseers.length === 0 ? 'Nobody oversees it.' : `Overseen by ${list(overseers.map(({ named }) => named))}.`}
          {missing.length > 0 && ` Nobody here is called ${list(missing)}.`}
        </p>
      </div>
      {isOverseer && stopped === null && (
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => onOpen({ what: 'test', name })}>Try the stop</Button>
          <Button tone="danger" onClick={() => onOpen({ what: 'stop', name })}>
            Stop
          </Button>
        </div>
      )}
    </li>
  )
}

/** What is said of an application has changed with its stop. */
const useSaid = (onClose: () => void) => {
  const cache = useQueryClient()
  return async () => {
    await cache.invalidateQueries({ queryKey: ['held-answer'] })
    onClose()
  }
}

function StopDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const stop = useMutation({
    mutationFn: () => client.stopApplication({ params: { name }, body: { reason } }),
    onSuccess: useSaid(onClose),
  })
  return (
    <FormDialog title={`Stop ${name}`} onClose={onClose} doing={stop} submit="Stop it now" tone="danger">
      <p className="prose-width">
        Nobody is answered by {name} any more, in any stage. Whoever operates this installation can let it answer again.
      </p>
      <TextArea
        label="Why"
        value={reason}
        onChange={setReason}
        minLength={10}
        hint="It stays on record, and whoever asks is told."
      />
    </FormDialog>
  )
}

function TestDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const test = useMutation({
    mutationFn: () => client.testStop({ params: { name } }),
    onSuccess: useSaid(onClose),
  })
  return (
    <FormDialog title={`Try the stop of ${name}`} onClose={onClose} doing={test} submit="Try it now">
      <p className="prose-width">
        It is stopped for as long as it takes until a request is refused, some seconds at most, and answers again
        afterwards. Users who ask in that time are refused. How long it took is evidence for human oversight.
      </p>
    </FormDialog>
  )
}
