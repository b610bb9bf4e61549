/** Models: what is known of each and by whom, which are approved for what, and what waits for a decision. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { client } from '../data/client.ts'
import { many } from '../data/format.ts'
import { modelApprovals, modelCards, useMay, useNames } from '../data/queries.ts'
import type { ModelApproval } from '../data/shapes.ts'
import { Ago, Command } from '../ui/bits.tsx'
import { Button, ButtonLink, TextLink } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Empty, Loaded, Trouble } from '../ui/states.tsx'
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
      title="Models"
      actions={
        <>
          <RefreshButton />
          <ButtonLink href="/compare-models">Compare</ButtonLink>
          <ButtonLink href="/find-model" tone="primary">
            Find a model
          </ButtonLink>
        </>
      }
    >
      <Lead>
        Every model runs in the sandbox. Beyond it runs what somebody asked for and somebody else approved, for stages,
        uses and classes of personal data.
      </Lead>
      <TasksSection />
      <WaitingSection />
      <Section title="What is known">
        <div className="mb-3 max-w-[22rem]">
          <TextField
            label="A part of the name"
            value={text}
            onChange={(value) => setSearch(value === '' ? {} : { text: value }, { replace: true })}
          />
        </div>
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title="No such model" command={<Command text="airworthy models refresh" />}>
                Models appear here when a provider’s list is read, when they have a price, or when somebody says what is
                known of them.
              </Empty>
            ) : (
              <>
                <table className="data-table">
                  <thead>
                    <tr>
                      <th scope="col">model</th>
                      <th scope="col" className="wide">
                        licence
                      </th>
                      <th scope="col" className="num wide">
                        context
                      </th>
                      <th scope="col" className="num wide">
                        $ per million, in / out
                      </th>
                      <th scope="col" className="num">
                        known
                      </th>
                      <th scope="col">approval</th>
                    </tr>
                  </thead>
                  <tbody>
                    {(isWhole ? items : items.slice(0, FIRST)).map(({ model, facts, completeness, approval }) => (
                      <tr key={model}>
                        <td className="break-all">
                          <TextLink href={cardHref(model)}>{model}</TextLink>
                        </td>
                        <td className="wide break-words">{facts.licence ?? <Unknown />}</td>
                        <td className="num wide">{facts.contextTokens?.toLocaleString('en') ?? <Unknown />}</td>
                        <td className="num wide">
                          {facts.priceInput === undefined ? (
                            <Unknown />
                          ) : (
                            `${facts.priceInput} / ${facts.priceOutput ?? '?'}`
                          )}
                        </td>
                        <td className="num" title={`${completeness.verified} of them verified`}>
                          {completeness.known} of {completeness.of}
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
                    <Button onClick={() => setWhole(true)}>Show {many(items.length - FIRST, 'more model')}</Button>
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

const Unknown = () => <span className="text-muted">unknown</span>

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
            ? 'No provider can be asked yet.'
            : `${refresh.data.items.length - failed.length} lists read${failed.length > 0 ? `, ${failed.map(({ provider }) => provider).join(', ')} did not answer` : ''}.`}
        </span>
      )}
      {refresh.error && <Trouble failure={refresh.error} />}
      <Button busy={refresh.isPending} onClick={() => refresh.mutate()}>
        Read the providers’ lists
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
    <Section title="Waiting for a decision" count={data.items.length}>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">model</th>
            <th scope="col">for</th>
            <th scope="col" className="wide">
              why
            </th>
            <th scope="col" className="wide">
              asked
            </th>
            <th scope="col">
              <span className="sr-only">decide</span>
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
              <td>{may('waive') && <Button onClick={() => setDeciding(one)}>Review</Button>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {deciding && <DecideDialog approval={deciding} onClose={() => setDeciding(undefined)} />}
    </Section>
  )
}
