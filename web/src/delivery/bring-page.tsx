/** An application that exists already: what there is, what becomes of it, and where on the path that puts it. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useLocation } from 'wouter'
import type { Brought } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { many } from '../data/format.ts'
import { Command } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Choice, TextField } from '../ui/field.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Said } from '../ui/said.tsx'
import { Trouble } from '../ui/states.tsx'

const CRUMBS = [{ label: 'Applications', href: '/applications' }]
const KINDS = [
  ['none', 'nowhere yet: there are prompts alone'],
  ['openai', 'at an OpenAI-compatible address'],
  ['http', 'at an address of its own'],
] as const

type Form = {
  name: string
  description: string
  kind: 'none' | 'openai' | 'http'
  url: string
  model: string
  credential: string
}
const EMPTY: Form = { name: '', description: '', kind: 'none', url: '', model: '', credential: '' }

export function BringPage() {
  const [form, setForm] = useState(EMPTY)
  const [prompts, setPrompts] = useState<readonly File[]>([])
  const [promptfoo, setPromptfoo] = useState<readonly File[]>([])
  const [cases, setCases] = useState<readonly File[]>([])
  const [sheets, setSheets] = useState<readonly File[]>([])
  const set = (part: keyof Form) => (value: string) => setForm({ ...form, [part]: value })
  const look = useMutation({
    mutationFn: async () =>
      client.bringExisting({
        body: {
          description: form.description,
          ...answering(form),
          prompts: await textsOf(prompts),
          promptfoo: await textsOf(promptfoo),
          ...(cases[0] && !isWorkbook(cases[0]) && { cases: { file: cases[0].name, content: await cases[0].text() } }),
          sheets: await Promise.all([...cases.filter(isWorkbook), ...sheets].map(sheetOf)),
        },
      }),
  })
  return (
    <Page title="Bring your own" crumbs={CRUMBS}>
      <Lead>Say what exists already. Nothing is kept before you have seen what becomes of it.</Lead>
      <div className="grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-2">
        <form
          className="flex flex-col gap-5"
          onSubmit={(event) => {
            event.preventDefault()
            look.mutate()
          }}
        >
          <TextField
            label="Name"
            hint="Lower-case letters, digits and hyphens, for example support-assistant."
            value={form.name}
            onChange={set('name')}
            required
          />
          <TextField label="What does it do?" value={form.description} onChange={set('description')} />
          <Choice label="Where does it answer today?" value={form.kind} onChange={set('kind')} options={KINDS} />
          {form.kind !== 'none' && (
            <>
              <TextField
                label="Address"
                type="url"
                required
                hint={
                  form.kind === 'openai'
                    ? 'Up to /v1, for example http://127.0.0.1:8000/v1.'
                    : 'It takes {"messages": […]} and answers {"answer": "…"}.'
                }
                value={form.url}
                onChange={set('url')}
              />
              <TextField
                label="Name of its credential"
                hint="A provider whose key is stored here, or a variable of the server. Never the key itself. Empty: none."
                value={form.credential}
                onChange={set('credential')}
              />
            </>
          )}
          {form.kind !== 'http' && (
            <TextField
              label="Model"
              hint={
                form.kind === 'openai'
                  ? 'What it is called there.'
                  : 'What the prompts are asked with, as provider/model. Empty: a placeholder repeats the question.'
              }
              value={form.model}
              onChange={set('model')}
            />
          )}
          <Files
            label="Prompts"
            hint="Files that end in .prompt, .txt, .md, or messages as .json."
            accept=".prompt,.txt,.md,.json"
            onChange={setPrompts}
            several
          />
          <Files
            label="A promptfoo project"
            hint="promptfooconfig.yaml and the files that it names."
            accept=".yaml,.yml,.txt,.md,.csv,.json,.jsonl"
            onChange={setPromptfoo}
            several
          />
          <Files
            label="Questions, best with answers"
            hint="CSV, JSON lines, .xlsx, or a file of promptfoo, OpenAI evals, MLflow or Hugging Face."
            accept=".csv,.tsv,.jsonl,.ndjson,.json,.yaml,.yml,.xlsx"
            onChange={setCases}
          />
          <Files
            label="Spreadsheets you plan in"
            hint="Risks, a roadmap or resources, as .xlsx or CSV. Each sheet is known by its columns."
            accept=".csv,.xlsx"
            onChange={setSheets}
            several
          />
          {look.error && <Trouble failure={look.error} />}
          <div className="flex flex-wrap items-center gap-3">
            <Button type="submit" tone={look.data ? 'plain' : 'primary'} busy={look.isPending}>
              See where that stands
            </Button>
            <Command text={`npx airworthy init bring-your-own ${form.name || 'my-app'}`} />
          </div>
        </form>
        {look.data && <Found name={form.name} brought={look.data} />}
      </div>
    </Page>
  )
}

function Found({ name, brought }: { name: string; brought: Brought }) {
  const { files, unsupported, says, stations } = brought
  const [, go] = useLocation()
  const cache = useQueryClient()
  const create = useMutation({
    mutationFn: () => client.createApplication({ body: { name, files } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['application'] })
      go(`/applications/${name}`)
    },
  })
  return (
    <div aria-live="polite">
      <Section title="Where that stands">
        <p className="prose-width mb-3">{says}</p>
        <ol>
          {stations.map(({ id, title, isThere, says: found, next }) => (
            <li key={id} className="flex gap-3 border-t border-line py-2 first:border-0">
              <span className={`w-12 shrink-0 ${isThere ? 'text-pass' : 'text-stale'}`}>
                {isThere ? 'there' : 'to do'}
              </span>
              <span className="min-w-0">
                <span className="font-medium">{title}.</span> {found}
                {next && (
                  <span className="block text-muted">
                    <Said text={next} />
                  </span>
                )}
              </span>
            </li>
          ))}
        </ol>
      </Section>
      {unsupported.length > 0 && (
        <Section title="Without an equivalent" count={unsupported.length} note="nothing is left out silently">
          <ul className="flex flex-col gap-1">
            {unsupported.map(({ where, what }) => (
              <li key={`${where} ${what}`} className="break-words">
                <span className="font-mono text-[0.75rem]">{where}</span> <span className="text-muted">{what}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title="The blueprint" note={many(Object.keys(files).length, 'file')}>
        <ul className="mb-4 font-mono text-[0.75rem] text-muted">
          {Object.keys(files).map((path) => (
            <li key={path}>{path}</li>
          ))}
        </ul>
        {create.error && <Trouble failure={create.error} />}
        <Button tone="primary" busy={create.isPending} disabled={name === ''} onClick={() => create.mutate()}>
          Make the application
        </Button>
      </Section>
    </div>
  )
}

function Files({
  label,
  hint,
  accept,
  onChange,
  several = false,
}: {
  label: string
  hint: string
  accept: string
  onChange: (files: readonly File[]) => void
  several?: boolean
}) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <input
        id={id}
        type="file"
        multiple={several}
        accept={accept}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => onChange([...(target.files ?? [])])}
        className="field"
      />
      <p id={`${id}-hint`} className="text-muted">
        {hint}
      </p>
    </div>
  )
}

/** What is sent of where it answers; what is empty is not said. */
function answering({ kind, url, model, credential }: Form) {
  if (kind === 'none') return model === '' ? {} : { model }
  return {
    target: {
      kind,
      url,
      ...(kind === 'openai' && model !== '' && { model }),
      ...(credential !== '' && { credential }),
    },
  }
}

const isWorkbook = ({ name }: File): boolean => /\.xlsx$/i.test(name)

/** A workbook goes as base64, made of a data URL, because a browser has nothing shorter for bytes of any length. */
async function sheetOf(file: File): Promise<{ file: string; content: string }> {
  if (!isWorkbook(file)) return { file: file.name, content: await file.text() }
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })
  return { file: file.name, content: url.slice(url.indexOf(',') + 1) }
}

const textsOf = async (files: readonly File[]): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all(files.map(async (file) => [file.webkitRelativePath || file.name, await file.text()])),
  )
