/** Says what speaks against going on, for one pillar. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Pillar } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { useMay } from '../data/queries.ts'
import { Button } from '../ui/button.tsx'
import { Choice, TextArea } from '../ui/field.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { PILLARS } from './gate-bar.tsx'

export function DoubtForm({ id }: { id: string }) {
  const [open, setOpen] = useState(false)
  const [pillar, setPillar] = useState<Pillar>('business')
  const [view, setView] = useState('')
  const may = useMay()
  const cache = useQueryClient()
  const doubt = useMutation({
    mutationFn: () => client.addDisconfirmingView({ params: { id }, body: { pillar, view } }),
    onSuccess: async () => {
      setView('')
      setOpen(false)
      await cache.invalidateQueries({ queryKey: ['approval'] })
    },
  })
  if (!may('attest')) return null
  if (!open)
    return (
      <div className="mt-3">
        <Button onClick={() => setOpen(true)}>{say('doubt-form.say-what-speaks-against-it')}</Button>
      </div>
    )
  return (
    <form
      className="prose-width mt-3 flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        doubt.mutate()
      }}
    >
      <Choice
        label={say('doubt-form.pillar')}
        value={pillar}
        onChange={(value) => setPillar(value as Pillar)}
        options={PILLARS.map((one) => [one, one] as const)}
      />
      <TextArea
        label={say('doubt-form.the-strongest-reason-against')}
        value={view}
        onChange={setView}
        minLength={10}
        hint={say('doubt-form.it-stays-on-the-record-with-your')}
      />
      {doubt.error && <Trouble failure={doubt.error} />}
      <div className="flex gap-2">
        <Button type="submit" tone="primary" busy={doubt.isPending}>
          {say('doubt-form.put-it-on-record')}
        </Button>
        <Button onClick={() => setOpen(false)}>{say('doubt-form.not-now')}</Button>
      </div>
    </form>
  )
}
