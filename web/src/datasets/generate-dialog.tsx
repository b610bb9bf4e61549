/** Lets a model draft cases from documents: how many of which kind, as whom; and what it will take, before it begins. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { number, price } from '../data/format.ts'
import { Choice, TextArea, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'

type Split = 'regress' | 'build' | 'calibration'

export function GenerateDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const [model, setModel] = useState('')
  const [fact, setFact] = useState('20')
  const [multiHop, setMultiHop] = useState('5')
  const [outOfScope, setOutOfScope] = useState('5')
  const [personas, setPersonas] = useState('')
  const [split, setSplit] = useState<Split>('regress')
  const cache = useQueryClient()
  const body = {
    model: model.trim(),
    fact: Number(fact),
    multiHop: Number(multiHop),
    outOfScope: Number(outOfScope),
    personas: personas.split('\n').flatMap((line) => line.trim() || []),
    split,
  }
  const isAsked = /^[^/]+\/.+/.test(body.model) && body.fact + body.multiHop + body.outOfScope > 0
  const quote = useQuery({
    queryKey: ['dataset', name, 'generation-quote', body],
    queryFn: async () =>
      (await client.startGeneration({ params: { dataset: name }, body: { ...body, dryRun: true } })).body.quote,
    enabled: isAsked,
    retry: false,
  })
  const start = useMutation({
    mutationFn: () => client.startGeneration({ params: { dataset: name }, body }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['dataset', name] })
      onClose()
    },
  })
  return (
    <FormDialog
      title={say('generate-dialog.draft-cases')}
      onClose={onClose}
      doing={start}
      submit={say('generate-dialog.begin')}
      disabled={!quote.data}
    >
      <p className="text-muted">{say('generate-dialog.a-model-reads-the-documents-and-drafts')}</p>
      <TextField
        label={say('generate-dialog.model')}
        value={model}
        onChange={setModel}
        required
        hint={say('generate-dialog.provider-model')}
      />
      <div className="grid gap-4 md:grid-cols-3">
        <TextField
          label={say('generate-dialog.from-one-passage')}
          type="number"
          min={0}
          max={2000}
          value={fact}
          onChange={setFact}
        />
        <TextField
          label={say('generate-dialog.from-two')}
          type="number"
          min={0}
          max={2000}
          value={multiHop}
          onChange={setMultiHop}
        />
        <TextField
          label={say('generate-dialog.not-answered')}
          type="number"
          min={0}
          max={2000}
          value={outOfScope}
          onChange={setOutOfScope}
        />
      </div>
      <TextArea
        label={say('generate-dialog.who-asks')}
        rows={2}
        value={personas}
        onChange={setPersonas}
        hint={say('generate-dialog.one-a-line-such-as-a-new')}
      />
      <Choice
        label={say('generate-dialog.split')}
        value={split}
        onChange={(value) => setSplit(value as Split)}
        options={[
          ['regress', say('generate-dialog.regress-asked-of-every-release')],
          ['build', say('generate-dialog.build-to-look-at-and-tune-on')],
          ['calibration', say('generate-dialog.calibration-for-judges')],
        ]}
      />
      {quote.error ? (
        <Trouble failure={quote.error} />
      ) : (
        quote.data && (
          <p className="text-muted">
            {say('generate-dialog.at-most-in-calls-about', {
              cases: say('many.case', { n: quote.data.cases }),
              calls: number(quote.data.calls),
              costMicroUsd: price(quote.data.costMicroUsd),
            })}
          </p>
        )
      )}
    </FormDialog>
  )
}
