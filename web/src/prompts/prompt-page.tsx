/** One prompt: written beside what a model would get of it, with lint; its versions, how they differ, and who uses it. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { blueprint } from '../data/queries.ts'
import { Ago, Digest } from '../ui/bits.tsx'
import { TextLink } from '../ui/button.tsx'
import { Choice, TextField } from '../ui/field.tsx'
import { Page, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { promptCrumbs } from './crumbs.ts'
import { Labels } from './labels.tsx'
import { PromptEditor } from './prompt-editor.tsx'
import { comparison, type PromptVersion, promptVersions } from './queries.ts'
import { PieceText, RenderedView } from './rendered-view.tsx'

export function PromptPage({ name, prompt }: { name: string; prompt: string }) {
  const files = useQuery(blueprint(name))
  const versions = useQuery(promptVersions(name, prompt))
  return (
    <Page
      title={prompt}
      crumbs={[...promptCrumbs(name), { label: say('prompt.prompts'), href: `/applications/${name}/prompts` }]}
    >
      <Loaded query={files} rows={10}>
        {(found) => <PromptEditor name={name} prompt={prompt} files={found.files} bytes={found.bytes} />}
      </Loaded>
      <Loaded query={versions} rows={4}>
        {(of) => (
          <>
            <VersionTable versions={of.versions} />
            {of.versions.length > 1 && <Difference name={name} prompt={prompt} versions={of.versions} />}
            <Section title={say('prompt.where-it-is-used')} count={of.uses.length}>
              {of.uses.length === 0 ? (
                <p className="text-muted">{say('prompt.no-step-of-a-release-that-is')}</p>
              ) : (
                <ul className="flex flex-col gap-1">
                  {of.uses.map(({ release, number, flow, step, model }) => (
                    <li key={`${release}${flow}${step}`}>
                      {sayWith('prompt.step-of-the-sent-to', {
                        link: <TextLink href={`/releases/${release}`}>r{number}</TextLink>,
                        step,
                        flow: flow === 'flow' ? say('prompt.flow') : say('prompt.baseline'),
                        model,
                      })}
                    </li>
                  ))}
                </ul>
              )}
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function VersionTable({ versions }: { versions: readonly PromptVersion[] }) {
  return (
    <Section
      title={say('prompt.versions')}
      count={versions.length}
      note={say('prompt.a-label-follows-the-release-that-is')}
    >
      {versions.length === 0 ? (
        <p className="text-muted">{say('prompt.the-first-version-is-recorded-when-a')}</p>
      ) : (
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">{say('prompt.version')}</th>
              <th scope="col">{say('prompt.live-in')}</th>
              <th scope="col">{say('prompt.releases')}</th>
              <th scope="col">{say('prompt.first-frozen')}</th>
              <th scope="col" className="wide">
                {say('prompt.digest')}
              </th>
            </tr>
          </thead>
          <tbody>
            {versions.map(({ number, labels, releases, at, digest, firstRelease }) => (
              <tr key={digest}>
                <td>v{number}</td>
                <td>
                  <Labels labels={labels} />
                </td>
                <td>{releases.length}</td>
                <td>
                  <TextLink href={`/releases/${firstRelease}`}>
                    <Ago at={at} />
                  </TextLink>
                </td>
                <td className="wide">
                  <Digest value={digest} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  )
}

function Difference({ name, prompt, versions }: { name: string; prompt: string; versions: readonly PromptVersion[] }) {
  const [to, setTo] = useState(String(versions[0]?.number ?? 1))
  const [from, setFrom] = useState(String(versions[1]?.number ?? 1))
  const [question, setQuestion] = useState('')
  const values = question === '' ? {} : { question }
  const query = useQuery(comparison({ name, prompt, from: Number(from), to: Number(to), values }))
  const options = versions.map(({ number }) => [String(number), `v${number}`] as const)
  return (
    <Section title={say('prompt.what-changed')}>
      <div className="mb-3 grid grid-cols-2 gap-x-4 gap-y-3 md:grid-cols-[8rem_8rem_1fr]">
        <Choice label={say('prompt.from')} value={from} onChange={setFrom} options={options} />
        <Choice label={say('prompt.to')} value={to} onChange={setTo} options={options} />
        <div className="col-span-2 md:col-span-1">
          <TextField label={say('prompt.rendered-with-the-question')} value={question} onChange={setQuestion} />
        </div>
      </div>
      <Loaded query={query} rows={6}>
        {({ written, rendered, before, after }) =>
          question === '' ? (
            <PieceText pieces={written} />
          ) : rendered.length > 0 ? (
            <PieceText pieces={rendered} />
          ) : (
            <div className="grid gap-6 md:grid-cols-2">
              <RenderedView rendered={before} />
              <RenderedView rendered={after} />
            </div>
          )
        }
      </Loaded>
    </Section>
  )
}
