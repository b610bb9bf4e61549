/** The kill switch: what is off and why, and a dialog that says what will happen before it does. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Power } from 'lucide-react'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { useApplicationNames, useMay, useNames } from '../data/queries.ts'
import type { Switch } from '../data/shapes.ts'
import { Ago } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Choice, TextArea, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'

type Kind = Switch['kind']

export function SwitchesSection() {
  const query = useQuery({ queryKey: ['switch'], queryFn: () => client.listSwitches() })
  const nameOf = useNames()
  const may = useMay()
  const [open, setOpen] = useState<'off' | Switch>()
  const close = () => setOpen(undefined)
  return (
    <Section
      title="Switches"
      note={<Term of="switch">stop something at once</Term>}
      actions={
        may('operate') && (
          <Button tone="danger" onClick={() => setOpen('off')}>
            <Power size={14} aria-hidden /> Switch something off
          </Button>
        )
      }
    >
      <Loaded query={query} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted">Nothing is switched off.</p>
          ) : (
            <table className="data-table">
              <thead>
                <tr>
                  <th scope="col">off</th>
                  <th scope="col">why</th>
                  <th scope="col" className="wide">
                    who
                  </th>
                  <th scope="col" className="wide">
                    since
                  </th>
                  <th scope="col">
                    <span className="sr-only">switch on</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {items.map((one) => (
                  <tr key={`${one.kind} ${one.name}`}>
                    <td className="break-words">
                      <span className="text-muted">{one.kind}</span> <span className="font-medium">{one.name}</span>
                    </td>
                    <td className="break-words">{one.reason}</td>
                    <td className="wide">{nameOf(one.offBy)}</td>
                    <td className="wide text-muted">
                      <Ago at={one.offAt} />
                    </td>
                    <td>{may('operate') && <Button onClick={() => setOpen(one)}>Switch on</Button>}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
      {open === 'off' && <SwitchOff onClose={close} />}
      {open !== undefined && open !== 'off' && <SwitchOn one={open} onClose={close} />}
    </Section>
  )
}

const KINDS: readonly (readonly [Kind, string])[] = [
  ['application', 'application: all of its releases'],
  ['release', 'release: this one alone'],
  ['model', 'model: wherever it is used'],
  ['provider', 'provider: all of its models'],
  ['cache', 'cache: of an application, so that all is answered anew'],
]
const NAMES: Readonly<Record<Exclude<Kind, 'application' | 'cache'>, string>> = {
  release: 'Its id, rel_ and 26 characters; it stands on the page of the release.',
  model: 'As provider/model, for example openai/gpt-4o.',
  provider: 'For example openai.',
}

function SwitchOff({ onClose }: { onClose: () => void }) {
  const cache = useQueryClient()
  const names = useApplicationNames()
  const [kind, setKind] = useState<Kind>('application')
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const ofApplication = kind === 'application' || kind === 'cache'
  const name = ofApplication ? typed || (names[0] ?? '') : typed.trim()
  const off = useMutation({
    mutationFn: () => client.switchOff({ params: { kind, name }, body: { reason } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['switch'] })
      onClose()
    },
  })
  return (
    <FormDialog
      title="Switch something off"
      onClose={onClose}
      doing={off}
      submit={<>Switch {name || 'it'} off now</>}
      tone="danger"
      disabled={name === ''}
    >
      <Choice
        label="What"
        value={kind}
        options={KINDS}
        onChange={(value) => {
          setKind(value as Kind)
          setTyped('')
        }}
      />
      {ofApplication ? (
        <Choice label="Which" value={name} onChange={setTyped} options={names.map((one) => [one, one] as const)} />
      ) : (
        <TextField label="Which" value={typed} onChange={setTyped} required hint={NAMES[kind]} />
      )}
      <TextArea
        label="Why"
        value={reason}
        onChange={setReason}
        minLength={3}
        hint="Whoever is refused reads this, with your name."
      />
      <p className="rounded border border-line px-4 py-3">
        {kind === 'cache'
          ? `From the next request on, ${name || 'it'} answers everything anew, until somebody switches its cache on.`
          : `From the next request on, everybody who asks for ${name ? `the ${kind} ${name}` : `this ${kind}`} is refused with 403, until somebody switches it on. Answers that have begun are not cut.`}
      </p>
    </FormDialog>
  )
}

function SwitchOn({ one, onClose }: { one: Switch; onClose: () => void }) {
  const cache = useQueryClient()
  const [reason, setReason] = useState('')
  const { kind, name } = one
  const on = useMutation({
    mutationFn: () => client.switchOn({ params: { kind, name }, query: { reason } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['switch'] })
      onClose()
    },
  })
  return (
    <FormDialog title={`Switch ${name} on`} onClose={onClose} doing={on} submit="Switch it on">
      <p>It was switched off because: {one.reason}</p>
      <TextArea label="Why it may answer again" value={reason} onChange={setReason} minLength={3} />
    </FormDialog>
  )
}
