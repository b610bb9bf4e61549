/** One move of a finding: fixed, tried again, accepted until a day, or open after all. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Found } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { useMay } from '../data/queries.ts'
import { Choice, TextArea, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'

type Move = 'fix' | 'retest-passed' | 'retest-failed' | 'accept' | 'reopen'

const FROM: Readonly<Record<Found['state'], readonly (readonly [Move, string])[]>> = {
  open: [
    ['fix', 'It is mended'],
    ['accept', 'It is accepted until a day'],
  ],
  fixed: [
    ['retest-passed', 'Tried again: it is gone'],
    ['retest-failed', 'Tried again: it is still there'],
    ['reopen', 'It is open after all'],
  ],
  accepted: [
    ['fix', 'It is mended'],
    ['reopen', 'It is not accepted any more'],
  ],
  retested: [['reopen', 'It is back']],
}

export function MoveFinding({ finding, onClose }: { finding: Found; onClose: () => void }) {
  const may = useMay()
  const ways = FROM[finding.state].filter(
    ([move]) => move !== 'accept' || (may('waive') && finding.severity !== 'critical'),
  )
  const [move, setMove] = useState<Move>(ways[0]?.[0] ?? 'reopen')
  const [note, setNote] = useState('')
  const [days, setDays] = useState('30')
  const cache = useQueryClient()
  const say = useMutation({
    mutationFn: () =>
      client.moveFinding({
        params: { id: finding.id },
        body: { move, note, ...(move === 'accept' && { days: Number(days) }) },
      }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['finding'] })
      onClose()
    },
  })
  return (
    <FormDialog title={finding.title} onClose={onClose} doing={say} submit="Put it on record">
      <Choice label="What became of it" value={move} onChange={(value) => setMove(value as Move)} options={ways} />
      {move === 'accept' && (
        <TextField label="For how many days" type="number" min={1} max={90} value={days} onChange={setDays} required />
      )}
      <TextArea
        label="What was changed, or seen"
        value={note}
        onChange={setNote}
        minLength={10}
        hint="Whoever mended it does not say that it is gone; somebody else tries again."
      />
    </FormDialog>
  )
}
