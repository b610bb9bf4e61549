/** The dialog that starts a harm run: how many requests, which judges, and what it takes. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ServedRelease } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { minutes, money } from '../data/format.ts'
import { Choice } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { say } from '../words/say.ts'

const ATTEMPTS = [
  ['80', say('start-harm.80-of-each-kind-as-gates-ask')],
  ['10', say('start-harm.10-of-each-kind-for-a-first')],
  ['160', say('start-harm.160-of-each-kind-for-a-closer')],
] as const
const NO_JUDGE = ''

export function StartHarm({ release, onClose }: { release: ServedRelease; onClose: () => void }) {
  const [attempts, setAttempts] = useState<string>(ATTEMPTS[0][0])
  const [judge, setJudge] = useState(NO_JUDGE)
  const [benignJudge, setBenignJudge] = useState(NO_JUDGE)
  const cache = useQueryClient()
  const params = { id: release.id }
  const body = {
    attempts: Number(attempts),
    ...(judge !== NO_JUDGE && { judge }),
    ...(benignJudge !== NO_JUDGE && { benignJudge }),
  }
  const judges = useQuery({
    queryKey: ['judges', release.application],
    queryFn: () => client.listJudges({ params: { name: release.application } }),
  })
  const quote = useQuery({
    queryKey: ['quote', 'harm', release.id, body],
    queryFn: async () => (await client.startHarmRun({ params, body: { ...body, dryRun: true } })).body,
    retry: false,
  })
  const start = useMutation({
    mutationFn: () => client.startHarmRun({ params, body }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['job'] })
      onClose()
    },
  })
  const doing = { mutate: start.mutate, isPending: start.isPending, error: start.error ?? quote.error }
  const options = [
    [NO_JUDGE, say('start-harm.nobody-what-rules-cannot-tell-waits')] as const,
    ...(judges.data?.items ?? []).map(
      ({ digest, name, rubric }) => [digest, rubric ? `${name}: ${rubric}` : name] as const,
    ),
  ]
  const took = quote.data?.quote
  return (
    <FormDialog
      title={say('start-harm.ask-the-release-for-harm')}
      submit={say('start-harm.ask-it')}
      onClose={onClose}
      doing={doing}
      disabled={!quote.data}
    >
      <Choice label={say('start-harm.requests')} value={attempts} onChange={setAttempts} options={ATTEMPTS} />
      {options.length > 1 && (
        <>
          <Choice
            label={say('start-harm.who-says-whether-it-is-harmless')}
            value={judge}
            onChange={setJudge}
            options={options}
          />
          <Choice
            label={say('start-harm.who-says-whether-it-was-answered')}
            value={benignJudge}
            onChange={setBenignJudge}
            options={options}
          />
        </>
      )}
      {quote.data?.plan.judges.some(({ mayGate }) => !mayGate) && (
        <p className="prose-width text-inconclusive">{say('start-harm.a-judge-that-was-not-held-against')}</p>
      )}
      {took && (
        <p className="text-muted">
          {say('start-harm.in-about-nobody-is-counted-as-a-user', {
            realRequests: say('many.real-request', { n: took.calls }),
            minutes: minutes(took.minutes),
            costMicroUsd:
              took.costMicroUsd === null
                ? say('start-attack.for-a-price-that-is-not-known')
                : say('start-attack.for-about', { costMicroUsd: money(took.costMicroUsd) }),
          })}
        </p>
      )}
    </FormDialog>
  )
}
