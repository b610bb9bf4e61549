/** A new password, typed twice. */
import { type ReactNode, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'

export function NewPassword({
  before,
  failure,
  busy,
  button,
  onChosen,
}: {
  /** What is asked before it: the present one, a name. */
  before?: ReactNode
  failure: unknown
  busy: boolean
  button: string
  onChosen: (password: string) => void
}) {
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [differs, setDiffers] = useState(false)
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        setDiffers(password !== again)
        if (password === again) onChosen(password)
      }}
    >
      {before}
      <TextField
        label={say('new-password.new-password')}
        type="password"
        value={password}
        onChange={setPassword}
        required
        autoComplete="new-password"
        hint={say('new-password.at-least-twelve-characters-a-sentence-is')}
      />
      <TextField
        label={say('new-password.new-password-once-more')}
        type="password"
        value={again}
        onChange={setAgain}
        required
        autoComplete="new-password"
      />
      {differs && <p role="alert">{say('new-password.the-two-are-not-the-same-type')}</p>}
      {failure ? <Trouble failure={failure} /> : null}
      <div>
        <Button type="submit" tone="primary" busy={busy}>
          {button}
        </Button>
      </div>
    </form>
  )
}
