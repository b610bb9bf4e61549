/** Deletions: what was found, the one yes that it takes, how far it is, and the receipt. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../data/client.ts'
import { useNames } from '../data/queries.ts'
import type { Deletion } from '../data/shapes.ts'
import { Ago, Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'

const WORDS = { remove: 'goes', replace: say('deletions-section.is-replaced'), keep: 'stays' } as const
const LOOK_MS = 1000

export function DeletionsSection() {
  const query = useQuery({
    queryKey: ['deletion'],
    queryFn: () => client.listDeletions({ query: { limit: 50 } }),
    refetchInterval: ({ state }) =>
      state.data?.items.some((one) => ['listing', 'running'].includes(one.state)) ? LOOK_MS : false,
  })
  return (
    <Section
      title={say('deletions-section.deletions')}
      note={<Term of="receipt">{say('deletions-section.each-leaves-a-receipt-that-names-nobody')}</Term>}
    >
      <Loaded query={query} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted">{say('deletions-section.nobody-asked-for-deletion-yet')}</p>
          ) : (
            <ul className="flex flex-col gap-4">
              {items.map((deletion) => (
                <li key={deletion.id} className="rounded border border-line px-4 py-3">
                  <DeletionCard deletion={deletion} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}

function DeletionCard({ deletion }: { deletion: Deletion }) {
  const { id, state, found, deleted, proposedAt, proposedBy, inForceUntil, error } = deletion
  const nameOf = useNames()
  const cache = useQueryClient()
  const onSuccess = () => cache.invalidateQueries({ queryKey: ['deletion'] })
  const confirm = useMutation({ mutationFn: () => client.confirmDeletion({ params: { id } }), onSuccess })
  const withdraw = useMutation({ mutationFn: () => client.withdrawDeletion({ params: { id } }), onSuccess })
  const receipt = useMutation({
    mutationFn: async () => {
      const signed = await client.getDeletionReceipt({ params: { id } })
      const place = URL.createObjectURL(new Blob([JSON.stringify(signed, null, 2)], { type: 'application/json' }))
      const link = document.createElement('a')
      link.href = place
      link.download = `${id}.json`
      link.click()
      URL.revokeObjectURL(place)
    },
  })
  const trouble = confirm.error ?? withdraw.error ?? receipt.error
  const canConfirm = state === 'proposed' || state === 'failed'
  return (
    <>
      <p className="flex flex-wrap items-center gap-2">
        <code className="font-mono text-[0.75rem]">{id}</code>
        <Tag tone={state === 'failed' ? 'text-fail' : state === 'done' ? 'text-pass' : 'text-muted'}>{state}</Tag>
        <span className="text-muted">
          {nameOf(proposedBy)}, <Ago at={proposedAt} />
        </span>
      </p>
      {state === 'listing' && (
        <p className="mt-2 text-muted">{say('deletions-section.looking-for-everything-that-is-kept-about')}</p>
      )}
      {canConfirm && <Tallies tallies={found} empty={say('deletions-section.nothing-is-kept-about-this-person')} />}
      {(state === 'running' || state === 'done') && (
        <Tallies tallies={deleted} empty={say('deletions-section.nothing-was-there')} />
      )}
      {error && <p className="mt-2">{error}</p>}
      {inForceUntil && state === 'done' && (
        <p className="mt-2 text-muted">
          {say('deletions-section.until-it-is-done-again-when-an', { inForceUntil: inForceUntil.slice(0, 10) })}
        </p>
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        {canConfirm && (
          <Button tone="danger" busy={confirm.isPending} onClick={() => confirm.mutate()}>
            {say('deletions-section.delete-it-for-good')}
          </Button>
        )}
        {(state === 'proposed' || state === 'listing') && (
          <Button busy={withdraw.isPending} onClick={() => withdraw.mutate()}>
            {say('deletions-section.withdraw')}
          </Button>
        )}
        {state === 'done' && (
          <Button busy={receipt.isPending} onClick={() => receipt.mutate()}>
            {say('deletions-section.download-the-receipt')}
          </Button>
        )}
      </div>
      {trouble && <Trouble failure={trouble} />}
    </>
  )
}

function Tallies({ tallies, empty }: { tallies: Deletion['found']; empty: string }) {
  if (tallies.length === 0) return <p className="mt-2 text-muted">{empty}</p>
  return (
    <table className="data-table mt-2">
      <thead>
        <tr>
          <th scope="col">{say('deletions-section.where')}</th>
          <th scope="col">{say('deletions-section.what-becomes-of-it')}</th>
          <th scope="col" className="num">
            {say('deletions-section.how-many')}
          </th>
        </tr>
      </thead>
      <tbody>
        {tallies.map(({ place, fate, count, why }) => (
          <tr key={`${place} ${fate} ${why}`}>
            <td>{place}</td>
            <td className="break-words">
              {WORDS[fate]}
              {why && <span className="text-muted">: {why}</span>}
            </td>
            <td className="num">{count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
