/** The prompts of an application: how often each changed, where it is live, and what lint says of it. */
import { useQuery } from '@tanstack/react-query'
import { blueprint, releases, useMay } from '../data/queries.ts'
import { Ago, Command } from '../ui/bits.tsx'
import { ButtonLink, TextLink } from '../ui/button.tsx'
import { Page, Section } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { promptCrumbs } from './crumbs.ts'
import { Labels } from './labels.tsx'
import { promptFindings, prompts, tunings } from './queries.ts'
import { StartTuning } from './start-tuning.tsx'

export function PromptsPage({ name }: { name: string }) {
  const may = useMay()
  const frozen = useQuery(prompts(name))
  const files = useQuery(blueprint(name)).data?.files ?? {}
  const findings = useQuery({ ...promptFindings(name), enabled: may('build'), retry: false }).data?.items ?? []
  const newest = useQuery(releases(name)).data?.items[0]?.id
  const tried = useQuery(tunings(name)).data?.items ?? []
  const written = Object.keys(files).flatMap((path) => /^prompts\/([^_/][^/]*)\.prompt$/.exec(path)?.[1] ?? [])
  return (
    <Page
      title={say('prompts.prompts')}
      crumbs={promptCrumbs(name)}
      actions={may('build') && newest && <StartTuning name={name} newest={newest} />}
    >
      <Loaded query={frozen} rows={4}>
        {({ items }) => {
          const names = [...new Set([...written, ...items.map((one) => one.name)])].sort()
          if (names.length === 0)
            return (
              <Empty
                title={say('prompts.no-prompt-yet')}
                command={<Command text={`airworthy prompts list ${name}`} />}
                action={
                  <ButtonLink href={`/applications/${name}/blueprint`}>{say('prompts.open-the-blueprint')}</ButtonLink>
                }
              >
                {say('prompts.files-under-prompts-that-end-in-prompt')}
              </Empty>
            )
          return (
            <Section title={say('prompts.all')} count={names.length}>
              <table className="data-table">
                <thead>
                  <tr>
                    <th scope="col">{say('prompts.prompt')}</th>
                    <th scope="col">{say('prompts.versions')}</th>
                    <th scope="col">{say('prompts.live-in')}</th>
                    <th scope="col">{say('prompts.lint')}</th>
                    <th scope="col" className="wide">
                      {say('prompts.frozen')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {names.map((prompt) => {
                    const kept = items.find((one) => one.name === prompt)
                    const said = findings.filter((one) => one.prompt === prompt)
                    return (
                      <tr key={prompt}>
                        <td className="break-words">
                          <TextLink href={`/applications/${name}/prompts/${prompt}`}>{prompt}</TextLink>
                        </td>
                        <td>{kept?.versions ?? <span className="text-muted">{say('prompts.not-frozen')}</span>}</td>
                        <td>
                          <Labels labels={kept?.labels ?? []} withVersion />
                        </td>
                        <td>
                          {said.length === 0 ? (
                            <span className="text-muted">{say('prompts.nothing')}</span>
                          ) : (
                            said.length
                          )}
                        </td>
                        <td className="wide text-muted">{kept && <Ago at={kept.latest.at} />}</td>
                      </tr>
                    )
                  })}
                </tbody>
              </table>
            </Section>
          )
        }}
      </Loaded>
      {tried.length > 0 && (
        <Section
          title={say('prompts.tunings')}
          count={tried.length}
          note={say('prompts.variants-of-a-prompt-tried-on-the')}
        >
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">{say('prompts.prompt')}</th>
                <th scope="col">{say('prompts.suite')}</th>
                <th scope="col">{say('prompts.state')}</th>
                <th scope="col">{say('prompts.begun')}</th>
              </tr>
            </thead>
            <tbody>
              {tried.map(({ id, prompt, suite, state, createdAt }) => (
                <tr key={id}>
                  <td>
                    <TextLink href={`/applications/${name}/tunings/${id}`}>{prompt}</TextLink>
                  </td>
                  <td>{suite}</td>
                  <td>{state}</td>
                  <td className="text-muted">
                    <Ago at={createdAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
      )}
    </Page>
  )
}
