/** One experiment: what was compared, how it came out, every score with its interval, every case. */
import { useMutation, useQuery } from '@tanstack/react-query'
import type { Experiment } from '../../../sdk/index.ts'
import { armsOf, compareHref } from '../compare/queries.ts'
import { useParameter } from '../data/address.ts'
import { client } from '../data/client.ts'
import { list, money, sentence } from '../data/format.ts'
import { experiment, release, useMay } from '../data/queries.ts'
import { Ago, Digest, Dot } from '../ui/bits.tsx'
import { Button, ButtonLink, TextLink } from '../ui/button.tsx'
import { Facts, Page, Section } from '../ui/page.tsx'
import { Progress } from '../ui/progress.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { ArmsSection } from './arms-section.tsx'
import { CaseDialog } from './case-dialog.tsx'
import { CasesSection } from './cases-section.tsx'
import { ClassesSection } from './classes-section.tsx'
import { ComparisonTable } from './comparison-table.tsx'
import { comparisonSentence } from './comparison-words.ts'
import { CorpusSection } from './corpus-section.tsx'
import { CorrectedSection } from './corrected-section.tsx'
import { FailuresSection } from './failures-section.tsx'
import { spent } from './quote-parts.tsx'
import { ReliabilitySection } from './reliability-section.tsx'
import { ScoreTable } from './score-table.tsx'
import { armOf, isRunning } from './scores.ts'
import { SlicesSection } from './slices-section.tsx'
import { StabilitySection } from './stability-section.tsx'
import { TradeOffSection } from './trade-off-section.tsx'

export function ExperimentPage({ id }: { id: string }) {
  const query = useQuery({
    ...experiment(id),
    refetchInterval: ({ state }) => (state.data && isRunning(state.data) ? 1500 : false),
  })
  const found = query.data
  const measured = useQuery({ ...release(found?.release ?? ''), enabled: found !== undefined }).data
  const may = useMay()
  const cancel = useMutation({
    mutationFn: () => client.cancelExperiment({ params: { id } }),
    onSuccess: () => query.refetch(),
  })
  const goOn = useMutation({
    mutationFn: () => client.resumeExperiment({ params: { id }, body: {} }),
    onSuccess: () => query.refetch(),
  })
  return (
    <Page
      title={found ? say('experiment.experiment', { suite: found.suite }) : say('experiment.experiment-2')}
      crumbs={
        found
          ? [
              { label: found.application, href: `/applications/${found.application}` },
              {
                label: measured ? `r${measured.number}` : say('experiment.release'),
                href: `/releases/${found.release}`,
              },
            ]
          : []
      }
      actions={
        found && (
          <>
            {found.state === 'succeeded' && (
              <>
                {may('build') && (
                  <ButtonLink href={`/annotation?application=${found.application}&from=${found.id}`}>
                    {say('experiment.let-people-label')}
                  </ButtonLink>
                )}
                <ButtonLink href={compareHref(found.application, found.arms.length > 1 ? armsOf(found) : [])}>
                  {say('experiment.compare')}
                </ButtonLink>
              </>
            )}
            {found.state === 'paused' && may('build') && (
              <Button busy={goOn.isPending} onClick={() => goOn.mutate()}>
                {say('experiment.go-on')}
              </Button>
            )}
            {isRunning(found) && may('build') && (
              <Button busy={cancel.isPending} onClick={() => cancel.mutate()}>
                {say('experiment.stop')}
              </Button>
            )}
          </>
        )
      }
    >
      {goOn.error && <Trouble failure={goOn.error} />}
      <Loaded query={query} rows={14}>
        {(loaded) => <ExperimentBody experiment={loaded} />}
      </Loaded>
    </Page>
  )
}

