/** Bias that was found: who sees to it, and whether a re-test found it gone. */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Client } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { useMay } from '../data/queries.ts'
import { RowForm } from '../governance/row-form.tsx'
import { Ago } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'

type Mitigation = Awaited<ReturnType<Client['listMitigations']>>['items'][number]

const mitigations = (name: string) =>
  queryOptions({
    queryKey: ['evidence', 'mitigations', name],
    queryFn: () => client.listMitigations({ params: { name } }),
  })

/** Nothing where no bias was ever found. */
export function MitigationSection({ name }: { name: string }) {
  const { data } = useQuery(mitigations(name))
  const [planning, setPlanning] = useState<Mitigation | undefined>()
  const may = useMay()
  if (!data || data.items.length === 0) return null
  return (
    <Section
      title="Bias that was found"
      count={data.items.length}
      note="ends when another release is measured without it"
    >
      <ul>
        {data.items.map((one) => (
          <li
            key={one.finding.evidence}
            className="flex flex-wrap items-start gap-x-6 gap-y-2 border-t border-line py-3 first:border-0"
          >
            <div className="min-w-0 flex-1 basis-80">
              <p>
                <TextLink href={`/evidence/${one.finding.evidence}`}>
                  A gap of at least {one.finding.gap.toFixed(2)}
                </TextLink>{' '}
                <span className={one.isGone ? 'text-pass' : 'text-fail'}>
                  {one.isGone ? 'gone' : one.retests.length > 0 ? 'still there' : 'waits for a re-test'}
                </span>{' '}
                <Ago at={one.finding.at} />
              </p>
              <p className="prose-width">{one.plan ? one.plan.plan : 'Nobody has said yet what is done about it.'}</p>
              <p className="text-muted">
                {one.plan && `${one.plan.owner} sees to it${one.plan.dueOn ? ` by ${one.plan.dueOn}` : ''}. `}
                {one.retests.map(({ evidence, gap }, at) => (
                  <TextLink key={evidence} href={`/evidence/${evidence}`} className="mr-2">
                    Re-test {at + 1}: {gap.toFixed(2)}
                  </TextLink>
                ))}
              </p>
            </div>
            {may('build') && !one.isGone && <Button onClick={() => setPlanning(one)}>Say what is done</Button>}
          </li>
        ))}
      </ul>
      {planning && <PlanForm name={name} one={planning} onClose={() => setPlanning(undefined)} />}
    </Section>
  )
}

function PlanForm({ name, one, onClose }: { name: string; one: Mitigation; onClose: () => void }) {
  const cache = useQueryClient()
  const put = useMutation({
    mutationFn: ({ owner, plan, dueOn }: { owner: string; plan: string; dueOn: string | null }) =>
      client.planMitigation({ params: { name, evidence: one.finding.evidence }, body: { owner, plan, dueOn } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['evidence'] })
      onClose()
    },
  })
  return (
    <RowForm
      title="What is done about it"
      fields={[
        { key: 'owner', label: 'Who sees to it', kind: 'text', required: true },
        { key: 'dueOn', label: 'By', kind: 'date' },
        { key: 'plan', label: 'What is done', kind: 'long' },
      ]}
      row={{ owner: one.plan?.owner, plan: one.plan?.plan, dueOn: one.plan?.dueOn }}
      busy={put.isPending}
      failure={put.error}
      onClose={onClose}
      onSave={(row) =>
        put.mutate({
          owner: String(row.owner ?? ''),
          plan: String(row.plan ?? ''),
          dueOn: row.dueOn === undefined ? null : String(row.dueOn),
        })
      }
    />
  )
}
