/** Models: what is known of each and by whom, which are approved for what, and what waits for a decision. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { client } from '../data/client.ts'
import { number } from '../data/format.ts'
import { modelApprovals, modelCards, useMay, useNames } from '../data/queries.ts'
import type { ModelApproval } from '../data/shapes.ts'
import { Ago, Command } from '../ui/bits.tsx'
import { Button, ButtonLink, TextLink } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Empty, Loaded, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { DecideDialog } from './approval-dialogs.tsx'
import { ApprovalTag, cardHref } from './approval-tag.tsx'
import { TasksSection } from './watch-sections.tsx'

/** More rows than anybody reads; the field above finds the rest. */
const FIRST = 100

export function ModelsPage() {
  const [isWhole, setWhole] = useState(false)
  const [search, setSearch] = useSearchParams()
  const text = search.get('text') ?? ''
  const query = useQuery(modelCards(text))
  return (
    <Page
      title={say('models.models')}
      actions={
        <>
          <RefreshButton />
          <ButtonLink href="/compare-models">{say('models.compare')}</ButtonLink>
          <ButtonLink href="/find-model" tone="primary">
            {say('models.find-a-model')}
          </ButtonLink>
        </>
      }
    >
      <Lead>{say('models.every-model-runs-in-the-sandbox-beyond')}</Lead>
      <TasksSection />
      <WaitingSection />
      <Section title={say('models.what-is-known')}>
        <div className="mb-3 max-w-[22rem]">
          <TextField
            label={say('models.a-part-of-the-name')}
            value={text}
            onChange={(value) => setSearch(value === '' ? {} : { text: value }, { replace: true })}
          />
        </div>
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={say('models.no-such-model')} command={<Command text="airworthy models refresh" />}>
                {say('models.models-appear-here-when-a-providers-list')}
              </Empty>
            ) : (
              <>
                <table className="data-table">
                  <thead>
                    <tr>
                      <th scope="col">{say('models.model')}</th>
                      <th scope="col" className="wide">
                        {say('models.licence')}
                      </th>
                      <th scope="col" className="num wide">
                        {say('models.context')}
                      </th>
                      <th scope="col" className="num wide">
                        {say('models.per-million-in-out')}
                      </th>
                      <th scope="col" className="num">
                        {say('models.known')}
                      </th>
                      <th scope="col">{say('models.approval')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {(isWhole ? items : items.slice(0, FIRST)).map(({ model, facts, completeness, approval }) => (
                      <tr key={model}>
                        <td className="break-all">
                          <TextLink href={cardHref(model)}>{model}</TextLink>
                        </td>
                        <td className="wide break-words">{facts.licence ?? <Unknown />}</td>
                        <td className="num wide">
                          {facts.contextTokens == null ? <Unknown /> : number(facts.contextTokens)}
                        </td>
                        <td className="num wide">
                          {facts.priceInput === undefined ? (
                            <Unknown />
                          ) : (
                            `${facts.priceInput} / ${facts.priceOutput ?? '?'}`
                          )}
                        </td>
                        <td className="num" title={say('models.of-them-verified', { verified: completeness.verified })}>
                          {sayWith('models.of', { known: completeness.known, of: completeness.of })}
                        </td>
                        <td>
                          <ApprovalTag approval={approval} />
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
                {!isWhole && items.length > FIRST && (
                  <p className="mt-3">
                    <Button onClick={() => setWhole(true)}>
                      {say('models.show', { moreModels: say('many.more-model', { n: items.length - FIRST }) })}
                    </Button>
                  </p>
                )}
              </>
            )
          }
        </Loaded>
      </Section>
    </Page>
  )
}

const Unknown = () => <span className="text-muted">{say('models.unknown')}</span>

function RefreshButton() {
  const may = useMay()
  const cache = useQueryClient()
  const refresh = useMutation({
    mutationFn: () => client.readModelLists({ body: {} }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['model-card'] }),
  })
  if (!may('operate')) return null
  const failed = refresh.data?.items.filter(({ failure }) => failure !== null) ?? []
  return (
    <>
      {refresh.data && (
        <span role="status" className="text-muted">
          {refresh.data.items.length === 0
            ? say('models.no-provider-can-be-asked-yet')
            : say('models.lists-read', {
                items: refresh.data.items.length - failed.length,
                failed:
                  failed.length > 0
                    ? say('models.did-not-answer', { failed: failed.map(({ provider }) => provider).join(', ') })
                    : '',
              })}
        </span>
      )}
      {refresh.error && <Trouble failure={refresh.error} />}
      <Button busy={refresh.isPending} onClick={() => refresh.mutate()}>
        {say('models.read-the-providers-lists')}
      </Button>
    </>
  )
}

/** What somebody asked for; shown only while there is something. */
function WaitingSection() {
  const { data } = useQuery(modelApprovals({ state: 'requested' }))
  const nameOf = useNames()
  const may = useMay()
  const [deciding, setDeciding] = useState<ModelApproval>()
  if (!data || data.items.length === 0) return null
  return (
    <Section title={say('models.waiting-for-a-decision')} count={data.items.length}>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{say('models.model')}</th>
            <th scope="col">{say('models.for')}</th>
            <th scope="col" className="wide">
              {say('models.why')}
            </th>
            <th scope="col" className="wide">
              {say('models.asked')}
            </th>
            <th scope="col">
              <span className="sr-only">{say('models.decide')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((one) => (
            <tr key={one.id}>
              <td className="break-all">
                <TextLink href={cardHref(one.model)}>{one.model}</TextLink>
              </td>
              <td>{one.stages.join(', ')}</td>
              <td className="wide break-words">{one.reason}</td>
              <td className="wide text-muted">
                {nameOf(one.requestedBy)}, <Ago at={one.requestedAt} />
              </td>
              <td>{may('waive') && <Button onClick={() => setDeciding(one)}>{say('models.review')}</Button>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {deciding && <DecideDialog approval={deciding} onClose={() => setDeciding(undefined)} />}
    </Section>
  )
}
