/** Bias that was found: who sees to it, and whether a re-test found it gone. */

import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Client } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { number } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { RowForm } from '../governance/row-form.tsx'
import { Ago } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { say } from '../words/say.ts'

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
      title={say('mitigation.bias-that-was-found')}
      count={data.items.length}
      note={say('mitigation.ends-when-another-release-is-measured')}
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
                  {say('mitigation.a-gap-of-at-least', { gap: number(one.finding.gap, 2) })}
                </TextLink>{' '}
                <span className={one.isGone ? 'text-pass' : 'text-fail'}>
                  {one.isGone
                    ? say('mitigation.gone')
                    : one.retests.length > 0
                      ? say('mitigation.still-there')
                      : say('mitigation.waits-for-a-re-test')}
                </span>{' '}
                <Ago at={one.finding.at} />
              </p>
              <p className="prose-width">{one.plan ? one.plan.plan : say('mitigation.nobody-has-said-yet-what-is')}</p>
              <p className="text-muted">
                {one.plan &&
                  say('mitigation.sees-to-it', {
                    owner: one.plan.owner,
                    dueOnSaid: one.plan.dueOn ? say('mitigation.by', { dueOn: one.plan.dueOn }) : '',
                  })}
                {one.retests.map(({ evidence, gap }, at) => (
                  <TextLink key={evidence} href={`/evidence/${evidence}`} className="mr-2">
                    {say('mitigation.re-test', { at: at + 1, gap: gap.toFixed(2) })}
                  </TextLink>
                ))}
              </p>
            </div>
            {may('build') && !one.isGone && (
              <Button onClick={() => setPlanning(one)}>{say('mitigation.say-what-is-done')}</Button>
            )}
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
      title={say('mitigation.what-is-done-about-it')}
      fields={[
        { key: 'owner', label: say('mitigation.who-sees-to-it'), kind: 'text', required: true },
        { key: 'dueOn', label: say('mitigation.by-2'), kind: 'date' },
        { key: 'plan', label: say('mitigation.what-is-done'), kind: 'long' },
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
