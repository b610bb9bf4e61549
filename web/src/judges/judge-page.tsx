/** One judge: whether it may hold a gate and why not, how often it is right, what it favours, and what it is made of. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { JudgeState } from '../../../sdk/index.ts'
import { useParameter } from '../data/address.ts'
import { list, sentence } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { shortTime } from '../data/time.ts'
import { Digest, Tag } from '../ui/bits.tsx'
import { Button, ButtonLink, TextLink } from '../ui/button.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Choice } from '../ui/field.tsx'
import { Facts, Page, Section } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { BiasTable } from './bias-table.tsx'
import { CasesSection } from './cases-section.tsx'
import { FigureTable } from './figure-table.tsx'
import { neededWords, STANDING } from './judge-words.ts'
import { type Calibration, calibrationsOf, judgesOf, queueOf } from './queries.ts'
import { StartCalibration } from './start-calibration.tsx'

export function JudgePage({ name, digest }: { name: string; digest: string }) {
  const judges = useQuery(judgesOf(name))
  const judge = judges.data?.items.find((one) => one.digest === digest)
  const [isAsking, setAsking] = useState(false)
  const may = useMay()
  return (
    <Page
      title={judge?.name ?? say('judge.judge')}
      crumbs={[
        { label: name, href: `/applications/${name}` },
        { label: say('judge.judges'), href: `/applications/${name}/judges` },
      ]}
      aside={<Digest value={digest} />}
      actions={
        judge &&
        may('build') && (
          <Button tone="primary" onClick={() => setAsking(true)}>
            {say('judge.hold-against-people')}
          </Button>
        )
      }
    >
      <Loaded query={judges} rows={10}>
        {() => (
          <>
            <Calibrations name={name} digest={digest} judge={judge} />
            {judge ? (
              <MadeOf judge={judge} />
            ) : (
              <p className="mt-8 text-muted">{say('judge.no-suite-of-the-newest-release-uses')}</p>
            )}
          </>
        )}
      </Loaded>
      {isAsking && judge && <StartCalibration name={name} judge={judge} onClose={() => setAsking(false)} />}
    </Page>
  )
}

function Calibrations({ name, digest, judge }: { name: string; digest: string; judge: JudgeState | undefined }) {
  const query = useQuery(calibrationsOf(name, digest))
  const [asked, show] = useParameter('calibration')
  return (
    <Loaded query={query} rows={8}>
      {({ items }) => {
        const chosen = items.find(({ id }) => id === asked) ?? items[0]
        if (!chosen) return <NotYet name={name} />
        return (
          <>
            {items.length > 1 && (
              <div className="mb-4 max-w-[26rem]">
                <Choice
                  label={say('judge.held-against-people-on')}
                  value={chosen.id}
                  onChange={show}
                  options={items.map(
                    ({ id, data, createdAt, result }) =>
                      [id, `${data}, ${shortTime(createdAt)}, ${say('many.label', { n: result.labels })}`] as const,
                  )}
                />
              </div>
            )}
            <Standing calibration={chosen} judge={judge} />
            <Section
              title={say('judge.how-often-it-is-right')}
              note={say('many.labelled-answer', { n: chosen.result.labels })}
            >
              <FigureTable result={chosen.result} />
            </Section>
            <Section title={say('judge.what-it-favours')} note={say('judge.beyond-what-people-favour-on-the-same')}>
              <BiasTable bias={chosen.result.bias} />
            </Section>
            <CasesSection calibration={chosen} />
          </>
        )
      }}
    </Loaded>
  )
}

const NotYet = ({ name }: { name: string }) => (
  <Empty
    title={STANDING.unknown.may}
    action={<ButtonLink href={`/annotation?application=${name}`}>{say('judge.answers-to-label')}</ButtonLink>}
  >
    {say('judge.it-takes-100-answers-that-people-labelled')}
  </Empty>
)

function Standing({ calibration, judge }: { calibration: Calibration; judge: JudgeState | undefined }) {
  const { result, data, trust, source } = calibration
  const { may, word, tone } = STANDING[result.standing]
  const needed = neededWords(result)
  const queue = queueOf(calibration)
  return (
    <div className="mb-6">
      <p className="prose-width text-prose">
        <span className={`font-medium ${tone}`}>{sentence(word)}.</span> {may}
      </p>
      <ul className="prose-width mt-2 flex list-disc flex-col gap-0.5 pl-5 text-muted">
        {result.why.map((why) => (
          <li key={why}>{why}</li>
        ))}
        {needed && <li>{needed}</li>}
        {judge?.sameFamily && <li>{say('judge.it-is-of-the-family-of-a')}</li>}
      </ul>
      <p className="mt-2 text-muted">
        {sayWith('judge.it-holds-for-alone', {
          data,
          queue: queue
            ? sayWith('judge.the-judge-was-asked-here-about', {
                link: (
                  <TextLink href={`/annotation/${queue}`}>
                    {say('judge.the-same-answers-that-people-labelled')}
                  </TextLink>
                ),
              })
            : `${trust === 'measured' ? say('judge.the-judge-was-asked-here') : say('judge.its-verdicts-come-from-elsewhere')}: ${source}.`,
        })}
      </p>
    </div>
  )
}

function MadeOf({ judge }: { judge: JudgeState }) {
  const { model, evaluator, version, parameters, rubric, prompt, parser, suites } = judge
  return (
    <Section title={say('judge.what-it-is-made-of')} note={say('judge.all-of-it-is-in-the-digest')}>
      <Facts
        items={[
          [say('judge.model'), model],
          [say('judge.works-for'), `${evaluator}, version ${version}`],
          [say('judge.used-in'), suites.length > 0 ? list(suites) : <Tag key="s">{say('judge.not-in-use')}</Tag>],
          [say('judge.parameters'), <code key="p">{JSON.stringify(parameters)}</code>],
          [say('judge.rubric'), rubric || <span className="text-muted">{say('judge.the-prompt-says-all')}</span>],
          [say('judge.read-as'), parser],
        ]}
      />
      <h3 className="mt-4 mb-1 text-data font-normal text-muted">{say('judge.what-it-is-told')}</h3>
      <CodeBlock>{prompt}</CodeBlock>
    </Section>
  )
}
