/** Alerts: what somebody should see to, by whether somebody does; each is over by itself. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ServedAlert } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { useMay } from '../data/queries.ts'
import { Ago, Command } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { ByState } from '../ui/by-state.tsx'
import { TextArea } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Lead, Page } from '../ui/page.tsx'
import { Said } from '../ui/said.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { alerts } from './queries.ts'

const STATES = [
  [say('alerts.nobody-saw-these-yet'), say('alerts.open')],
  [say('alerts.somebody-sees-to-these'), say('alerts.seen')],
  [say('alerts.over'), say('alerts.over-2')],
] as const

export function AlertsPage() {
  const query = useQuery(alerts)
  const may = useMay()
  const [seeing, setSeeing] = useState<ServedAlert>()
  return (
    <Page title={say('alerts.alerts')}>
      <Loaded query={query} rows={6}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={say('alerts.no-alert-so-far')} command={<Command text="airworthy alerts look" />}>
              {say('alerts.every-five-minutes-each-application-is')}
            </Empty>
          ) : (
            <>
              <Lead>{leadOf(items)}</Lead>
              <ByState items={items} states={STATES}>
                {(alert) => (
                  <AlertRow key={alert.id} alert={alert} see={may('operate') ? () => setSeeing(alert) : undefined} />
                )}
              </ByState>
            </>
          )
        }
      </Loaded>
      {seeing && <See alert={seeing} onClose={() => setSeeing(undefined)} />}
    </Page>
  )
}

function leadOf(items: readonly ServedAlert[]): string {
  const open = items.filter(({ state }) => state === 'open').length
  const lasting = items.filter(({ state }) => state !== 'over').length
  if (lasting === 0) return say('alerts.nothing-is-wrong-that-is-looked')
  return say('alerts.each-is-over-by-itself-when', {
    lasting: say('many.alert', { n: lasting }),
    lastingSaid: lasting === 1 ? say('alerts.lasts') : say('alerts.last'),
    openSaid: open === 0 ? say('alerts.somebody-sees-to-each') : say('alerts.nobody-saw-yet', { open }),
  })
}

function AlertRow({ alert, see }: { alert: ServedAlert; see: (() => void) | undefined }) {
  const { application, title, says, openedAt, endedAt, state, to, note } = alert
  return (
    <li className="border-t border-line py-3 first:border-0 first:pt-0">
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <h3 className="text-prose font-medium">{title}</h3>
        <TextLink href={`/applications/${application}`}>{application}</TextLink>
        <span className="text-muted">
          {endedAt ? (
            <>
              {say('alerts.over-2')} <Ago at={endedAt} />
            </>
          ) : (
            <>
              {say('alerts.since')} <Ago at={openedAt} />
            </>
          )}
        </span>
        {see && state === 'open' && (
          <Button className="ml-auto" onClick={see}>
            {say('alerts.i-see-to-it')}
            <span className="sr-only">: {title}</span>
          </Button>
        )}
      </div>
      <p className="prose-width">
        <Said text={says} />
      </p>
      <p className="prose-width text-muted">
        {note && `${note} `}
        {state === 'open' &&
          (to.length > 0 ? say('alerts.for', { to: to.join(', ') }) : say('alerts.nobody-holds-the-duty-that-it'))}
      </p>
    </li>
  )
}

function See({ alert, onClose }: { alert: ServedAlert; onClose: () => void }) {
  const [note, setNote] = useState('')
  const cache = useQueryClient()
  const see = useMutation({
    mutationFn: () => client.acknowledgeAlert({ params: { id: alert.id }, body: { note } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['alert'] })
      onClose()
    },
  })
  return (
    <FormDialog title={alert.title} onClose={onClose} doing={see} submit={say('alerts.i-see-to-it')}>
      <TextArea
        label={say('alerts.what-do-you-do-about-it')}
        hint={say('alerts.others-read-it-the-alert-is')}
        value={note}
        onChange={setNote}
      />
    </FormDialog>
  )
}
