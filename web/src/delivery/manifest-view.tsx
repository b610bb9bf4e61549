/** The manifest in sections: every part with its digest, opened to what it says. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { FlowPart, Manifest } from '../../../sdk/index.ts'
import { list, number } from '../data/format.ts'
import { modelLineage, trainingRuns } from '../data/model-queries.ts'
import { cardHref } from '../models/approval-tag.tsx'
import { LineageLead } from '../models/training-section.tsx'
import { Digest, ShortDigest, Tag } from '../ui/bits.tsx'
import { TextLink } from '../ui/button.tsx'
import { Value } from '../ui/value.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { PromptText } from './prompt-text.tsx'

export function ManifestView({ manifest }: { manifest: Manifest }) {
  return (
    <div className="flex flex-col">
      <FlowRow kind="Flow" flow={manifest.flow} />
      {manifest.prompts.map((prompt) => (
        <PartRow
          key={prompt.digest}
          kind="Prompt"
          name={prompt.name}
          digest={prompt.digest}
          note={`${say('many.line', { n: prompt.body.split('\n').length })}`}
        >
          <PromptText text={prompt.body} />
          {Object.keys(prompt.frontMatter).length > 0 && <Value value={prompt.frontMatter} />}
        </PartRow>
      ))}
      {manifest.models.map((model) => (
        <PartRow
          key={model.digest}
          kind="Model"
          name={model.name}
          digest={model.digest}
          note={
            <>
              <code className="font-mono text-[0.75rem]">{model.model}</code>{' '}
              {model.mutable && <Tag tone="text-stale">{say('manifest-view.can-change-under-us')}</Tag>}
              {isFallback(manifest, model.name) && <Tag tone="text-muted">{say('manifest-view.fallback')}</Tag>}
              {isTarget(manifest, model.name) && <Tag tone="text-muted">{say('manifest-view.target-of-a-route')}</Tag>}
            </>
          }
        >
          {model.mutable && <p className="mb-2">{model.mutable}</p>}
          <TrainedHere model={model.model} />
          <Value value={model.parameters} />
          {model.adapter && (
            <div className="mt-2">
              <p>
                {sayWith('manifest-view.tuned-the-adapter-over', {
                  name: model.adapter.name,
                  base: model.adapter.base,
                })}
              </p>
              <Value value={model.adapter} />
            </div>
          )}
        </PartRow>
      ))}
      {manifest.index && (
        <PartRow
          kind="Index"
          name={manifest.index.name}
          digest={manifest.index.digest}
          note={say('manifest-view.analyser', {
            passages: say('many.passage', { n: manifest.index.passages }),
            analyser: manifest.index.analyser,
          })}
        >
          <Value
            value={{
              analyser: manifest.index.analyser,
              k1: manifest.index.k1,
              b: manifest.index.b,
              passages: manifest.index.passages,
              ...(manifest.index.extractors && { extractors: manifest.index.extractors }),
              ...(manifest.index.embedding && { embedding: manifest.index.embedding }),
            }}
          />
        </PartRow>
      )}
      {manifest.tools?.map(({ name, digest, mutable, tool }) => (
        <PartRow
          key={digest}
          kind="Tool"
          name={name}
          digest={digest}
          note={
            <>
              {tool.effect === 'read' ? say('manifest-view.reads') : say('manifest-view.writes')},{' '}
              {tool.call.kind === 'http'
                ? say('manifest-view.called-at', { host: new URL(tool.call.url).host })
                : tool.call.kind === 'stub'
                  ? say('manifest-view.answered-by-the-release')
                  : say('manifest-view.called-by-whoever-asks')}{' '}
              <Tag tone="text-stale">
                {tool.call.kind === 'stub' ? say('manifest-view.stands-in') : say('manifest-view.can-change-under-us')}
              </Tag>
            </>
          }
        >
          <p className="mb-2">{mutable}</p>
          <Value value={tool} />
        </PartRow>
      ))}
      {manifest.liveIndexes?.map(({ name, digest, mutable, ...index }) => (
        <PartRow
          key={digest}
          kind="Live index"
          name={name}
          digest={digest}
          note={<Tag tone="text-stale">{say('manifest-view.can-change-under-us')}</Tag>}
        >
          <p className="mb-2">{mutable}</p>
          <Value value={index} />
        </PartRow>
      ))}
      {manifest.guardrails?.map(({ name, digest, guard: { id, on, mode, detector, ...settings } }) => (
        <PartRow
          key={digest}
          kind="Guardrail"
          name={name}
          digest={digest}
          note={say('manifest-view.in', { mode: DOES[mode], detector, on: on === 'input' ? 'questions' : 'answers' })}
        >
          <Value value={{ on, mode, detector, ...settings }} />
        </PartRow>
      ))}
      {manifest.target && (
        <PartRow kind="Target" name={manifest.target.url} digest={manifest.target.digest} note={manifest.target.kind}>
          <Value value={manifest.target} />
        </PartRow>
      )}
      {manifest.baseline && <FlowRow kind="Baseline" flow={manifest.baseline} />}
      {manifest.datasets.map((dataset) => (
        <PartRow
          key={dataset.digest}
          kind="Dataset"
          name={dataset.name}
          digest={dataset.digest}
          note={say('many.example', { n: dataset.rows })}
        >
          <Value value={dataset.splits} />
        </PartRow>
      ))}
      {manifest.suites.map((suite) => (
        <PartRow
          key={suite.digest}
          kind="Suite"
          name={suite.name}
          digest={suite.digest}
          note={say('manifest-view.decided-by-margin', {
            dataset: suite.dataset,
            primary: suite.primary,
            margin: number(suite.margin),
            fallback: suite.fallback ? say('manifest-view.of-the-fallback', { fallback: suite.fallback }) : '',
            target: suite.target ? say('manifest-view.of-the-target', { target: suite.target }) : '',
          })}
        >
          <p>{say('manifest-view.measured-by', { evaluators: list(suite.evaluators.map(({ use }) => use)) })}</p>
        </PartRow>
      ))}
      {manifest.evaluators.map(({ id, version, judge }) =>
        judge ? (
          <PartRow
            key={judge.digest}
            kind="Judge"
            name={id}
            digest={judge.digest}
            note={
              <>
                <code className="font-mono text-[0.75rem]">{judge.model}</code>{' '}
                {judge.mutable && <Tag tone="text-stale">{say('manifest-view.can-change-under-us')}</Tag>}
              </>
            }
          >
            <p>
              {sayWith('manifest-view.the-evaluator-version-asks-this-model-the', {
                id,
                version,
                mutable: judge.mutable && ` ${judge.mutable}`,
              })}
            </p>
          </PartRow>
        ) : null,
      )}
      {manifest.evaluators.some(({ judge }) => !judge) && (
        <p className="border-t border-line py-2 pl-4 text-muted">
          {say('manifest-view.evaluators', {
            evaluators: list(
              manifest.evaluators.flatMap(({ id, version, judge }) => (judge ? [] : [`${id} version ${version}`])),
            ),
          })}
        </p>
      )}
      <PartRow
        kind="Prices"
        name={manifest.priceBook.name}
        digest={manifest.priceBook.digest}
        note={say('manifest-view.price-book')}
      />
      {manifest.outside.length > 0 && (
        <div className="border-t border-line py-3">
          <p className="font-medium">{say('manifest-view.not-in-the-release')}</p>
          {manifest.outside.map(({ what, why }) => (
            <p key={what} className="prose-width text-muted">
              {what}: {why}
            </p>
          ))}
        </div>
      )}
    </div>
  )
}

/** Of a model that was trained here, whether it is known how. */
function TrainedHere({ model }: { model: string }) {
  const runs = useQuery(trainingRuns({ model })).data?.items ?? []
  // A model that nobody knows any more has no lineage to ask for.
  const { data } = useQuery({ ...modelLineage(model), enabled: runs.length > 0 })
  if (!data?.own) return null
  return (
    <>
      <LineageLead lineage={data} />
      <p className="mb-2">
        <TextLink href={cardHref(model)}>{say('manifest-view.how-it-was-trained')}</TextLink>
      </p>
    </>
  )
}

