/** One's own password and authenticator app: set up, replaced, taken away. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { many } from '../data/format.ts'
import type { SecondFactorStatus } from '../data/shapes.ts'
import { Ago, LongText } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Facts, Section } from '../ui/page.tsx'
import { QrCode } from '../ui/qr-code.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { PasswordDialog } from './password-dialog.tsx'

const KEY = ['second-factor']

export function SecondFactorSection() {
  const query = useQuery({ queryKey: KEY, queryFn: () => client.getSecondFactor() })
  const [open, setOpen] = useState<'app' | 'remove' | 'password'>()
  const close = () => setOpen(undefined)
  return (
    <Section title="How you sign in and approve" note={<Term of="secondFactor">second factor</Term>}>
      <Loaded query={query} rows={3}>
        {(status) => (
          <>
            <Facts
              items={[
                [
                  'password',
                  <span key="p" className="flex flex-wrap items-center gap-3">
                    {status.password ? 'set' : 'none'}
                    <Button tone="quiet" onClick={() => setOpen('password')}>
                      {status.password ? 'Change it' : 'Set one'}
                    </Button>
                  </span>,
                ],
                [
                  'authenticator app',
                  <span key="a" className="flex flex-wrap items-center gap-3">
                    <AppState status={status} />
                    <Button
                      tone={status.demanded && status.state !== 'active' ? 'primary' : 'quiet'}
                      onClick={() => setOpen('app')}
                    >
                      {status.state === 'active' ? 'Replace it' : 'Set one up'}
                    </Button>
                    {status.state === 'active' && (
                      <Button tone="quiet" onClick={() => setOpen('remove')}>
                        Take it away
                      </Button>
                    )}
                  </span>,
                ],
                [
                  'approving',
                  status.demanded
                    ? 'takes a code of the app here: attesting, waivers, promotions'
                    : 'takes no code here; AIRWORTHY_SECOND_FACTOR says so',
                ],
              ]}
            />
            {open === 'password' && <PasswordDialog hasOne={status.password} onClose={close} />}
            {open === 'app' && <SetUp isActive={status.state === 'active'} onClose={close} />}
            {open === 'remove' && <Remove onClose={close} />}
          </>
        )}
      </Loaded>
    </Section>
  )
}

function AppState({ status: { state, since, recoveryCodesLeft } }: { status: SecondFactorStatus }) {
  if (state !== 'active' || since === null) return <>{state === 'pending' ? 'begun, not confirmed' : 'none'}</>
  return (
    <span>
      in force since <Ago at={since} />, {many(recoveryCodesLeft, 'recovery code')} left
    </span>
  )
}

function SetUp({ isActive, onClose }: { isActive: boolean; onClose: () => void }) {
  const cache = useQueryClient()
  const [present, setPresent] = useState('')
  const [code, setCode] = useState('')
  const begin = useMutation({
    mutationFn: () => client.beginSecondFactor({ body: present ? { code: present } : {} }),
  })
  const confirm = useMutation({
    mutationFn: () => client.confirmSecondFactor({ body: { code } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: KEY }),
  })
  return (
    <Dialog title="Authenticator app" onClose={onClose}>
      {confirm.data ? (
        <div className="flex flex-col gap-4">
          <p>
            It is in force. These recovery codes work once each, in place of the app. They are shown now and never
            again: keep them where your phone is not.
          </p>
          <ul className="grid grid-cols-2 gap-x-6 gap-y-1 font-mono">
            {confirm.data.recoveryCodes.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
          <Button tone="primary" onClick={onClose}>
            I have kept them
          </Button>
        </div>
      ) : begin.data ? (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            confirm.mutate()
          }}
        >
          <p>
            Let your app read this picture. Without a camera, type the secret into it as a time-based account, or open
            the address on your phone.
          </p>
          <QrCode text={begin.data.uri} label="The address of the new account, for the camera of your phone" />
          <LongText text={begin.data.secret} what="secret" />
          <LongText text={begin.data.uri} what="address" />
          <TextField
            label="The six digits that it shows now"
            value={code}
            onChange={setCode}
            required
            autoComplete="one-time-code"
          />
          {confirm.error && <Trouble failure={confirm.error} />}
          <Button type="submit" tone="primary" busy={confirm.isPending}>
            Confirm
          </Button>
        </form>
      ) : (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            begin.mutate()
          }}
        >
          <p>
            An app on your phone shows a new code every thirty seconds. A code shows that it is you when you approve
            something, and when you sign in with a password.
          </p>
          {isActive && <TextField label="A code of the present app" value={present} onChange={setPresent} required />}
          {begin.error && <Trouble failure={begin.error} />}
          <Button type="submit" tone="primary" busy={begin.isPending}>
            Make a secret
          </Button>
        </form>
      )}
    </Dialog>
  )
}

function Remove({ onClose }: { onClose: () => void }) {
  const cache = useQueryClient()
  const [code, setCode] = useState('')
  const remove = useMutation({
    mutationFn: () => client.removeSecondFactor({ body: { code } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: KEY })
      onClose()
    },
  })
  return (
    <FormDialog title="Take the app away" onClose={onClose} doing={remove} submit="Take it away" tone="danger">
      <TextField label="A code of the app, or a recovery code" value={code} onChange={setCode} required />
    </FormDialog>
  )
}
