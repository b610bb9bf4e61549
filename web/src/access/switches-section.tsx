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
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

type Kind = Switch['kind']

export function SwitchesSection() {
  const query = useQuery({ queryKey: ['switch'], queryFn: () => client.listSwitches() })
  const nameOf = useNames()
  const may = useMay()
  const [open, setOpen] = useState<'off' | Switch>()
  const close = () => setOpen(undefined)
  return (
    <Section
      title={say('switches-section.switches')}
      note={<Term of="switch">{say('switches-section.stop-something-at-once')}</Term>}
      actions={
        may('operate') && (
          <Button tone="danger" onClick={() => setOpen('off')}>
            <Power size={14} aria-hidden /> {say('switches-section.switch-something-off')}
          </Button>
        )
      }
    >
      <Loaded query={query} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted">{say('switches-section.nothing-is-switched-off')}</p>
          ) : (
            <table className="data-table">
              <thead>
                <tr>
                  <th scope="col">{say('switches-section.off')}</th>
                  <th scope="col">{say('switches-section.why')}</th>
                  <th scope="col" className="wide">
                    {say('switches-section.who')}
                  </th>
                  <th scope="col" className="wide">
                    {say('switches-section.since')}
                  </th>
                  <th scope="col">
                    <span className="sr-only">{say('switches-section.switch-on')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {items.map((one) => (
                  <tr key={`${one.kind} ${one.name}`}>
                    <td className="break-words">
                      <span className="text-muted">{KIND_WORDS[one.kind]}</span>{' '}
                      <span className="font-medium">{one.name}</span>
                    </td>
                    <td className="break-words">{one.reason}</td>
                    <td className="wide">{nameOf(one.offBy)}</td>
                    <td className="wide text-muted">
                      <Ago at={one.offAt} />
                    </td>
                    <td>
                      {may('operate') && (
                        <Button onClick={() => setOpen(one)}>{say('switches-section.switch-on-2')}</Button>
                      )}
                    </td>
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
  ['application', say('switches-section.application-all-of-its-releases')],
  ['release', say('switches-section.release-this-one-alone')],
  ['model', say('switches-section.model-wherever-it-is-used')],
  ['provider', say('switches-section.provider-all-of-its-models')],
  ['cache', say('switches-section.cache-of-an-application-so-that-all')],
]
const KIND_WORDS: Readonly<Record<Kind, string>> = {
  application: say('switches-section.kind-application'),
  release: say('switches-section.kind-release'),
  model: say('switches-section.kind-model'),
  provider: say('switches-section.kind-provider'),
  cache: say('switches-section.kind-cache'),
}
const NAMES: Readonly<Record<Exclude<Kind, 'application' | 'cache'>, string>> = {
  release: say('switches-section.its-id-rel-and-26-characters-it'),
  model: say('switches-section.as-provider-model-for-example-openai-gpt'),
  provider: say('switches-section.for-example-openai'),
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
      title={say('switches-section.switch-something-off')}
      onClose={onClose}
      doing={off}
      submit={sayWith('switches-section.switch-off-now', { name: name || say('switches-section.it') })}
      tone="danger"
      disabled={name === ''}
    >
      <Choice
        label={say('switches-section.what')}
        value={kind}
        options={KINDS}
        onChange={(value) => {
          setKind(value as Kind)
          setTyped('')
        }}
      />
      {ofApplication ? (
        <Choice
          label={say('switches-section.which')}
          value={name}
          onChange={setTyped}
          options={names.map((one) => [one, one] as const)}
        />
      ) : (
        <TextField
          label={say('switches-section.which')}
          value={typed}
          onChange={setTyped}
          required
          hint={NAMES[kind]}
        />
      )}
      <TextArea
        label={say('switches-section.why-2')}
        value={reason}
        onChange={setReason}
        minLength={3}
        hint={say('switches-section.whoever-is-refused-reads-this-with-your')}
      />
      <p className="rounded border border-line px-4 py-3">
        {kind === 'cache'
          ? say('switches-section.from-the-next-request-on-answers-everything', {
              name: name || say('switches-section.it'),
            })
          : say('switches-section.from-the-next-request-on-everybody-who', {
              name: `${KIND_WORDS[kind]} ${name}`.trim(),
            })}
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
    <FormDialog
      title={say('switches-section.switch-on-3', { name })}
      onClose={onClose}
      doing={on}
      submit={say('switches-section.switch-it-on')}
    >
      <p>{sayWith('switches-section.it-was-switched-off-because', { reason: one.reason })}</p>
      <TextArea
        label={say('switches-section.why-it-may-answer-again')}
        value={reason}
        onChange={setReason}
        minLength={3}
      />
    </FormDialog>
  )
}
