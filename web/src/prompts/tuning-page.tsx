/** One tuning: every variant with its score, cost and time on the build split, and the prompt that was chosen. */
import { useQuery } from '@tanstack/react-query'
import { CostQuality } from '../charts/cost-quality.tsx'
import { IntervalFigure } from '../charts/interval.tsx'
import { duration, inUnit, money, sentence } from '../data/format.ts'
import { RoundsSection } from '../models/rounds-section.tsx'
import { Ago, CopyButton, Tag } from '../ui/bits.tsx'
import { TextLink } from '../ui/button.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Progress } from '../ui/progress.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { promptCrumbs } from './crumbs.ts'
import { type TunedVariant, type Tuning, tuning } from './queries.ts'

type Result = NonNullable<Tuning['result']>

export function TuningPage({ name, id }: { name: string; id: string }) {
  const query = useQuery(tuning(id))
  const prompts = { label: say('tuning.prompts'), href: `/applications/${name}/prompts` }
  return (
    <Page
      title={query.data ? say('tuning.tuning-of', { prompt: query.data.prompt }) : say('tuning.tuning')}
      crumbs={[...promptCrumbs(name), prompts]}
      aside={query.data && <Tag>{query.data.state}</Tag>}
    >
      <Loaded query={query} rows={8}>
        {(found) =>
          found.result ? (
            <>
              <Found tuning={found} result={found.result} />
              <RoundsSection
                application={name}
                keep={{ label: say('tuning.keep-this-tuning'), step: { kind: 'tuning', tuning: id } }}
              />
            </>
          ) : found.error ? (
            <Empty title={say('tuning.it-did-not-end')}>{found.error}</Empty>
          ) : (
            <Progress {...found.progress} label={say('tuning.answers-that-were-asked-for')} />
          )
        }
      </Loaded>
    </Page>
  )
}

function Found({ tuning: { release, suite, createdAt }, result }: { tuning: Tuning; result: Result }) {
  const best = result.variants.find(({ id }) => id === result.best)
  const present = result.variants.find(({ id }) => id.startsWith('present'))
  const score = (of: TunedVariant | undefined) =>
    of?.mean === null || of === undefined ? say('tuning.no-score') : inUnit(of.mean, result.unit)
  return (
    <>
      <Lead>
        {best?.id === present?.id
          ? say('tuning.nothing-that-was-tried-did-better-than', { score: score(present), evaluator: result.evaluator })
          : say('tuning.reached-by-the-prompt-as-it-is', {
              title: sentence(best?.title ?? ''),
              score: score(best),
              evaluator: result.evaluator,
              score2: score(present),
            })}{' '}
        {result.note}
      </Lead>
      <p className="mb-6 text-muted">
        {sayWith('tuning.in-of-the-suite-asked-of-on', {
          questions: say('many.question', { n: result.calls }),
          rounds: say('many.round', { n: result.rounds.length }),
          suite,
          link: <TextLink href={`/releases/${release}`}>{say('tuning.this-release')}</TextLink>,
          when: <Ago at={createdAt} />,
        })}
      </p>
      <Section title={say('tuning.quality-by-cost')} note={say('tuning.of-those-that-were-tried-on-all')}>
        <Front result={result} />
      </Section>
      <Section title={say('tuning.variants')} count={result.variants.length}>
        <VariantTable result={result} />
      </Section>
      {result.proposing && <ProposedSection proposing={result.proposing} />}
      <Section
        title={say('tuning.the-prompt-that-was-chosen')}
        actions={<CopyButton text={result.prompt} what={say('tuning.prompt')} />}
      >
        <CodeBlock>{result.prompt}</CodeBlock>
        {Object.keys(result.parameters).length > 0 && (
          <p className="mt-2 text-muted">
            {say('tuning.with', {
              parameters: Object.entries(result.parameters)
                .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
                .join(', '),
            })}
          </p>
        )}
      </Section>
    </>
  )
}

type Proposing = NonNullable<Result['proposing']>

