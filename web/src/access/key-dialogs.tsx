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
import { say } from '../words/say.ts'
import { ROLES } from './roles.ts'

const DAY_HOURS = 24

/** Parts of a role that programs usually need; the command line takes any. */
const SCOPES: readonly (readonly [string, string, readonly Permission[] | undefined])[] = [
  ['', say('key-dialogs.everything-that-its-role-may'), undefined],
  ['gateway', say('key-dialogs.the-gateway-alone'), ['infer']],
  ['models', say('key-dialogs.the-gateway-models-directly-too'), ['infer', 'infer-models']],
  ['read', say('key-dialogs.reading-alone'), ['view']],
  ['build', say('key-dialogs.building-and-measuring-without-the-gateway'), ['view', 'build']],
]
const LIFETIMES: readonly (readonly [string, string])[] = [
  ['', 'never'],
  ['1', say('key-dialogs.in-a-day')],
  ['30', 'in 30 days'],
  ['90', 'in 90 days'],
  ['365', say('key-dialogs.in-a-year')],
]
/** What a key's direct use of models counts as. */
const STAGES = [
  ['', say('key-dialogs.the-sandbox-where-every-model-answers')],
  ['poc', say('key-dialogs.proof-of-concept')],
  ['pilot', 'pilot'],
  ['production', 'production'],
] as const
const OVERLAPS: readonly (readonly [string, string])[] = [
  ['0', say('key-dialogs.ends-at-once')],
  ['1', say('key-dialogs.works-for-another-hour')],
  ['24', say('key-dialogs.works-for-another-day')],
  ['168', say('key-dialogs.works-for-another-week')],
  ['720', say('key-dialogs.works-for-another-30-days')],
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
    <Dialog title={say('key-dialogs.new-key')} onClose={onClose}>
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
            label={say('key-dialogs.name')}
            value={name}
            onChange={setName}
            required
            hint={say('key-dialogs.what-will-use-it-for-example-web')}
          />
          <Choice
            label={say('key-dialogs.role')}
            value={role}
            onChange={(value) => setRole(value as Role)}
            options={ROLES}
          />
          <Choice
            label={say('key-dialogs.for')}
            value={scope}
            onChange={setScope}
            options={SCOPES.map(([id, text]) => [id, text] as const)}
          />
          <Choice
            label={say('key-dialogs.application')}
            value={application}
            onChange={setApplication}
            options={[['', 'all'], ...names.map((one) => [one, one] as const)]}
            hint={say('key-dialogs.a-key-for-one-application-may-not')}
          />
          <Choice
            label={say('key-dialogs.stage')}
            value={stage}
            onChange={(value) => setStage(value as typeof stage)}
            options={STAGES}
            hint={say('key-dialogs.beyond-the-sandbox-it-reaches-approved-models')}
          />
          <Choice label={say('key-dialogs.ends')} value={days} onChange={setDays} options={LIFETIMES} />
          {make.error && <Trouble failure={make.error} />}
          <Button type="submit" tone="primary" busy={make.isPending}>
            {say('key-dialogs.make-the-key')}
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
    <Dialog title={say('key-dialogs.new-text-for', { name: entry.name })} onClose={onClose}>
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
          <p>{say('key-dialogs.the-new-text-works-at-once-put')}</p>
          <Choice
            label={say('key-dialogs.the-old-text')}
            value={hours}
            onChange={setHours}
            options={OVERLAPS}
            hint={say('key-dialogs.the-list-shows-whether-it-is-still')}
          />
          {rotate.error && <Trouble failure={rotate.error} />}
          <Button type="submit" tone="primary" busy={rotate.isPending}>
            {say('key-dialogs.make-the-new-text')}
          </Button>
        </form>
      )}
    </Dialog>
  )
}

function Shown({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <div className="flex flex-col gap-4 text-left">
      <p>{say('key-dialogs.this-is-the-key-it-is-shown')}</p>
      <LongText text={secret} what={say('key-dialogs.key')} />
      <Button tone="primary" onClick={onClose}>
        {say('key-dialogs.i-have-copied-it')}
      </Button>
    </div>
  )
}
