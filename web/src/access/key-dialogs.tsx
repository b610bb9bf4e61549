/** Making a key and giving one a new text; both texts are shown once. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Permission, Role } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { useApplicationNames } from '../data/queries.ts'
import type { Key } from '../data/shapes.ts'
import { LongText } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Choice, TextField } from '../ui/field.tsx'
import { Trouble } from '../ui/states.tsx'
import { ROLES } from './roles.ts'

const DAY_HOURS = 24

/** Parts of a role that programs usually need; the command line takes any. */
const SCOPES: readonly (readonly [string, string, readonly Permission[] | undefined])[] = [
  ['', 'everything that its role may', undefined],
  ['gateway', 'the gateway alone', ['infer']],
  ['models', 'the gateway, models directly too', ['infer', 'infer-models']],
  ['read', 'reading alone', ['view']],
  ['build', 'building and measuring, without the gateway', ['view', 'build']],
]
const LIFETIMES: readonly (readonly [string, string])[] = [
  ['', 'never'],
  ['1', 'in a day'],
  ['30', 'in 30 days'],
  ['90', 'in 90 days'],
  ['365', 'in a year'],
]
/** What a key's direct use of models counts as. */
const STAGES = [
  ['', 'the sandbox, where every model answers'],
  ['poc', 'proof of concept'],
  ['pilot', 'pilot'],
  ['production', 'production'],
] as const
const OVERLAPS: readonly (readonly [string, string])[] = [
  ['0', 'ends at once'],
  ['1', 'works for another hour'],
  ['24', 'works for another day'],
  ['168', 'works for another week'],
  ['720', 'works for another 30 days'],
]

export function NewKey({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('builder')
  const [application, setApplication] = useState('')
  const [scope, setScope] = useState('')
  const [stage, setStage] = useState<(typeof STAGES)[number][0]>('')
  const [days, setDays] = useState('90')
  const names = useApplicationNames()
  const cache = useQueryClient()
  const permissions = SCOPES.find(([id]) => id === scope)?.[2]
  const make = useMutation({
    mutationFn: () =>
      client.createKey({
        body: {
          name,
          role,
          ...(application && { application }),
          ...(permissions && { permissions: [...permissions] }),
          ...(stage && { stage }),
          ...(days && { expiresInHours: Number(days) * DAY_HOURS }),
        },
      }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['key'] }),
  })
  return (
    <Dialog title="New key" onClose={onClose}>
      {make.data ? (
        <Shown secret={make.data.secret} onClose={onClose} />
      ) : (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            make.mutate()
          }}
        >
          <TextField
            label="Name"
            value={name}
            onChange={setName}
            required
            hint="What will use it, for example “web shop”."
          />
          <Choice label="Role" value={role} onChange={(value) => setRole(value as Role)} options={ROLES} />
          <Choice
            label="For"
            value={scope}
            onChange={setScope}
            options={SCOPES.map(([id, text]) => [id, text] as const)}
          />
          <Choice
            label="Application"
            value={application}
            onChange={setApplication}
            options={[['', 'all'], ...names.map((one) => [one, one] as const)]}
            hint="A key for one application may not use models directly."
          />
          <Choice
            label="Stage"
            value={stage}
            onChange={(value) => setStage(value as typeof stage)}
            options={STAGES}
            hint="Beyond the sandbox it reaches approved models alone."
          />
          <Choice label="Ends" value={days} onChange={setDays} options={LIFETIMES} />
          {make.error && <Trouble failure={make.error} />}
          <Button type="submit" tone="primary" busy={make.isPending}>
            Make the key
          </Button>
        </form>
      )}
    </Dialog>
  )
}

export function RotateKey({ entry, onClose }: { entry: Key; onClose: () => void }) {
  const [hours, setHours] = useState('24')
  const cache = useQueryClient()
  const rotate = useMutation({
    mutationFn: () => client.rotateKey({ params: { key: entry.id }, body: { overlapHours: Number(hours) } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['key'] }),
  })
  return (
    <Dialog title={`New text for ${entry.name}`} onClose={onClose}>
      {rotate.data ? (
        <Shown secret={rotate.data.secret} onClose={onClose} />
      ) : (
        <form
          className="flex flex-col gap-4 text-left"
          onSubmit={(event) => {
            event.preventDefault()
            rotate.mutate()
          }}
        >
          <p>The new text works at once. Put it where the program reads it before the old one ends.</p>
          <Choice
            label="The old text"
            value={hours}
            onChange={setHours}
            options={OVERLAPS}
            hint="The list shows whether it is still in use."
          />
          {rotate.error && <Trouble failure={rotate.error} />}
          <Button type="submit" tone="primary" busy={rotate.isPending}>
            Make the new text
          </Button>
        </form>
      )}
    </Dialog>
  )
}

function Shown({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <div className="flex flex-col gap-4 text-left">
      <p>This is the key. It is shown now and never again; copy it to where the program reads it.</p>
      <LongText text={secret} what="key" />
      <Button tone="primary" onClick={onClose}>
        I have copied it
      </Button>
    </div>
  )
}
