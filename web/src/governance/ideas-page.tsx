/** Ideas: which is worth beginning, by weights that everybody sees and may change. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { client } from '../data/client.ts'
import { number } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { Button, TextLink } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { useFirstRows } from '../ui/first-rows.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { PortfolioMatrix } from './portfolio-matrix.tsx'
import { ideas, type RankedIdea, type Weights } from './queries.ts'

const USUAL: Weights = { impact: 3, feasibility: 2, readiness: 1, cost: 2, risk: 2 }
const NAMES = ['impact', 'feasibility', 'readiness', 'cost', 'risk'] as const
const WORDS: Readonly<Record<(typeof NAMES)[number], string>> = {
  impact: say('ideas.what-it-changes'),
  feasibility: say('ideas.can-it-be-done'),
  readiness: say('ideas.are-we-ready'),
  cost: say('ideas.what-it-takes'),
  risk: say('ideas.what-may-go-wrong'),
}

export function IdeasPage() {
  const [weights, setWeights] = useState(USUAL)
  const [adding, setAdding] = useState(false)
  const query = useQuery(ideas(weights))
  const mayBuild = useMay()('build')
  return (
    <Page
      title={say('ideas.ideas')}
      actions={
        mayBuild && (
          <Button tone="primary" onClick={() => setAdding(true)}>
            {say('ideas.new-idea')}
          </Button>
        )
      }
    >
      <Loaded query={query} rows={8}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty
              title={say('ideas.no-idea-yet')}
              action={
                mayBuild && (
                  <Button tone="primary" onClick={() => setAdding(true)}>
                    {say('ideas.write-one-down')}
                  </Button>
                )
              }
            >
              {say('ideas.what-somebody-wants-to-change-will')}
            </Empty>
          ) : (
            <Portfolio items={items} weights={weights} onWeights={setWeights} mayBuild={mayBuild} />
          )
        }
      </Loaded>
      {adding && <NewIdea onClose={() => setAdding(false)} />}
    </Page>
  )
}

function Portfolio({
  items,
  weights,
  onWeights,
  mayBuild,
}: {
  items: readonly RankedIdea[]
  weights: Weights
  onWeights: (weights: Weights) => void
  mayBuild: boolean
}) {
  const { first, rest } = useFirstRows(items)
  const open = items.filter(({ rank }) => rank === null).length
  return (
    <>
      <Lead>
        {items[0]?.rank ? say('ideas.first-by-these-weights', { title: items[0].title }) : ''}
        {open > 0 && say('ideas.of-are-not-scored-yet', { open, items: items.length })}
      </Lead>
      <div className="grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="overflow-x-auto">
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">{say('ideas.idea')}</th>
                {NAMES.map((name) => (
                  <th key={name} scope="col" title={WORDS[name]}>
                    {name}
                  </th>
                ))}
                <th scope="col" className="text-right">
                  {say('ideas.rank')}
                </th>
                <th scope="col">{say('ideas.plan')}</th>
              </tr>
            </thead>
            <tbody>
              {first.map((one) => (
                <tr key={one.id}>
                  <th scope="row" className="text-left font-normal whitespace-normal">
                    {/* On a phone the last column is out of sight. */}
                    <TextLink href={one.application ? `/applications/${one.application}/plan` : `/ideas/${one.id}`}>
                      {one.title}
                    </TextLink>
                    {one.parent && (
                      <div className="text-muted">{say('ideas.from-the-users-of', { parent: one.parent })}</div>
                    )}
                  </th>
                  {NAMES.map((name) => (
                    <td key={name}>
                      <Score idea={one} name={name} disabled={!mayBuild} />
                    </td>
                  ))}
                  <td className="text-right font-medium">{one.rank === null ? '' : number(one.rank, 1)}</td>
                  <td>
                    {one.application ? (
                      <TextLink href={`/applications/${one.application}/plan`}>{one.application}</TextLink>
                    ) : (
                      <TextLink href={`/ideas/${one.id}`}>{say('ideas.plan-it')}</TextLink>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {rest}
        </div>
        <div>
          <Section title={say('ideas.weights')} note={say('ideas.0-leaves-one-out')}>
            <div className="flex flex-col gap-2">
              {NAMES.map((name) => (
                <label key={name} className="flex items-center gap-3">
                  <span className="w-36">{WORDS[name]}</span>
                  <input
                    type="range"
                    min={0}
                    max={5}
                    className="min-w-0 flex-1 accent-(--accent)"
                    value={weights[name]}
                    onChange={({ target }) => onWeights({ ...weights, [name]: Number(target.value) })}
                  />
                  <span className="w-4 text-right">{weights[name]}</span>
                </label>
              ))}
            </div>
          </Section>
          <Section title={say('ideas.portfolio')} note={say('ideas.right-easier-up-worth-more')}>
            <PortfolioMatrix items={items} />
          </Section>
        </div>
      </div>
    </>
  )
}

function Score({ idea, name, disabled }: { idea: RankedIdea; name: (typeof NAMES)[number]; disabled: boolean }) {
  const cache = useQueryClient()
  const score = useMutation({
    mutationFn: (mark: number | null) =>
      client.updateIdea({ params: { id: idea.id }, body: { scores: { [name]: mark } } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['idea'] }),
  })
  return (
    <select
      aria-label={`${WORDS[name]}, ${idea.title}`}
      className="field w-14"
      disabled={disabled}
      value={idea.scores[name] ?? ''}
      onChange={({ target: { value } }) => score.mutate(value === '' ? null : Number(value))}
    >
      <option value="">?</option>
      {[1, 2, 3, 4, 5].map((mark) => (
        <option key={mark} value={mark}>
          {mark}
        </option>
      ))}
    </select>
  )
}

function NewIdea({ onClose }: { onClose: () => void }) {
  const [title, setTitle] = useState('')
  const [, go] = useLocation()
  const cache = useQueryClient()
  const create = useMutation({
    mutationFn: () => client.createIdea({ body: { title, answers: { title } } }),
    onSuccess: async ({ id }) => {
      await cache.invalidateQueries({ queryKey: ['idea'] })
      go(`/ideas/${id}`)
    },
  })
  return (
    <FormDialog title={say('ideas.new-idea')} onClose={onClose} doing={create} submit={say('ideas.begin')}>
      <TextField
        label={say('ideas.what-do-you-call-it')}
        hint={say('ideas.a-few-words-will-do-for')}
        value={title}
        onChange={setTitle}
        required
      />
    </FormDialog>
  )
}