/** Each proposal as it came, also one that became no variant. */
function ProposedSection({ proposing }: { proposing: Proposing }) {
  const { model, snapshot, shown, questions, problem, proposals } = proposing
  return (
    <Section title={say('tuning.what-the-model-proposed')} count={proposals.length}>
      <p className="mb-3 text-muted">
        {sayWith('tuning.was-asked-with-of-the-build-split', {
          model,
          snapshot: snapshot !== null && !model.endsWith(snapshot) && ` (${snapshot})`,
          questions: say('many.question', { n: questions }),
          answers: say('many.answer', { n: shown.length }),
          problem,
        })}
      </p>
      <ul className="flex flex-col gap-3">
        {proposals.map(({ id, how, text, why, refused }) => (
          <li key={id}>
            <p className="break-words">
              {text} <Tag>{how === 'add' ? say('tuning.added') : say('tuning.in-place-of-the-words-before')}</Tag>
            </p>
            {why !== '' && <p className="break-words text-muted">{why}</p>}
            {refused !== null && <p className="text-fail">{sayWith('tuning.refused', { refused })}</p>}
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Those on the front alone have a name, or the picture is full of words. */
function Front({ result: { variants, unit, best } }: { result: Result }) {
  const dots = variants.flatMap(({ id, title, mean, interval, costMicroUsd, pareto }) => {
    if (mean === null || costMicroUsd === null || !pareto) return []
    return [
      {
        label: title.length > 40 ? `${title.slice(0, 38)}…` : title,
        cost: costMicroUsd,
        value: mean,
        low: interval?.low ?? mean,
        high: interval?.high ?? mean,
        isReference: id !== best,
      },
    ]
  })
  if (dots.length === 0) return <p className="text-muted">{say('tuning.no-variant-has-both-a-score-and')}</p>
  return <CostQuality dots={dots} sayCost={(cost) => money(String(cost))} sayValue={(value) => inUnit(value, unit)} />
}

function VariantTable({ result: { variants, evaluator, unit, better, best } }: { result: Result }) {
  // Who stayed longest stands first: a mean over the few cases of an early round says little.
  const rounds = (of: TunedVariant) => of.outAfter ?? Infinity
  const rank = (of: TunedVariant) => (of.mean === null ? -Infinity : better === 'higher' ? of.mean : -of.mean)
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">{say('tuning.variant')}</th>
          <th scope="col">{evaluator}</th>
          <th scope="col" className="num">
            n
          </th>
          <th scope="col" className="num wide">
            {say('tuning.cost-of-an-answer')}
          </th>
          <th scope="col" className="num wide">
            {say('tuning.time')}
          </th>
          <th scope="col">{say('tuning.out-after')}</th>
        </tr>
      </thead>
      <tbody>
        {variants
          .toSorted((one, other) =>
            rounds(one) === rounds(other) ? rank(other) - rank(one) : rounds(other) - rounds(one),
          )
          .map((variant) => (
            <tr key={variant.id}>
              <td className="break-words">
                {variant.title} {variant.origin === 'model' && <Tag>{say('tuning.proposed-by-a-model')}</Tag>}{' '}
                {variant.id === best && <Tag tone="text-pass">{say('tuning.chosen')}</Tag>}{' '}
                {variant.pareto && variant.id !== best && <Tag>{say('tuning.front')}</Tag>}
                {variant.problem !== null && <p className="text-muted">{variant.problem}</p>}
              </td>
              <td>
                {variant.mean === null ? (
                  <span className="text-muted">{say('many.error', { n: variant.errors })}</span>
                ) : (
                  <>
                    {inUnit(variant.mean, unit)}{' '}
                    {variant.interval && (
                      <IntervalFigure
                        value={variant.mean}
                        interval={variant.interval}
                        say={(value) => inUnit(value, unit)}
                      />
                    )}
                  </>
                )}
              </td>
              <td className="num">{variant.n}</td>
              <td className="num wide">{money(variant.costMicroUsd === null ? null : String(variant.costMicroUsd))}</td>
              <td className="num wide whitespace-nowrap">{duration(variant.latencyMs)}</td>
              <td>
                {variant.outAfter === null ? (
                  <span className="text-muted">{say('tuning.stayed')}</span>
                ) : (
                  say('tuning.round', { outAfter: variant.outAfter })
                )}
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  )
}
