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
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

type Open = { what: 'stop' | 'test'; name: string }

export function StopSection() {
  const found = useQuery(oversight).data?.items ?? []
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  if (found.length === 0) return null
  return (
    <Section
      title={say('stop-section.the-stop')}
      count={found.length}
      note={say('stop-section.the-next-request-is-refused-an-operator')}
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
          {stopped !== null && <Tag tone="text-fail">{say('stop-section.stopped')}</Tag>}
        </p>
        {stopped !== null && <p className="prose-width">{stopped}</p>}
        <p className="prose-width">
          {stopTest === null ? (
            say('stop-section.the-stop-was-never-tried')
          ) : (
            <>
              {stopTest.seconds === null
                ? say('stop-section.when-the-stop-was-tried-no-request')
                : say('stop-section.when-the-stop-was-tried-a-request', { seconds: number(stopTest.seconds) })}
              {stopTest.answersAgain
                ? say('stop-section.and-it-answered-again')
                : say('stop-section.and-it-did-not-answer-again')}
              ; <Ago at={stopTest.at} />.
            </>
          )}
        </p>
        <p className="text-muted">
          {overseers.length === 0
            ? say('stop-section.nobody-oversees-it')
            : say('stop-section.overseen-by', { overseers: list(overseers.map(({ named }) => named)) })}
          {missing.length > 0 && say('stop-section.nobody-here-is-called', { missing: list(missing) })}
        </p>
      </div>
      {isOverseer && stopped === null && (
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => onOpen({ what: 'test', name })}>{say('stop-section.try-the-stop')}</Button>
          <Button tone="danger" onClick={() => onOpen({ what: 'stop', name })}>
            {say('stop-section.stop')}
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
    <FormDialog
      title={say('stop-section.stop-3', { name })}
      onClose={onClose}
      doing={stop}
      submit={say('stop-section.stop-it-now')}
      tone="danger"
    >
      <p className="prose-width">{sayWith('stop-section.nobody-is-answered-by-any-more-in', { name })}</p>
      <TextArea
        label={say('stop-section.why')}
        value={reason}
        onChange={setReason}
        minLength={10}
        hint={say('stop-section.it-stays-on-record-and-whoever-asks')}
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
    <FormDialog
      title={say('stop-section.try-the-stop-of', { name })}
      onClose={onClose}
      doing={test}
      submit={say('stop-section.try-it-now')}
    >
      <p className="prose-width">{say('stop-section.it-is-stopped-for-as-long-as')}</p>
    </FormDialog>
  )
}
