/** Rows that did not enter: what was found, what to do, and the decision. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { QuarantinedRow } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { number } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { Button } from '../ui/button.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { quarantine } from './dataset-queries.ts'

type Decision = 'synthetic' | 'allowed' | 'discarded'
type Asked = { decision: Decision; rows: readonly QuarantinedRow[] }

const MOST_LISTED = 50

export function QuarantineSection({ name }: { name: string }) {
  const query = useQuery(quarantine(name))
  const may = useMay()
  const [asked, setAsked] = useState<Asked>()
  const all = query.data?.items ?? []
  const personal = all.filter(({ kind }) => kind === 'personal')
  // What a model made is looked at with its generation.
  const others = all.filter(({ kind }) => kind === 'broken' || kind === 'rule')
  return (
    <Section title={say('quarantine-section.quarantine')} note={say('quarantine-section.rows-that-did-not-enter')}>
      {may('attest') && (
        <div className="mb-3 flex flex-wrap gap-2">
          {personal.length > 0 && (
            <>
              <Button onClick={() => setAsked({ decision: 'synthetic', rows: personal })}>
                {say('quarantine-section.personal-data-is-synthetic')}
              </Button>
              <Button onClick={() => setAsked({ decision: 'allowed', rows: personal })}>
                {say('quarantine-section.it-is-allowed')}
              </Button>
            </>
          )}
          {others.length > 0 && (
            <Button tone="danger" onClick={() => setAsked({ decision: 'discarded', rows: others })}>
              {say('quarantine-section.discard-broken-ones')}
            </Button>
          )}
        </div>
      )}
      <Loaded query={query} rows={3}>
        {({ items, counts }) => (
          <>
            <p className="mb-2 text-muted">
              {counts.map(({ kind, count }) => `${number(count)} ${KINDS[kind]}`).join(', ')}.
            </p>
            <ul className="flex max-h-96 flex-col gap-2 overflow-y-auto">
              {items.slice(0, MOST_LISTED).map((row) => (
                <li key={row.id} className="border-b border-line pb-2">
                  <details>
                    <summary className="cursor-pointer">
                      <span className="font-mono text-[0.75rem] text-muted">
                        {row.file}:{row.line}
                      </span>{' '}
                      {row.field !== 'row' && `${row.field}: `}
                      {row.message}
                    </summary>
                    <p className="my-1 text-muted">{row.remedy}</p>
                    <CodeBlock height="max-h-40">{row.text.slice(0, 20_000)}</CodeBlock>
                  </details>
                </li>
              ))}
            </ul>
            {items.length > MOST_LISTED && (
              <p className="mt-2 text-muted">
                {sayWith('quarantine-section.the-first-all-of-them-airworthy-datasets', {
                  mostListed: MOST_LISTED,
                  name,
                })}
              </p>
            )}
          </>
        )}
      </Loaded>
      {asked && <DecideDialog name={name} asked={asked} onClose={() => setAsked(undefined)} />}
    </Section>
  )
}

const KINDS: Readonly<Record<QuarantinedRow['kind'], string>> = {
  broken: say('quarantine-section.cannot-be-read-as-examples'),
  rule: say('quarantine-section.are-kept-out-by-a-rule-of'),
  personal: say('quarantine-section.hold-personal-data'),
  generated: say('quarantine-section.were-made-by-a-model-and-nobody'),
}

function DecideDialog({ name, asked, onClose }: { name: string; asked: Asked; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const cache = useQueryClient()
  const decide = useMutation({
    mutationFn: () =>
      client.decideQuarantine({
        params: { dataset: name },
        body: { ids: asked.rows.map(({ id }) => id), decision: asked.decision, reason },
      }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['dataset', name] })
      onClose()
    },
  })
  const title =
    asked.decision === 'discarded'
      ? say('quarantine-section.discard-rows')
      : say('quarantine-section.personal-data-that-is', { decision: asked.decision })
  return (
    <FormDialog
      title={title}
      onClose={onClose}
      doing={decide}
      submit={say('quarantine-section.say-so')}
      tone={asked.decision === 'discarded' ? 'danger' : 'primary'}
    >
      <p>
        {asked.decision === 'discarded'
          ? say('quarantine-section.rows-will-not-enter', { rows: number(asked.rows.length) })
          : say('quarantine-section.rows-enter-as-a-new-version-and', { rows: number(asked.rows.length) })}
      </p>
      <TextField label={say('quarantine-section.why')} value={reason} onChange={setReason} required />
    </FormDialog>
  )
}
