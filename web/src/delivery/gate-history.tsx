/** How it came to this: kept decisions, each to be decided again, and how long answers were waited for, and for whom. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { GatedStage } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { list } from '../data/format.ts'
import { useMay, useNames } from '../data/queries.ts'
import type { GateRecord } from '../data/shapes.ts'
import { Ago } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { VERDICT_WORDS, VerdictMark } from '../ui/verdict.tsx'
import { say } from '../words/say.ts'
import { VERDICTS } from './gate-bar.tsx'
import { flow, gateDecisions } from './gate-queries.ts'
import { LeadTimes } from './lead-times.tsx'

const OCCASIONS: Readonly<Record<GateRecord['occasion'], string>> = {
  asked: say('gate-history.somebody-kept-it'),
  run: say('gate-history.after-a-run'),
  held: say('gate-history.a-promotion-was-held'),
  promoted: say('gate-history.it-was-promoted'),
  approved: say('gate-history.an-approval-was-asked-for'),
}

export function GateHistory({ id, stage, application }: { id: string; stage: GatedStage; application: string }) {
  const query = useQuery(gateDecisions(id, stage))
  const flowing = useQuery(flow(application))
  const may = useMay()
  const cache = useQueryClient()
  const keep = useMutation({
    mutationFn: () => client.keepGateDecision({ params: { id, stage } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['gate', id, stage, 'decisions'] }),
  })
  const leadTimes = flowing.data?.leadTimes.filter(({ release, into }) => release === id && into === stage) ?? []
  return (
    <>
      {leadTimes.length > 0 && (
        <Section title={say('gate-history.how-long-it-took')}>
          <LeadTimes items={leadTimes} />
        </Section>
      )}
      <Section
        title={say('gate-history.decisions-before')}
        note={say('gate-history.each-kept-with-everything-that-it-read')}
        actions={
          may('build') && (
            <Button busy={keep.isPending} onClick={() => keep.mutate()}>
              {say('gate-history.keep-this-decision')}
            </Button>
          )
        }
      >
        {keep.error && <Trouble failure={keep.error} />}
        <Loaded query={query} rows={2}>
          {({ items }) =>
            items.length === 0 ? (
              <p className="text-muted">{say('gate-history.nothing-is-kept-yet-a-run-an')}</p>
            ) : (
              <table className="data-table">
                <thead>
                  <tr>
                    <th scope="col">{say('gate-history.when')}</th>
                    <th scope="col">{say('gate-history.decision')}</th>
                    <th scope="col" className="wide">
                      {say('gate-history.verdicts')}
                    </th>
                    <th scope="col" className="wide">
                      {say('gate-history.why-kept')}
                    </th>
                    <th scope="col">
                      <Term of="replay">{say('gate-history.again')}</Term>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((record) => (
                    <Row key={record.id} record={record} />
                  ))}
                </tbody>
              </table>
            )
          }
        </Loaded>
      </Section>
    </>
  )
}

function Row({ record }: { record: GateRecord }) {
  const nameOf = useNames()
  const again = useQuery({
    queryKey: ['replay', record.id],
    queryFn: () => client.replayGateDecision({ params: { id: record.id } }),
    enabled: false,
  })
  const counts = VERDICTS.flatMap((verdict) => {
    const count = record.decision.findings.filter((finding) => finding.verdict === verdict).length
    return count > 0 ? [`${count} ${VERDICT_WORDS[verdict]}`] : []
  })
  return (
    <tr>
      <td className="whitespace-nowrap">
        <Ago at={record.at} />
      </td>
      <td>{record.decision.decision}</td>
      <td className="wide text-muted">{list(counts)}</td>
      <td className="wide text-muted">
        {OCCASIONS[record.occasion]}, {nameOf(record.by)}
      </td>
      <td>
        {again.data ? (
          <span className="flex items-center gap-1.5" aria-live="polite">
            <VerdictMark verdict={again.data.same ? 'PASS' : 'FAIL'} title="" />
            {again.data.same
              ? say('gate-history.the-same')
              : say('gate-history.otherwise', {
                  checks: say('many.check', { n: again.data.differs.length }),
                  differs: list(again.data.differs),
                })}
          </span>
        ) : (
          <Button tone="quiet" busy={again.isFetching} onClick={() => void again.refetch()}>
            {say('gate-history.decide-again')}
          </Button>
        )}
        {again.error && <Trouble failure={again.error} />}
      </td>
    </tr>
  )
}
