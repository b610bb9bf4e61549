/** Lets a model draft cases from documents: how many of which kind, as whom; and what it will take, before it begins. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { many, number, price } from '../data/format.ts'
import { Choice, TextArea, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Trouble } from '../ui/states.tsx'

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
    <FormDialog title="Draft cases" onClose={onClose} doing={start} submit="Begin" disabled={!quote.data}>
      <p className="text-muted">
        A model reads the documents and drafts questions with answers. What does not rest on the words of a document,
        and what is nearly there already, falls away. The rest waits until somebody looked at it, and never becomes the
        holdout.
      </p>
      <TextField label="Model" value={model} onChange={setModel} required hint="provider/model" />
      <div className="grid gap-4 md:grid-cols-3">
        <TextField label="From one passage" type="number" min={0} max={2000} value={fact} onChange={setFact} />
        <TextField label="From two" type="number" min={0} max={2000} value={multiHop} onChange={setMultiHop} />
        <TextField label="Not answered" type="number" min={0} max={2000} value={outOfScope} onChange={setOutOfScope} />
      </div>
      <TextArea
        label="Who asks"
        rows={2}
        value={personas}
        onChange={setPersonas}
        hint="One a line, such as: a new customer in a hurry. May stay empty."
      />
      <Choice
        label="Split"
        value={split}
        onChange={(value) => setSplit(value as Split)}
        options={[
          ['regress', 'regress: asked of every release'],
          ['build', 'build: to look at and tune on'],
          ['calibration', 'calibration: for judges'],
        ]}
      />
      {quote.error ? (
        <Trouble failure={quote.error} />
      ) : (
        quote.data && (
          <p className="text-muted">
            At most {many(quote.data.cases, 'case')} in {number(quote.data.calls)} calls, about{' '}
            {price(quote.data.costMicroUsd)}.
          </p>
        )
      )}
    </FormDialog>
  )
}
