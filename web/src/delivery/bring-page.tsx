/** An application that exists already: what there is, what becomes of it, and where on the path that puts it. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useLocation } from 'wouter'
import type { Brought } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { Command } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Choice, TextField } from '../ui/field.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Said } from '../ui/said.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'

const CRUMBS = [{ label: say('bring.applications'), href: '/applications' }]
const KINDS = [
  ['none', say('bring.nowhere-yet')],
  ['openai', say('bring.at-an-openai-address')],
  ['http', say('bring.at-its-own-address')],
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
    <Page title={say('bring.bring-your-own')} crumbs={CRUMBS}>
      <Lead>{say('bring.say-what-exists-already')}</Lead>
      <div className="grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-2">
        <form
          className="flex flex-col gap-5"
          onSubmit={(event) => {
            event.preventDefault()
            look.mutate()
          }}
        >
          <TextField
            label={say('bring.name')}
            hint={say('bring.small-letters')}
            value={form.name}
            onChange={set('name')}
            required
          />
          <TextField label={say('bring.what-does-it-do')} value={form.description} onChange={set('description')} />
          <Choice label={say('bring.where-does-it-answer')} value={form.kind} onChange={set('kind')} options={KINDS} />
          {form.kind !== 'none' && (
            <>
              <TextField
                label={say('bring.address')}
                type="url"
                required
                hint={form.kind === 'openai' ? say('bring.up-to-v1') : say('bring.it-takes-and-answers')}
                value={form.url}
                onChange={set('url')}
              />
              <TextField
                label={say('bring.name-of-its-credential')}
                hint={say('bring.never-the-key-itself')}
                value={form.credential}
                onChange={set('credential')}
              />
            </>
          )}
          {form.kind !== 'http' && (
            <TextField
              label={say('bring.model')}
              hint={
                form.kind === 'openai'
                  ? say('bring.what-it-is-called-there')
                  : say('bring.what-the-prompts-are-asked-with')
              }
              value={form.model}
              onChange={set('model')}
            />
          )}
          <Files
            label={say('bring.prompts')}
            hint={say('bring.files-that-end-in')}
            accept=".prompt,.txt,.md,.json"
            onChange={setPrompts}
            several
          />
          <Files
            label={say('bring.a-promptfoo-project')}
            hint={say('bring.promptfooconfig')}
            accept=".yaml,.yml,.txt,.md,.csv,.json,.jsonl"
            onChange={setPromptfoo}
            several
          />
          <Files
            label={say('bring.questions-best-with-answers')}
            hint={say('bring.files-of-questions')}
            accept=".csv,.tsv,.jsonl,.ndjson,.json,.yaml,.yml,.xlsx"
            onChange={setCases}
          />
          <Files
            label={say('bring.spreadsheets-you-plan-in')}
            hint={say('bring.risks-a-roadmap-or-resources')}
            accept=".csv,.xlsx"
            onChange={setSheets}
            several
          />
          {look.error && <Trouble failure={look.error} />}
          <div className="flex flex-wrap items-center gap-3">
            <Button type="submit" tone={look.data ? 'plain' : 'primary'} busy={look.isPending}>
              {say('bring.see-where-that-stands')}
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
      <Section title={say('bring.where-that-stands')}>
        <p className="prose-width mb-3">{says}</p>
        <ol>
          {stations.map(({ id, title, isThere, says: found, next }) => (
            <li key={id} className="flex gap-3 border-t border-line py-2 first:border-0">
              <span className={`w-12 shrink-0 ${isThere ? 'text-pass' : 'text-stale'}`}>
                {isThere ? say('bring.there') : say('bring.to-do')}
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
        <Section
          title={say('bring.without-an-equivalent')}
          count={unsupported.length}
          note={say('bring.nothing-is-left-out')}
        >
          <ul className="flex flex-col gap-1">
            {unsupported.map(({ where, what }) => (
              <li key={`${where} ${what}`} className="break-words">
                <span className="font-mono text-[0.75rem]">{where}</span> <span className="text-muted">{what}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={say('bring.the-blueprint')} note={say('many.file', { n: Object.keys(files).length })}>
        <ul className="mb-4 font-mono text-[0.75rem] text-muted">
          {Object.keys(files).map((path) => (
            <li key={path}>{path}</li>
          ))}
        </ul>
        {create.error && <Trouble failure={create.error} />}
        <Button tone="primary" busy={create.isPending} disabled={name === ''} onClick={() => create.mutate()}>
          {say('bring.make-the-application')}
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
