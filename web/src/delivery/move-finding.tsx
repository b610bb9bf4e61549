/** One move of a finding: fixed, tried again, accepted until a day, or open after all. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Found } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { useMay } from '../data/queries.ts'
import { Choice, TextArea, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { say } from '../words/say.ts'

type Move = 'fix' | 'retest-passed' | 'retest-failed' | 'accept' | 'reopen'

const FROM: Readonly<Record<Found['state'], readonly (readonly [Move, string])[]>> = {
  open: [
    ['fix', say('move-finding.it-is-mended')],
    ['accept', say('move-finding.it-is-accepted-until-a-day')],
  ],
  fixed: [
    ['retest-passed', say('move-finding.tried-again-it-is-gone')],
    ['retest-failed', say('move-finding.tried-again-it-is-still-there')],
    ['reopen', say('move-finding.it-is-open-after-all')],
  ],
  accepted: [
    ['fix', say('move-finding.it-is-mended')],
    ['reopen', say('move-finding.it-is-not-accepted-any-more')],
  ],
  retested: [['reopen', say('move-finding.it-is-back')]],
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
  const moving = useMutation({
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
    <FormDialog title={finding.title} onClose={onClose} doing={moving} submit={say('move-finding.put-it-on-record')}>
      <Choice
        label={say('move-finding.what-became-of-it')}
        value={move}
        onChange={(value) => setMove(value as Move)}
        options={ways}
      />
      {move === 'accept' && (
        <TextField
          label={say('move-finding.for-how-many-days')}
          type="number"
          min={1}
          max={90}
          value={days}
          onChange={setDays}
          required
        />
      )}
      <TextArea
        label={say('move-finding.what-was-changed-or-seen')}
        value={note}
        onChange={setNote}
        minLength={10}
        hint={say('move-finding.whoever-mended-it-does-not-say-that')}
      />
    </FormDialog>
  )
}
