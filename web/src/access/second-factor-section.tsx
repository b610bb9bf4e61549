/** One's own password and authenticator app: set up, replaced, taken away. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
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
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { PasswordDialog } from './password-dialog.tsx'

const KEY = ['second-factor']

export function SecondFactorSection() {
  const query = useQuery({ queryKey: KEY, queryFn: () => client.getSecondFactor() })
  const [open, setOpen] = useState<'app' | 'remove' | 'password'>()
  const close = () => setOpen(undefined)
  return (
    <Section
      title={say('second-factor-section.how-you-sign-in-and-approve')}
      note={<Term of="secondFactor">{say('second-factor-section.second-factor')}</Term>}
    >
      <Loaded query={query} rows={3}>
        {(status) => (
          <>
            <Facts
              items={[
                [
                  say('second-factor-section.password'),
                  <span key="p" className="flex flex-wrap items-center gap-3">
                    {status.password ? say('second-factor-section.set') : say('second-factor-section.none')}
                    <Button tone="quiet" onClick={() => setOpen('password')}>
                      {status.password ? say('second-factor-section.change-it') : say('second-factor-section.set-one')}
                    </Button>
                  </span>,
                ],
                [
                  say('second-factor-section.authenticator-app'),
                  <span key="a" className="flex flex-wrap items-center gap-3">
                    <AppState status={status} />
                    <Button
                      tone={status.demanded && status.state !== 'active' ? 'primary' : 'quiet'}
                      onClick={() => setOpen('app')}
                    >
                      {status.state === 'active'
                        ? say('second-factor-section.replace-it')
                        : say('second-factor-section.set-one-up')}
                    </Button>
                    {status.state === 'active' && (
                      <Button tone="quiet" onClick={() => setOpen('remove')}>
                        {say('second-factor-section.take-it-away')}
                      </Button>
                    )}
                  </span>,
                ],
                [
                  say('second-factor-section.approving'),
                  status.demanded
                    ? say('second-factor-section.takes-a-code-of-the-app-here')
                    : say('second-factor-section.takes-no-code-here-airworthy-second-factor'),
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
  if (state !== 'active' || since === null)
    return (
      <>{state === 'pending' ? say('second-factor-section.begun-not-confirmed') : say('second-factor-section.none')}</>
    )
  return (
    <span>
      {sayWith('second-factor-section.in-force-since-left', {
        when: <Ago at={since} />,
        recoveryCodes: say('many.recovery-code', { n: recoveryCodesLeft }),
      })}
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
    <Dialog title={say('second-factor-section.authenticator-app-2')} onClose={onClose}>
      {confirm.data ? (
        <div className="flex flex-col gap-4">
          <p>{say('second-factor-section.it-is-in-force-these-recovery-codes')}</p>
          <ul className="grid grid-cols-2 gap-x-6 gap-y-1 font-mono">
            {confirm.data.recoveryCodes.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
          <Button tone="primary" onClick={onClose}>
            {say('second-factor-section.i-have-kept-them')}
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
          <p>{say('second-factor-section.let-your-app-read-this-picture-without')}</p>
          <QrCode text={begin.data.uri} label={say('second-factor-section.the-address-of-the-new-account-for')} />
          <LongText text={begin.data.secret} what={say('second-factor-section.secret')} />
          <LongText text={begin.data.uri} what={say('second-factor-section.address')} />
          <TextField
            label={say('second-factor-section.the-six-digits-that-it-shows-now')}
            value={code}
            onChange={setCode}
            required
            autoComplete="one-time-code"
          />
          {confirm.error && <Trouble failure={confirm.error} />}
          <Button type="submit" tone="primary" busy={confirm.isPending}>
            {say('second-factor-section.confirm')}
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
          <p>{say('second-factor-section.an-app-on-your-phone-shows-a')}</p>
          {isActive && (
            <TextField
              label={say('second-factor-section.a-code-of-the-present-app')}
              value={present}
              onChange={setPresent}
              required
            />
          )}
          {begin.error && <Trouble failure={begin.error} />}
          <Button type="submit" tone="primary" busy={begin.isPending}>
            {say('second-factor-section.make-a-secret')}
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
    <FormDialog
      title={say('second-factor-section.take-the-app-away')}
      onClose={onClose}
      doing={remove}
      submit={say('second-factor-section.take-it-away')}
      tone="danger"
    >
      <TextField label={say('second-factor-section.a-code-of-the-app-or-a')} value={code} onChange={setCode} required />
    </FormDialog>
  )
}
