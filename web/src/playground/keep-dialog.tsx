/** Keeps the session as an application: what answered, and the questions as cases. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Turn } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { keyed } from '../data/keyed.ts'
import { TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { say } from '../words/say.ts'

export type KeptQuestion = { turns: readonly Turn[]; answer: string | undefined }

export function KeepDialog({
  release,
  questions,
  onClose,
}: {
  release: string
  questions: readonly KeptQuestion[]
  onClose: () => void
}) {
  const [name, setName] = useState('')
  const [right, setRight] = useState<ReadonlySet<number>>(new Set())
  const [, go] = useLocation()
  const cache = useQueryClient()
  const keep = useMutation({
    mutationFn: () =>
      client.keepAsApplication({
        body: {
          name,
          from: { kind: 'release', release },
          cases: questions.map(({ turns, answer }, at) => ({
            turns: [...turns],
            ...(answer !== undefined && right.has(at) && { expected: answer }),
          })),
        },
      }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['application'] })
      go(`/applications/${name}/blueprint`)
    },
  })
  const turn = (index: number) =>
    setRight((before) => new Set(before.has(index) ? [...before].filter((one) => one !== index) : [...before, index]))
  return (
    <FormDialog
      title={say('keep-dialog.keep-as-an-application')}
      onClose={onClose}
      doing={keep}
      submit={say('keep-dialog.keep', {
        questions:
          questions.length === 1
            ? say('keep-dialog.one-question')
            : say('keep-dialog.questions', { questions: questions.length }),
      })}
      disabled={name === ''}
    >
      <TextField
        label={say('keep-dialog.name')}
        value={name}
        onChange={setName}
        required
        hint={say('keep-dialog.lower-case-letters-digits-and-hyphens-it')}
      />
      <fieldset className="flex flex-col gap-1.5">
        <legend className="mb-1 font-medium">{say('keep-dialog.whose-answer-is-right')}</legend>
        {keyed(questions, ({ turns }) => turns.at(-1)?.content ?? '').map(({ key, at, item: { turns, answer } }) => (
          <label key={key} className="flex items-baseline gap-2">
            <input type="checkbox" checked={right.has(at)} disabled={answer === undefined} onChange={() => turn(at)} />
            <span className="min-w-0 break-words">{turns.at(-1)?.content}</span>
          </label>
        ))}
        <p className="text-muted">{say('keep-dialog.every-question-becomes-a-case-a-right')}</p>
      </fieldset>
    </FormDialog>
  )
}
