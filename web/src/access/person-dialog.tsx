/** One person or program: links that let them in, their role, and whether they may act. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Role } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { actors } from '../data/queries.ts'
import type { Actor } from '../data/shapes.ts'
import { LongText } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Choice, TextField } from '../ui/field.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { ROLES } from './roles.ts'

export function PersonDialog({ actor, onClose }: { actor: Actor; onClose: () => void }) {
  return (
    <Dialog title={actor.name} onClose={onClose}>
      <div className="flex flex-col gap-8">
        {actor.kind === 'person' && !actor.example && actor.disabledAt === null && <LetIn actor={actor} />}
        <Change actor={actor} onClose={onClose} />
      </div>
    </Dialog>
  )
}

function LetIn({ actor }: { actor: Actor }) {
  const link = useMutation({ mutationFn: () => client.createSignInLink({ body: { actor: actor.id } }) })
  const invitation = useMutation({ mutationFn: () => client.createInvitation({ body: { actor: actor.id } }) })
  const reset = useMutation({ mutationFn: () => client.resetSecondFactor({ params: { actor: actor.id } }) })
  const made = invitation.data ?? link.data
  const failure = invitation.error ?? link.error ?? reset.error
  return (
    <section aria-label={say('person-dialog.let-them-in')} className="flex flex-col gap-3">
      {made ? (
        <>
          <p>
            {sayWith('person-dialog.give-this-to-alone-it-works-once', {
              name: actor.name,
              data: invitation.data
                ? say('person-dialog.within-three-days-and-sets-their-password')
                : say('person-dialog.within-ten-minutes'),
              role: actor.role,
            })}
          </p>
          <LongText text={made.url} what={say('person-dialog.link')} />
        </>
      ) : (
        <div className="flex flex-wrap gap-2">
          {actor.signInName !== null && (
            <Button tone="primary" busy={invitation.isPending} onClick={() => invitation.mutate()}>
              {say('person-dialog.invite-to-set-a-password')}
            </Button>
          )}
          <Button busy={link.isPending} onClick={() => link.mutate()}>
            {say('person-dialog.sign-in-link')}
          </Button>
          <Button busy={reset.isPending} disabled={reset.isSuccess} onClick={() => reset.mutate()}>
            {reset.isSuccess ? say('person-dialog.their-app-is-taken-away') : say('person-dialog.they-lost-their-app')}
          </Button>
        </div>
      )}
      {failure && <Trouble failure={failure} />}
    </section>
  )
}

function Change({ actor, onClose }: { actor: Actor; onClose: () => void }) {
  const cache = useQueryClient()
  const [role, setRole] = useState<Role>(actor.role)
  const [signInName, setSignInName] = useState(actor.signInName ?? '')
  const change = useMutation({
    mutationFn: (mayAct: boolean | undefined) =>
      client.updateActor({
        params: { actor: actor.id },
        body: { role, signInName: signInName || null, ...(mayAct !== undefined && { mayAct }) },
      }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: actors.queryKey })
      onClose()
    },
  })
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        change.mutate(undefined)
      }}
    >
      <Choice
        label={say('person-dialog.role')}
        value={role}
        onChange={(value) => setRole(value as Role)}
        options={ROLES}
        hint={say('person-dialog.their-keys-and-sessions-follow-at-once')}
      />
      {actor.kind === 'person' && (
        <TextField label={say('person-dialog.signs-in-as')} value={signInName} onChange={setSignInName} />
      )}
      {change.error && <Trouble failure={change.error} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" busy={change.isPending}>
          {say('person-dialog.keep-the-change')}
        </Button>
        {actor.disabledAt === null ? (
          <Button tone="danger" busy={change.isPending} onClick={() => change.mutate(false)}>
            {say('person-dialog.take-the-right-to-act-away')}
          </Button>
        ) : (
          <Button busy={change.isPending} onClick={() => change.mutate(true)}>
            {say('person-dialog.let-them-act-again')}
          </Button>
        )}
      </div>
    </form>
  )
}
