/** All evidence, newest first, by cursor: from any figure to what it rests on, and whether it still holds. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { Evidence } from '../../../sdk/index.ts'
import { useParameter } from '../data/address.ts'
import { client } from '../data/client.ts'
import { reasonWords } from '../data/metric-names.ts'
import { applications, catalogue, releases } from '../data/queries.ts'
import type { ListedEvidence } from '../data/shapes.ts'
import { Ago, Command, ExampleTag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Choice, TextField } from '../ui/field.tsx'
import { Page } from '../ui/page.tsx'
import { Said } from '../ui/said.tsx'
import { Empty, Trouble, Waiting } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { VerdictMark } from '../ui/verdict.tsx'

const TRUST = ['measured', 'imported', 'attested'] as const

export function EvidenceExplorerPage() {
  const { filter, fields } = useEvidenceFilter()
  const query = useInfiniteQuery({
    queryKey: ['evidence', 'explorer', filter],
    queryFn: ({ pageParam }) =>
      client.listEvidence({ query: { ...filter, limit: 100, ...(pageParam && { cursor: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })
  const rows = query.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Page title="Evidence">
      {fields}
      {query.error && <Trouble failure={query.error} again={() => void query.refetch()} />}
      {query.isPending && <Waiting rows={12} />}
      {query.isSuccess && rows.length === 0 && (
        <Empty
          title={Object.keys(filter).length > 0 ? 'No evidence fits these filters' : 'Nothing is recorded yet'}
          command={<Command text="npx airworthy gate poc --run" />}
        >
          What is measured, imported or attested will be here, signed, with what it depends on.
        </Empty>
      )}
      {rows.length > 0 && <Rows items={rows} />}
      {query.hasNextPage && (
        <div className="mt-3">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Older
          </Button>
        </div>
      )}
    </Page>
  )
}

function useEvidenceFilter() {
  const [application = '', setApplication] = useParameter('application')
  const [release = '', setRelease] = useParameter('release')
  const [against = '', setAgainst] = useParameter('against')
  const [holds = '', setHolds] = useParameter('holds')
  const [check = '', setCheck] = useParameter('check')
  const [producer = '', setProducer] = useParameter('producer')
  const [trust = '', setTrust] = useParameter('trust')
  const names = useQuery(applications).data?.items.map(({ name }) => name) ?? []
  const frozen = useQuery({ ...releases(application), enabled: application !== '' }).data?.items ?? []
  const checks = useQuery(catalogue).data?.checks ?? []
  const ofReleases = frozen.map(({ id, number }) => [id, `r${number}`] as const)
  const level = TRUST.find((one) => one === trust)
  const filter = {
    ...(application && { application }),
    ...(release && { release }),
    ...(check && { check }),
    ...(level && { trust: level as Evidence['trust'] }),
    ...(producer.trim() && { producer: producer.trim() }),
    ...(against && { against }),
    ...(against && (holds === 'true' || holds === 'false') && { holds: holds as 'true' | 'false' }),
  }
  const fields = (
    <search className="mb-5 grid grid-cols-2 gap-3 md:grid-cols-4">
      <Choice
        label="Application"
        value={application}
        onChange={setApplication}
        options={[['', 'all'], ...names.map((name) => [name, name] as const)]}
      />
      <Choice
        label="Check"
        value={check}
        onChange={setCheck}
        options={[['', 'all'], ...checks.map(({ id, title }) => [id, `${title} (${id})`] as const)]}
      />
      <Choice
        label="Trust"
        value={trust}
        onChange={setTrust}
        options={[['', 'any'], ...TRUST.map((one) => [one, one] as const)]}
      />
      <TextField label="Made with" type="search" value={producer} onChange={setProducer} />
      {application !== '' && (
        <>
          <Choice
            label="Made on"
            value={release}
            onChange={setRelease}
            options={[['', 'any release'], ...ofReleases]}
          />
          <Choice
            label="Held against"
            value={against}
            onChange={setAgainst}
            options={[['', 'no release'], ...ofReleases]}
          />
          {against !== '' && (
            <Choice
              label="It"
              value={holds}
              onChange={setHolds}
              options={[
                ['', 'holds or not'],
                ['true', 'holds'],
                ['false', 'is stale'],
              ]}
            />
          )}
        </>
      )}
    </search>
  )
  return { filter, fields }
}

function Rows({ items }: { items: readonly ListedEvidence[] }) {
  const isHeld = items.some(({ stale }) => stale !== null)
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">
            <Term of="check">check</Term>
          </th>
          {isHeld && <th scope="col">holds</th>}
          <th scope="col">what it says</th>
          <th scope="col" className="wide">
            application
          </th>
          <th scope="col" className="wide">
            <Term of="trust">trust</Term>
          </th>
          <th scope="col" className="wide">
            made with
          </th>
          <th scope="col" className="wide">
            age
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((piece) => (
          <tr key={piece.id} className="clickable" data-row>
            <td className="whitespace-nowrap">
              <Link
                href={`/evidence/${piece.id}`}
                className="rounded font-mono text-[0.75rem] underline decoration-line-strong underline-offset-3 hover:decoration-current"
              >
                {piece.check}
              </Link>
            </td>
            {isHeld && (
              <td>
                <Holds stale={piece.stale ?? []} />
              </td>
            )}
            <td className="max-w-[28rem]">
              <Said text={reasonWords(piece.summary)} /> {piece.example && <ExampleTag />}
            </td>
            <td className="wide">{piece.application}</td>
            <td className="wide">{piece.trust}</td>
            <td className="wide text-muted">{piece.producer.name}</td>
            <td className="wide text-muted">
              <Ago at={piece.at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Holds = ({ stale }: { stale: readonly string[] }) =>
  stale.length === 0 ? (
    <span className="flex items-center gap-1.5">
      <VerdictMark verdict="PASS" title="" /> holds
    </span>
  ) : (
    <span className="flex items-center gap-1.5 text-stale" title={stale.join(' ')}>
      <VerdictMark verdict="STALE" title="" /> stale
    </span>
  )
