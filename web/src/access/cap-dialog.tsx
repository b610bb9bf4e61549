/** Setting caps in place: of whom, and how much; with what whoever is refused will read. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { modelCards, useApplicationNames, useMay } from '../data/queries.ts'
import type { Key, ScopeLimits } from '../data/shapes.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Choice, TextField } from '../ui/field.tsx'
import { Trouble, Waiting } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { asAmounts, type CapField, changeOf, FIELDS, type Typed } from './cap-amounts.ts'

type LimitScope = ScopeLimits['scope']
export type Whose = { readonly scope: LimitScope; readonly name: string }

const SCOPES: readonly (readonly [LimitScope, string])[] = [
  ['organisation', say('cap-dialog.organisation-everything-together')],
  ['application', say('cap-dialog.application-all-of-its-releases-and-keys')],
  ['team', say('cap-dialog.team-all-keys-of-it')],
  ['key', say('cap-dialog.key-this-one-alone')],
  ['release', say('cap-dialog.release-this-one-alone')],
  ['model', say('cap-dialog.model-wherever-it-is-used')],
]
const ORGANISATION = 'default'

export function CapDialog({
  whose,
  keys,
  onClose,
}: {
  whose: Whose | undefined
  keys: readonly Key[]
  onClose: () => void
}) {
  const [scope, setScope] = useState<LimitScope>(whose?.scope ?? 'application')
  const [typed, setTyped] = useState(whose?.name ?? '')
  const names = useNamesOf(scope, keys)
  const name = whose?.name ?? (scope === 'organisation' ? ORGANISATION : typed.trim() || (names[0]?.[0] ?? ''))
  const title = whose ? say('cap-dialog.caps-of', { nameFor: nameFor(whose, keys) }) : say('cap-dialog.set-a-cap')
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="flex flex-col gap-4">
        {!whose && (
          <Choice
            label={say('cap-dialog.of-what')}
            value={scope}
            options={SCOPES}
            onChange={(value) => {
              setScope(value as LimitScope)
              setTyped('')
            }}
          />
        )}
        {!whose && scope !== 'organisation' && names.length > 0 && (
          <Choice label={say('cap-dialog.which')} value={name} onChange={setTyped} options={names} />
        )}
        {!whose && scope !== 'organisation' && names.length === 0 && (
          <TextField
            label={say('cap-dialog.which')}
            value={typed}
            onChange={setTyped}
            required
            hint={
              scope === 'release'
                ? say('cap-dialog.its-id-rel-and-26-characters-it')
                : say('cap-dialog.as-keys-name-it-for-example-search')
            }
          />
        )}
        {name !== '' && <Amounts key={`${scope} ${name}`} whose={{ scope, name }} onClose={onClose} />}
      </div>
    </Dialog>
  )
}

/** The amounts as they are now, to be changed. A name that is being typed has none yet. */
function Amounts({ whose, onClose }: { whose: Whose; onClose: () => void }) {
  const now = useQuery({
    queryKey: ['limits', whose.scope, whose.name],
    queryFn: () => client.getScopeLimits({ params: whose }),
  })
  if (now.error) return <Trouble failure={now.error} />
  return now.data ? <AmountsForm whose={whose} limits={now.data.limits} onClose={onClose} /> : <Waiting rows={4} />
}

function AmountsForm({ whose, limits, onClose }: { whose: Whose; limits: ScopeLimits['limits']; onClose: () => void }) {
  const [amounts, setAmounts] = useState<Typed>(() => asAmounts(limits))
  const cache = useQueryClient()
  const may = useMay()
  const save = useMutation({
    mutationFn: () => client.setScopeLimits({ params: whose, body: changeOf(amounts, limits) }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['limits'] })
      onClose()
    },
  })
  const put = (field: CapField) => (value: string) => setAmounts({ ...amounts, [field]: value })
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <div className="grid grid-cols-2 gap-3">
        {FIELDS.map(({ field, label, hint }) => (
          <TextField
            key={field}
            label={label}
            value={amounts[field]}
            onChange={put(field)}
            {...(hint !== undefined && { hint })}
          />
        ))}
      </div>
      <div className="flex flex-col gap-2 rounded border border-line px-4 py-3 text-muted">
        <p>{say('cap-dialog.left-empty-there-is-no-cap-at')}</p>
        <p className="text-text">“{exampleOf(whose)}”</p>
        <p>
          {may('administer')
            ? say('cap-dialog.only-an-owner-may-raise-money-above')
            : say('cap-dialog.you-may-lower-any-cap-and-raise')}
        </p>
      </div>
      {save.error && <Trouble failure={save.error} />}
      <Button type="submit" tone="primary" busy={save.isPending}>
        {say('cap-dialog.save-it-holds-from-the-next-request')}
      </Button>
    </form>
  )
}

/** Names that can be chosen; none for what has to be typed. */
function useNamesOf(scope: LimitScope, keys: readonly Key[]): readonly (readonly [string, string])[] {
  const apps = useApplicationNames()
  const cards = useQuery({ ...modelCards(''), enabled: scope === 'model' }).data?.items ?? []
  if (scope === 'application') return apps.map((name) => [name, name])
  if (scope === 'model') return cards.map(({ model }) => [model, model])
  if (scope === 'team') return [...new Set(keys.flatMap(({ team }) => team ?? []))].map((team) => [team, team])
  return scope === 'key'
    ? keys.filter(({ revokedAt }) => revokedAt === null).map(({ id, name }) => [id, name] as const)
    : []
}

export const nameFor = ({ scope, name }: Whose, keys: readonly Key[]): string => {
  if (scope === 'organisation') return say('cap-dialog.the-organisation')
  return scope === 'key' ? (keys.find(({ id }) => id === name)?.name ?? name) : name
}

/** As `refusal.ts` of the server says it. */
const exampleOf = ({ scope, name }: Whose): string => {
  const who =
    { organisation: say('cap-dialog.this-installation'), key: 'This key' }[scope as string] ??
    say('cap-dialog.the', { scope, name })
  return say('cap-dialog.may-spend-50-00-a-month-49', { who })
}