const DOES = { observe: 'counts', redact: say('manifest-view.takes-out'), block: 'blocks' } as const

const isFallback = ({ flow }: Manifest, name: string): boolean =>
  flow.steps.some((step) => step.use === 'generate' && step.fallbacks?.includes(name))

const isTarget = ({ flow }: Manifest, name: string): boolean =>
  flow.steps.some((step) => step.use === 'generate' && step.route?.targets.some(({ model }) => model === name))

function FlowRow({ kind, flow }: { kind: string; flow: FlowPart }) {
  return (
    <PartRow kind={kind} name={flow.name} digest={flow.digest} note={flow.steps.map(({ use }) => use).join(' → ')}>
      <ol className="flex flex-col gap-3">
        {flow.steps.map(({ id, use, ...settings }, index) => (
          <li key={id}>
            <span className="text-faint">{index + 1}.</span> <strong>{id}</strong>{' '}
            <span className="text-muted">{use}</span>
            <div className="mt-1 pl-4">{Object.keys(settings).length > 0 && <Value value={settings} />}</div>
          </li>
        ))}
      </ol>
    </PartRow>
  )
}

function PartRow({
  kind,
  name,
  digest,
  note,
  children,
}: {
  kind: string
  name: string
  digest: string
  note: ReactNode
  children?: ReactNode
}) {
  const head = (
    <span className="grid min-h-9 w-full grid-cols-[5.5rem_minmax(0,1fr)_auto] items-center gap-x-3 md:grid-cols-[5.5rem_minmax(8rem,16rem)_1fr_auto]">
      <span className="text-muted">{kind}</span>
      <span className="truncate font-medium">{name}</span>
      <span className="hidden truncate text-muted md:block">{note}</span>
      {children ? <ShortDigest value={digest} /> : <Digest value={digest} />}
    </span>
  )
  if (!children) return <div className="border-t border-line pl-4 first:border-0">{head}</div>
  return (
    <details className="group border-t border-line first:border-0">
      <summary className="flex list-none items-center rounded before:w-4 before:shrink-0 before:text-faint before:content-['▸'] group-open:before:content-['▾']">
        {head}
      </summary>
      <div className="max-w-full pt-1 pb-4 pl-4 md:pl-[6.5rem]">
        <p className="mb-2">
          <Digest value={digest} />
        </p>
        {children}
      </div>
    </details>
  )
}
