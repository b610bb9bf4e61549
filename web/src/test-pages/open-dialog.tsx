/** Opens a test page, and shows its link once. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { releases } from '../data/queries.ts'
import { LongText } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Choice, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

const MICRO_PER_USD = 1_000_000

export function OpenDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const [title, setTitle] = useState('')
  const [release, setRelease] = useState('')
  const [hours, setHours] = useState('72')
  const [questions, setQuestions] = useState('200')
  const [usd, setUsd] = useState('1')
  const frozen = useQuery(releases(name)).data?.items ?? []
  const cache = useQueryClient()
  const open = useMutation({
    mutationFn: () =>
      client.createTestPage({
        params: { name },
        body: {
          title,
          release: frozen.find(({ id }) => id === release)?.id ?? null,
          expiresInHours: Number(hours),
          mostQuestions: Number(questions),
          costMicroUsdPerMonth: String(Math.round(Number(usd) * MICRO_PER_USD)),
        },
      }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['test-page'] }),
  })
  if (open.data)
    return (
      <Dialog title={say('open-dialog.send-this-on')} onClose={onClose}>
        <p className="mb-4 text-muted">{sayWith('open-dialog.it-is-shown-once-whoever-has-it', { name })}</p>
        <LongText text={open.data.url} what={say('open-dialog.link')} />
        <p className="mt-4">
          <Button tone="primary" onClick={onClose}>
            {say('open-dialog.i-have-it')}
          </Button>
        </p>
      </Dialog>
    )
  return (
    <FormDialog
      title={say('open-dialog.open-a-test-page')}
      onClose={onClose}
      doing={open}
      submit={say('open-dialog.open-it')}
      disabled={title.trim().length < 3}
    >
      <TextField
        label={say('open-dialog.title')}
        hint={say('open-dialog.what-the-page-says-at-its-top')}
        value={title}
        onChange={setTitle}
        required
      />
      <Choice
        label={say('open-dialog.what-answers')}
        value={release}
        onChange={setRelease}
        options={[
          ['', say('open-dialog.what-is-live-in-the-sandbox')],
          ...frozen.map(({ id, number }) => [id, `r${number}`] as const),
        ]}
      />
      <TextField
        label={say('open-dialog.open-for-in-hours')}
        type="number"
        min={1}
        max={720}
        value={hours}
        onChange={setHours}
        required
      />
      <TextField
        label={say('open-dialog.questions-at-most')}
        type="number"
        min={1}
        max={10_000}
        value={questions}
        onChange={setQuestions}
        required
      />
      <TextField
        label={say('open-dialog.dollars-a-month-at-most')}
        hint={say('open-dialog.the-caps-of-the-application-hold-as')}
        type="number"
        min={0}
        max={50}
        step="0.01"
        value={usd}
        onChange={setUsd}
        required
      />
    </FormDialog>
  )
}
