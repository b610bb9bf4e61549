/** A dialog that is one form: what is asked, what went wrong, and one thing to do with it. */
import type { ReactNode } from 'react'
import { say } from '../words/say.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Trouble } from './states.tsx'

/** What the form sets going, as far as the dialog shows it. */
type Doing = { readonly mutate: () => void; readonly isPending: boolean; readonly error: unknown }

export function FormDialog({
  title,
  onClose,
  doing,
  submit,
  tone = 'primary',
  disabled = false,
  children,
}: {
  title: string
  onClose: () => void
  doing: Doing
  /** The words on the button. */
  submit: ReactNode
  tone?: 'primary' | 'danger'
  disabled?: boolean
  children: ReactNode
}) {
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          doing.mutate()
        }}
      >
        {children}
        {doing.error !== null && <Trouble failure={doing.error} />}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" tone={tone} busy={doing.isPending} disabled={disabled}>
            {submit}
          </Button>
          <Button onClick={onClose}>{say('form-dialog.not-now')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
