/** Why an answer was given: in sentences, then every step, then the walk from a passage to the licence of its file. */
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { Explanation } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { money } from '../data/format.ts'
import { keyed } from '../data/keyed.ts'
import { Digest, LongText } from '../ui/bits.tsx'
import { Page, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { ReleaseTag } from './release-tag.tsx'

export function ExplanationPage({ id }: { id: string }) {
  const query = useQuery({
    queryKey: ['trace', id, 'explanation'],
    queryFn: () => client.explainAnswer({ params: { id } }),
  })
  const found = query.data
  return (
    <Page
      title={say('explanation.why-this-answer')}
      crumbs={found ? [{ label: found.application, href: `/applications/${found.application}` }] : []}
      aside={found?.release && <ReleaseTag id={found.release.id} number={found.release.number} />}
    >
      <Loaded query={query} rows={12}>
        {(loaded) => <Body found={loaded} />}
      </Loaded>
    </Page>
  )
}

function Body({ found }: { found: Explanation }) {
  return (
    <>
      <ul className="prose-width mb-6 list-disc pl-5 text-prose">
        {found.words.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      <Section title={say('explanation.asked-and-answered')}>
        <LongText text={found.asked.at(-1)?.content ?? ''} what={say('explanation.question')} />
        <div className="mt-3">
          <LongText text={found.answered} what={say('explanation.answer')} />
        </div>
      </Section>
      <Section title={say('explanation.steps')} count={found.steps.length}>
        <ol className="flex flex-col gap-3">
          {found.steps.map((step) => (
            <li key={step.name}>
              <p>
                <strong>{step.name}</strong>: {step.words}
                {step.error && <span className="text-fail"> {step.error}</span>}
              </p>
              {step.model && (
                <p className="text-muted">
                  {sayWith('explanation.asked-it-said-it-was', {
                    asked: step.model.asked ?? say('explanation.an-unknown-model'),
                    observed: step.model.observed ?? say('explanation.nothing'),
                  })}
                </p>
              )}
              {step.prompt !== null && step.prompt !== undefined && (
                <details>
                  <summary className="rounded text-muted">{say('explanation.what-the-model-was-sent')}</summary>
                  <LongText text={JSON.stringify(step.prompt, null, 2)} what={say('explanation.prompt')} />
                </details>
              )}
            </li>
          ))}
        </ol>
      </Section>
      {found.tools.length > 0 && (
        <Section title={say('explanation.tools')} count={found.tools.length}>
          <ol className="flex flex-col gap-3">
            {keyed(found.tools, ({ name, words }) => `${name} ${words}`).map(({ key, item: tool }) => (
              <li key={key}>
                <p>
                  <strong>{tool.name}</strong>: {tool.words}
                </p>
                {tool.arguments !== null && (
                  <p className="text-muted">
                    {sayWith('explanation.with', {
                      arguments: <code className="break-all font-mono text-[0.8125rem]">{tool.arguments}</code>,
                    })}
                  </p>
                )}
                {tool.result !== null && <LongText text={tool.result} what={say('explanation.result')} />}
              </li>
            ))}
          </ol>
        </Section>
      )}
      {found.passages.length > 0 && (
        <Section title={say('explanation.from-the-answer-to-the-licence')}>
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">{say('explanation.passage')}</th>
                <th scope="col">{say('explanation.file')}</th>
                <th scope="col" className="wide">
                  {say('explanation.source')}
                </th>
                <th scope="col">{say('explanation.prepared-by')}</th>
                <th scope="col">{say('explanation.licence')}</th>
              </tr>
            </thead>
            <tbody>
              {found.passages.map((passage) => (
                <tr key={passage.id}>
                  <td title={passage.text ?? say('explanation.no-longer-in-the-index')}>
                    {passage.title || passage.id}
                    {passage.cited && <span className="text-muted"> {say('explanation.named')}</span>}
                  </td>
                  <td className="break-all">{passage.file}</td>
                  <td className="wide">{passage.source ?? say('explanation.not-in-the-inventory')}</td>
                  <td>{passage.prepared ?? <span className="text-muted">{say('explanation.not-said')}</span>}</td>
                  <td>{passage.licence ?? <span className="text-stale">{say('explanation.not-known')}</span>}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {found.passages[0]?.index && (
            <p className="mt-2 text-muted">
              {sayWith('explanation.index', { digest: <Digest value={found.passages[0].index} /> })}
            </p>
          )}
        </Section>
      )}
      <p className="mt-6 text-muted">
        {found.costMicroUsd === null ? say('explanation.the-price-is-not-known') : money(found.costMicroUsd)}{' '}
        <Link href={`/traces/${found.trace}`} className="rounded underline">
          {say('explanation.its-trace')}
        </Link>
      </p>
    </>
  )
}