function ExperimentBody({ experiment: found }: { experiment: Experiment }) {
  const [example, setExample] = useParameter('case')
  const candidate = armOf(found, 'candidate')
  const control = armOf(found, 'control')
  return (
    <>
      <div className="mb-6">
        <p className="prose-width text-prose">{headline(found)}</p>
        <p className="mt-1 flex flex-wrap gap-x-2 text-muted">
          <span>
            {sayWith('experiment.against', {
              label: <span className="text-candidate">{candidate?.label ?? say('experiment.the-release')}</span>,
              label2: <span className="text-control">{control?.label ?? say('experiment.nothing')}</span>,
            })}
          </span>
          <Dot />
          <span>
            {found.dataset}, {list(found.splits)}
          </span>
          <Dot />
          <span>{spent(found)}</span>
          <Dot />
          <Ago at={found.finishedAt ?? found.createdAt} />
        </p>
        {isRunning(found) && (
          <Progress done={found.progress.done} total={found.progress.total} label={say('experiment.experiment-2')} />
        )}
        {notesOf(found).map((note) => (
          <p key={note} className="mt-1 prose-width text-muted">
            {note}
          </p>
        ))}
        {found.error && (
          <p className={`mt-2 ${found.state === 'paused' ? 'text-inconclusive' : 'text-fail'}`}>{found.error}</p>
        )}
      </div>
      {found.comparison.length > 0 && (
        <Section
          title={say('experiment.comparison')}
          note={<Term of="paired">{say('experiment.paired-case-by-case')}</Term>}
        >
          <ComparisonTable experiment={found} />
        </Section>
      )}
      {found.arms.some(({ scores }) => scores.length > 0) && (
        <Section title={say('experiment.scores')}>
          <ScoreTable experiment={found} />
        </Section>
      )}
      <CorrectedSection experiment={found} />
      <ArmsSection experiment={found} />
      <TradeOffSection experiment={found} />
      <StabilitySection experiment={found} />
      <ReliabilitySection experiment={found} />
      <SlicesSection experiment={found} />
      <CorpusSection experiment={found} />
      <ClassesSection experiment={found} />
      <FailuresSection experiment={found} onChoose={setExample} />
      <CasesSection experiment={found} chosen={example} onChoose={setExample} />
      <Section title={say('experiment.how-it-was-measured')}>
        <Facts
          items={[
            [
              say('experiment.decided-by'),
              <Term key="p" of="evaluator">
                {found.primary}
              </Term>,
            ],
            [say('experiment.repeats'), say('many.run', { n: found.repeats })],
            ...(found.registered
              ? ([
                  [
                    say('experiment.fixed-before-the-run'),
                    `${say('many.case', { n: found.registered.n })}, margin ${found.registered.margin}${found.registered.threshold === null ? '' : `, target ${found.registered.threshold}`}${found.registered.kind ? say('experiment.tests-the', { kind: found.registered.kind }) : ''}`,
                  ],
                ] as const)
              : []),
            ...(Object.keys(found.tags).length > 0
              ? ([
                  [say('experiment.tags'), list(Object.entries(found.tags).map(([name, value]) => `${name} ${value}`))],
                ] as const)
              : []),
            [say('experiment.intervals'), found.intervals],
            [say('experiment.seed'), String(found.seed)],
            [say('experiment.measures'), <Digest key="m" value={found.measures} />],
            [
              say('experiment.machine'),
              list(Object.entries(found.environment).map(([name, value]) => `${name} ${value}`)),
            ],
            ...found.arms.map(
              (arm) =>
                [
                  arm.label,
                  `${say('many.run', { n: arm.rows })}, ${arm.failed} failed; ${money(arm.costMicroUsd)}; ${arm.behaviour.map(({ kind, name }) => `${kind} ${name}`).join(', ')}`,
                ] as const,
            ),
            [
              say('experiment.same-parts-elsewhere'),
              <TextLink key="r" href={`/releases/${found.release}`}>
                {say('experiment.its-release')}
              </TextLink>,
            ],
          ]}
        />
      </Section>
      {example && <CaseDialog experiment={found} example={example} onClose={() => setExample(undefined)} />}
    </>
  )
}

/** What a reader must know before the figures. */
function notesOf({ stoppedEarly, combined, registered, isReusing }: Experiment): string[] {
  const together = combined?.comparison[0]
  return [
    ...(stoppedEarly ? [stoppedEarly] : []),
    ...(combined
      ? [
          say('experiment.runs-measured-exactly-this-and-all-of', {
            experiments: combined.experiments.length,
            together: together ? `: together ${together.verdict}, n ${together.n}` : '',
          }),
        ]
      : []),
    ...(registered?.isPublished ? [say('experiment.the-examples-are-published-so-that-models')] : []),
    ...(isReusing ? [say('experiment.answers-that-had-been-given-before-were')] : []),
  ]
}

function headline(found: Experiment): string {
  if (isRunning(found)) return say('experiment.it-is-running-scores-are-there-when')
  const first = found.comparison[0]
  if (first) return comparisonSentence(found, first)
  return found.state === 'succeeded'
    ? say('experiment.measured-without-a-comparison')
    : sentence(say('experiment.it-was', { state: found.state }))
}
