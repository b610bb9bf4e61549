/** What went wrong in a trace becomes a case that every later release is asked. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { useMay } from '../data/queries.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Choice, TextArea, TextField } from '../ui/field.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

/** A button on the page of a trace; nothing for whoever may not build. */
export function MakeCase({ trace }: { trace: string }) {
  const may = useMay()
  const [isOpen, setOpen] = useState(false)
  if (!may('build')) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>{say('make-case.make-a-case-of-it')}</Button>
      {isOpen && <CaseDialog trace={trace} onClose={() => setOpen(false)} />}
    </>
  )
}

function CaseDialog({ trace, onClose }: { trace: string; onClose: () => void }) {
  const found = useQuery({
    queryKey: ['dataset', 'list'],
    queryFn: () => client.listAllDatasets({ query: { limit: 1000 } }),
  }).data?.items
  const [dataset, setDataset] = useState('')
  const [expected, setExpected] = useState('')
  const [reason, setReason] = useState('')
  const [personal, setPersonal] = useState('')
  const cache = useQueryClient()
  const chosen = dataset || found?.[0]?.name || ''
  const make = useMutation({
    mutationFn: () =>
      client.addCase({
        params: { dataset: chosen },
        body: {
          trace,
          reason,
          ...(expected && { expected }),
          ...(personal && { personalData: personal as 'synthetic' | 'allowed' }),
        },
      }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['dataset'] }),
  })
  return (
    <Dialog title={say('make-case.make-a-case-of-it')} onClose={onClose}>
      {make.data ? (
        <div className="flex flex-col gap-3">
          <p>
            {make.data.status === 201
              ? say('make-case.it-is-asked-of-every-release-from')
              : say('make-case.it-was-there-already')}
          </p>
          <ButtonLink href={`/datasets/${chosen}`}>{sayWith('make-case.show', { chosen })}</ButtonLink>
        </div>
      ) : found?.length === 0 ? (
        <div className="flex flex-col items-start gap-3">
          <p>{say('make-case.there-is-no-dataset-yet')}</p>
          <ButtonLink href="/datasets">{say('make-case.make-one')}</ButtonLink>
        </div>
      ) : (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            make.mutate()
          }}
        >
          <Choice
            label={say('make-case.dataset')}
            value={chosen}
            onChange={setDataset}
            options={(found ?? []).map(({ name }) => [name, name] as const)}
            hint={say('make-case.it-enters-regress-and-never-the-holdout')}
          />
          <TextArea
            label={say('make-case.what-the-answer-should-have-been')}
            value={expected}
            onChange={setExpected}
            hint={say('make-case.a-correction-that-somebody-gave-is-taken')}
          />
          <TextField label={say('make-case.why')} value={reason} onChange={setReason} required />
          <Choice
            label={say('make-case.personal-data-in-it')}
            value={personal}
            onChange={setPersonal}
            options={[
              ['', 'none'],
              ['synthetic', 'synthetic'],
              ['allowed', 'allowed'],
            ]}
          />
          {make.error && <Trouble failure={make.error} />}
          <Button type="submit" tone="primary" busy={make.isPending} disabled={!chosen}>
            {say('make-case.make-it')}
          </Button>
        </form>
      )}
    </Dialog>
  )
}
