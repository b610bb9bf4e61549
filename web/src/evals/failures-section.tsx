/** Failed cases in groups: what is alike in them, who sees to it, and what was decided. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Experiment, FailureCluster } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { number } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Choice, TextArea, TextField } from '../ui/field.tsx'
import { Section } from '../ui/page.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'

const DECISIONS = [
  ['fix', say('failures-section.it-is-a-fault-and-will-be')],
  ['accept', say('failures-section.known-and-borne')],
  ['data', say('failures-section.the-example-is-wrong')],
  ['evaluator', say('failures-section.the-score-is-wrong')],
  ['out-of-scope', say('failures-section.not-what-the-application-is-for')],
] as const
type Decision = (typeof DECISIONS)[number][0]

export function FailuresSection({
  experiment,
  onChoose,
}: {
  experiment: Experiment
  onChoose: (example: string) => void
}) {
  const [open, setOpen] = useState<FailureCluster>()
  const may = useMay()
  const query = useQuery({
    queryKey: ['experiment', experiment.id, 'failures'],
    queryFn: () => client.listFailureClusters({ params: { id: experiment.id } }),
    enabled: experiment.state === 'succeeded',
  })
  const items = query.data?.items ?? []
  if (query.error) return <Trouble failure={query.error} again={() => void query.refetch()} />
  if (items.length === 0) return null
  return (
    <Section
      title={say('failures-section.failures')}
      count={items.length}
      note={say('failures-section.put-together-by-what-is-alike-in')}
    >
      <ul className="divide-y divide-line border-y border-line">
        {items.map((cluster) => (
          <li key={cluster.id} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 py-2">
            <span className="w-10 text-right font-medium tabular-nums">{number(cluster.n)}</span>
            <span className="min-w-0 flex-1 basis-60">{cluster.label}</span>
            <span className="flex flex-wrap gap-x-2 text-muted">
              {cluster.examples.slice(0, 3).map((example) => (
                <button
                  key={example}
                  type="button"
                  className="min-h-6 min-w-6 rounded underline decoration-line-strong underline-offset-3 hover:decoration-current"
                  onClick={() => onChoose(example)}
                >
                  {example}
                </button>
              ))}
            </span>
            {cluster.decision ? (
              <Tag>
                {cluster.decision}, {cluster.owner}
              </Tag>
            ) : (
              <Tag tone="text-inconclusive">{say('failures-section.nobody-decided')}</Tag>
            )}
            {may('build') && <Button onClick={() => setOpen(cluster)}>{say('failures-section.decide')}</Button>}
          </li>
        ))}
      </ul>
      {open && <TriageDialog cluster={open} onClose={() => setOpen(undefined)} />}
    </Section>
  )
}

function TriageDialog({ cluster, onClose }: { cluster: FailureCluster; onClose: () => void }) {
  const [owner, setOwner] = useState(cluster.owner ?? '')
  const [decision, setDecision] = useState<Decision>(cluster.decision ?? 'fix')
  const [note, setNote] = useState(cluster.note ?? '')
  const cache = useQueryClient()
  const decide = useMutation({
    mutationFn: () =>
      client.triageFailureCluster({
        params: { id: cluster.experiment, cluster: cluster.id },
        body: { owner, decision, ...(note !== '' && { note }) },
      }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['experiment', cluster.experiment, 'failures'] })
      onClose()
    },
  })
  return (
    <Dialog title={say('failures-section.cases', { count: cluster.n, label: cluster.label })} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <TextField label={say('failures-section.who-sees-to-it')} value={owner} onChange={setOwner} />
        <Choice
          label={say('failures-section.what-was-decided')}
          value={decision}
          onChange={(value) => setDecision(DECISIONS.find(([one]) => one === value)?.[0] ?? 'fix')}
          options={DECISIONS.map(([value, words]) => [value, `${value}: ${words}`] as const)}
        />
        <TextArea label={say('failures-section.note')} value={note} onChange={setNote} />
        {decide.error && <Trouble failure={decide.error} />}
        <div className="flex gap-2">
          <Button tone="primary" busy={decide.isPending} disabled={owner.trim() === ''} onClick={() => decide.mutate()}>
            {say('failures-section.keep')}
          </Button>
          <Button onClick={onClose}>{say('failures-section.not-now')}</Button>
        </div>
      </div>
    </Dialog>
  )
}
