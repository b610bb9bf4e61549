/** The form of an incident: the few things that deadlines and owners need; the rest comes on the timeline. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { client } from '../data/client.ts'
import { applicationNames } from '../data/queries.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Choice, TextArea, TextField } from '../ui/field.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { HARMS, type Incident } from './queries.ts'

export function IncidentForm({
  application: given,
  incident,
  onClose,
}: {
  application?: string | undefined
  /** To change one that is there. */
  incident?: Incident
  onClose: () => void
}) {
  const names =
    useQuery({ ...applicationNames, enabled: incident === undefined && given === undefined }).data?.items ?? []
  const [, navigate] = useLocation()
  const cache = useQueryClient()
  const [application, setApplication] = useState(given ?? '')
  const [title, setTitle] = useState(incident?.title ?? '')
  const [description, setDescription] = useState(incident?.description ?? '')
  const [severity, setSeverity] = useState<Incident['severity']>(incident?.severity ?? 'high')
  const [owner, setOwner] = useState(incident?.owner ?? '')
  const [harms, setHarms] = useState<readonly Incident['harms'][number][]>(incident?.harms ?? [])
  const [affected, setAffected] = useState(incident?.affected ?? '')
  const [cause, setCause] = useState(incident?.cause ?? '')
  const [traces, setTraces] = useState(incident?.traces.join(' ') ?? '')
  const [known, setKnown] = useState(() => (incident ? localTime(incident.detectedAt) : ''))
  const save = useMutation({
    mutationFn: () => {
      const body = {
        ...{ title, description, severity, owner, harms: [...harms] },
        affected: affected.trim() || null,
        cause: cause.trim() || null,
        traces: traces.split(/[\s,]+/).filter(Boolean),
        ...(known && { detectedAt: new Date(known).toISOString() }),
      }
      return incident
        ? client.changeIncident({ params: { id: incident.id }, body })
        : client.openIncident({ body: { ...body, application: application || (names[0]?.name ?? '') } })
    },
    onSuccess: async ({ incident: { id } }) => {
      await cache.invalidateQueries({ queryKey: ['incident'] })
      onClose()
      navigate(`/incidents/${id}`)
    },
  })
  return (
    <Dialog
      title={incident ? say('incident-form.what-is-known') : say('incident-form.what-happened')}
      onClose={onClose}
      width="max-w-[44rem]"
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        {incident === undefined && given === undefined && (
          <Choice
            label={say('incident-form.application')}
            value={application || (names[0]?.name ?? '')}
            onChange={setApplication}
            options={names.map(({ name }) => [name, name])}
          />
        )}
        <TextField label={say('incident-form.in-a-few-words')} value={title} onChange={setTitle} required />
        <TextArea
          label={say('incident-form.what-happened-and-how-it-was')}
          value={description}
          onChange={setDescription}
          minLength={10}
        />
        <div className="grid gap-4 md:grid-cols-2">
          <Choice
            label={say('incident-form.how-grave')}
            value={severity}
            onChange={(value) => setSeverity(value as Incident['severity'])}
            options={[
              ['critical', say('incident-form.critical-stop-it-now')],
              ['high', say('incident-form.high-mend-it-first')],
              ['medium', say('incident-form.medium')],
              ['low', say('incident-form.low')],
            ]}
          />
          <TextField label={say('incident-form.who-sees-to-it')} value={owner} onChange={setOwner} required />
        </div>
        <fieldset>
          <legend className="mb-1 font-medium">{say('incident-form.whom-or-what-did-it-harm')}</legend>
          <div className="grid gap-x-4 md:grid-cols-2">
            {HARMS.map(([harm, label]) => (
              <label key={harm} className="flex min-h-8 items-center gap-2">
                <input
                  type="checkbox"
                  checked={harms.includes(harm)}
                  onChange={() =>
                    setHarms(harms.includes(harm) ? harms.filter((one) => one !== harm) : [...harms, harm])
                  }
                />
                {label}
              </label>
            ))}
          </div>
          <p className="text-muted">{say('incident-form.deadlines-of-laws-follow-from-this')}</p>
        </fieldset>
        <div className="grid gap-4 md:grid-cols-2">
          <TextField
            label={say('incident-form.when-did-somebody-here-first-know')}
            type="datetime-local"
            hint={say('incident-form.now-when-left-empty')}
            value={known}
            onChange={setKnown}
          />
          <TextField
            label={say('incident-form.who-is-affected')}
            hint={say('incident-form.groups-not-names')}
            value={affected}
            onChange={setAffected}
          />
        </div>
        <TextField
          label={say('incident-form.traces')}
          hint={say('incident-form.ids-of-requests-in-which-it')}
          value={traces}
          onChange={setTraces}
        />
        {incident && <TextArea label={say('incident-form.why-it-happened')} value={cause} onChange={setCause} />}
        {save.error && <Trouble failure={save.error} />}
        <div className="flex gap-2">
          <Button type="submit" tone="primary" busy={save.isPending}>
            {incident ? say('incident-form.keep') : say('incident-form.put-it-on-record')}
          </Button>
          <Button onClick={onClose}>{say('incident-form.close')}</Button>
        </div>
      </form>
    </Dialog>
  )
}

/** As a field for date and time wants it, in the zone of who looks. */
function localTime(at: string): string {
  const date = new Date(at)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
