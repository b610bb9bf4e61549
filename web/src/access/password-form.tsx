/** Name and password, and the code of an app where the person has one. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { AirworthyError } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'

export function PasswordForm({ onSignedIn }: { onSignedIn: () => void }) {
  const [signInName, setSignInName] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const signIn = useMutation({
    mutationFn: () => client.signInWithPassword({ body: { signInName, password, ...(code && { code }) } }),
    onSuccess: onSignedIn,
  })
  const isCodeNeeded =
    code !== '' ||
    (signIn.error instanceof AirworthyError && ['access.code-needed', 'access.code-wrong'].includes(signIn.error.code))
  const isAsking = signIn.error instanceof AirworthyError && signIn.error.code === 'access.code-needed'
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        signIn.mutate()
      }}
    >
      <TextField
        label={say('password-form.name')}
        value={signInName}
        onChange={setSignInName}
        required
        autoComplete="username"
      />
      <TextField
        label={say('password-form.password')}
        type="password"
        value={password}
        onChange={setPassword}
        required
        autoComplete="current-password"
      />
      {isCodeNeeded && (
        <TextField
          label={say('password-form.code-of-your-authenticator-app')}
          value={code}
          onChange={setCode}
          required
          autoComplete="one-time-code"
          hint={say('password-form.six-digits-or-a-recovery-code')}
        />
      )}
      {signIn.error && !isAsking && <Trouble failure={signIn.error} />}
      <Button type="submit" tone="primary" busy={signIn.isPending}>
        {say('password-form.sign-in')}
      </Button>
    </form>
  )
}
