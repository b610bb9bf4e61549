/** Alerts: what somebody should see to, by whether somebody does; each is over by itself. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ServedAlert } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { many } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { Ago, Command } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { ByState } from '../ui/by-state.tsx'
import { TextArea } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Lead, Page } from '../ui/page.tsx'
import { Said } from '../ui/said.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { alerts } from './queries.ts'

const STATES = [
  ['Nobody saw these yet', 'open'],
  ['Somebody sees to these', 'seen'],
  ['Over', 'over'],
] as const

export function AlertsPage() {
  const query = useQuery(alerts)
  const may = useMay()
  const [seeing, setSeeing] = useState<ServedAlert>()
  return (
    <Page title="Alerts">
      <Loaded query={query} rows={6}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No alert so far" command={<Command text="airworthy alerts look" />}>
              Every five minutes each application is looked at: errors, cost, its providers, the numbers of its charter,
              and how old its data is.
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
  if (lasting === 0) return 'Nothing is wrong that is looked at.'
  return `${many(lasting, 'alert')} ${lasting === 1 ? 'lasts' : 'last'}; ${open === 0 ? 'somebody sees to each' : `nobody saw ${open} yet`}. Each is over by itself when its cause is gone.`
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
              over <Ago at={endedAt} />
            </>
          ) : (
            <>
              since <Ago at={openedAt} />
            </>
          )}
        </span>
        {see && state === 'open' && (
          <Button className="ml-auto" onClick={see}>
            I see to it<span className="sr-only">: {title}</span>
          </Button>
        )}
      </div>
      <p className="prose-width">
        <Said text={says} />
      </p>
      <p className="prose-width text-muted">
        {note && `${note} `}
        {state === 'open' && (to.length > 0 ? `For ${to.join(', ')}.` : 'Nobody holds the duty that it is for.')}
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
    <FormDialog title={alert.title} onClose={onClose} doing={see} submit="I see to it">
      <TextArea
        label="What do you do about it?"
        hint="Others read it. The alert is over by itself when its cause is gone."
        value={note}
        onChange={setNote}
      />
    </FormDialog>
  )
}
