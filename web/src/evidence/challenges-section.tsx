/** Doubts about a piece of evidence: raising one, and answering somebody else's. An open one holds the gate. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Challenge, SignedEvidence } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { me, useMay, useNames } from '../data/queries.ts'
import { challenges } from '../delivery/gate-queries.ts'
import { Ago, Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { TextArea } from '../ui/field.tsx'
import { Section } from '../ui/page.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'

type Decision = 'uphold' | 'dismiss' | 'withdraw'

const WORDS: Readonly<Record<Decision, string>> = {
  uphold: say('challenges-section.uphold-the-evidence-counts-no-more'),
  dismiss: say('challenges-section.dismiss-it-counts-again'),
  withdraw: say('challenges-section.withdraw'),
}

export function ChallengesSection({ evidence }: { evidence: SignedEvidence }) {
  const query = useQuery(challenges({ evidence: evidence.id }))
  const [isRaising, setRaising] = useState(false)
  return (
    <Section
      title={say('challenges-section.doubts')}
      {...(query.data && { count: query.data.items.length })}
      note={<Term of="challenge">{say('challenges-section.anybody-may-raise-one')}</Term>}
      actions={!isRaising && <Button onClick={() => setRaising(true)}>{say('challenges-section.doubt-it')}</Button>}
    >
      {isRaising && <Raise evidence={evidence.id} onClose={() => setRaising(false)} />}
      <Loaded query={query} rows={1}>
        {({ items }) => (
          <ul>
            {items.map((one) => (
              <ChallengeRow key={one.id} challenge={one} madeBy={evidence.by} />
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  )
}

/** What changes with a doubt or its answer: the gates that read the evidence, and the doubts themselves. */
function useRefresh() {
  const cache = useQueryClient()
  return () =>
    Promise.all([cache.invalidateQueries({ queryKey: ['challenge'] }), cache.invalidateQueries({ queryKey: ['gate'] })])
}

function Raise({ evidence, onClose }: { evidence: string; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const refresh = useRefresh()
  const raise = useMutation({
    mutationFn: () => client.challengeEvidence({ params: { id: evidence }, body: { reason } }),
    onSuccess: async () => {
      await refresh()
      onClose()
    },
  })
  return (
    <form
      className="mb-3 flex max-w-2xl flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        raise.mutate()
      }}
    >
      <TextArea
        label={say('challenges-section.why-it-should-not-be-believed')}
        value={reason}
        onChange={setReason}
        minLength={10}
        hint={say('challenges-section.its-check-is-inconclusive-until-somebody-else')}
      />
      {raise.error && <Trouble failure={raise.error} />}
      <div className="flex gap-2">
        <Button type="submit" tone="primary" busy={raise.isPending}>
          {say('challenges-section.raise-the-doubt')}
        </Button>
        <Button onClick={onClose}>{say('challenges-section.not-now')}</Button>
      </div>
    </form>
  )
}

function ChallengeRow({ challenge, madeBy }: { challenge: Challenge; madeBy: string }) {
  const nameOf = useNames()
  const may = useMay()
  const actor = useQuery(me).data?.actor
  const { state, reason, by, at, answer, answeredBy, answeredAt } = challenge
  const isRaiser = actor === by
  const decisions: Decision[] = [
    'uphold',
    ...(isRaiser || actor === madeBy ? [] : ['dismiss' as const]),
    ...(isRaiser ? ['withdraw' as const] : []),
  ]
  return (
    <li className="border-t border-line py-3 first:border-0">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <strong>{nameOf(by)}</strong>
        <span className="text-muted">
          <Ago at={at} />
        </span>
        <Tag tone={state === 'open' ? 'text-inconclusive' : 'text-muted'}>{state}</Tag>
      </p>
      <p className="prose-width">“{reason}”</p>
      {answer && (
        <p className="prose-width text-muted">
          {answeredBy && nameOf(answeredBy)} {answeredAt && <Ago at={answeredAt} />}: “{answer}”
        </p>
      )}
      {state === 'open' && may('attest') && <Answer id={challenge.id} decisions={decisions} />}
      {state === 'open' && actor === madeBy && (
        <p className="text-muted">{say('challenges-section.you-made-this-evidence-so-somebody-else')}</p>
      )}
    </li>
  )
}

function Answer({ id, decisions }: { id: string; decisions: readonly Decision[] }) {
  const [text, setText] = useState('')
  const refresh = useRefresh()
  const answer = useMutation({
    mutationFn: (decision: Decision) => client.answerChallenge({ params: { id }, body: { decision, answer: text } }),
    onSuccess: refresh,
  })
  return (
    <div className="mt-2 flex max-w-2xl flex-col gap-2">
      <TextArea
        label={say('challenges-section.your-answer')}
        value={text}
        onChange={setText}
        rows={2}
        hint={say('challenges-section.at-least-ten-characters')}
      />
      {answer.error && <Trouble failure={answer.error} />}
      <div className="flex flex-wrap gap-2">
        {decisions.map((decision) => (
          <Button key={decision} busy={answer.isPending} onClick={() => answer.mutate(decision)}>
            {WORDS[decision]}
          </Button>
        ))}
      </div>
    </div>
  )
}
