/** Guardrails on models: what must not pass in or out where no application stands between. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { modelGuardrails, useMay } from '../data/queries.ts'
import type { ModelGuardrail } from '../data/shapes.ts'
import { Command } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Section } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { GuardrailDialog } from './guardrail-dialog.tsx'
import { bare } from './guardrail-draft.ts'

export function GuardrailsSection() {
  const query = useQuery(modelGuardrails)
  const may = useMay()
  const [open, setOpen] = useState<'new' | ModelGuardrail>()
  const [leaving, setLeaving] = useState<ModelGuardrail>()
  return (
    <Section
      title={say('guardrails-section.guardrails-on-models')}
      note={say('guardrails-section.where-a-program-asks-a-model-or')}
      actions={
        may('administer') && <Button onClick={() => setOpen('new')}>{say('guardrails-section.new-guardrail')}</Button>
      }
    >
      <Loaded query={query} rows={2}>
        {({ guardrails }) =>
          guardrails.length === 0 ? (
            <Empty
              title={say('guardrails-section.nothing-looks')}
              command={<Command text="airworthy guardrails add keys --on input --detector secrets --mode block" />}
            >
              {say('guardrails-section.whoever-asks-a-model-directly-sends-what')}
            </Empty>
          ) : (
            <table className="data-table">
              <thead>
                <tr>
                  <th scope="col">{say('guardrails-section.guardrail')}</th>
                  <th scope="col">{say('guardrails-section.does')}</th>
                  <th scope="col">{say('guardrails-section.on')}</th>
                  <th scope="col" className="num">
                    <span className="sr-only">{say('guardrails-section.change')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {guardrails.map((one) => (
                  <tr key={one.guard.id}>
                    <td className="font-medium">{one.guard.id}</td>
                    <td>{one.words}</td>
                    <td className="break-words">
                      {one.of.map((name) => (name === '*' ? say('guardrails-section.every-model') : name)).join(', ')}
                    </td>
                    <td className="num">
                      {may('administer') && (
                        <>
                          <Button
                            tone="quiet"
                            onClick={() => setOpen(one)}
                            aria-label={say('guardrails-section.change-3', { id: one.guard.id })}
                          >
                            {say('guardrails-section.change-2')}
                          </Button>
                          <Button
                            tone="quiet"
                            onClick={() => setLeaving(one)}
                            aria-label={say('guardrails-section.remove-2', { id: one.guard.id })}
                          >
                            {say('guardrails-section.remove')}
                          </Button>
                        </>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
      {open && (
        <GuardrailDialog
          before={open === 'new' ? undefined : open}
          all={query.data?.guardrails ?? []}
          onClose={() => setOpen(undefined)}
        />
      )}
      {leaving && (
        <RemoveGuardrail
          one={leaving}
          rest={(query.data?.guardrails ?? []).filter((other) => other !== leaving)}
          onClose={() => setLeaving(undefined)}
        />
      )}
    </Section>
  )
}

function RemoveGuardrail({
  one,
  rest,
  onClose,
}: {
  one: ModelGuardrail
  rest: readonly ModelGuardrail[]
  onClose: () => void
}) {
  const cache = useQueryClient()
  const remove = useMutation({
    mutationFn: () => client.putModelGuardrails({ body: { guardrails: rest.map(bare) } }),
    onSuccess: (found) => {
      cache.setQueryData(modelGuardrails.queryKey, found)
      onClose()
    },
  })
  return (
    <FormDialog
      title={say('guardrails-section.remove-2', { id: one.guard.id })}
      onClose={onClose}
      doing={remove}
      submit={say('guardrails-section.remove-2', { id: one.guard.id })}
      tone="danger"
    >
      <p>{sayWith('guardrails-section.from-the-next-request-on-nothing', { words: one.words })}</p>
    </FormDialog>
  )
}
