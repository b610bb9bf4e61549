/** A prompt being written: the file, the values that fill it, what a model would get, and what lint says meanwhile. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { client } from '../data/client.ts'
import { useMay } from '../data/queries.ts'
import type { BlueprintFiles } from '../data/shapes.ts'
import { Button } from '../ui/button.tsx'
import { TextArea } from '../ui/field.tsx'
import { Section } from '../ui/page.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { FindingList } from './finding-list.tsx'
import { rendering } from './queries.ts'
import { RenderedView } from './rendered-view.tsx'

const VALUES = `{
  "question": "How long do I have to return something?",
  "passages": [{ "n": 1, "title": "Returns", "text": "Within 30 days." }],
  "history": []
}`

export function PromptEditor({
  name,
  prompt,
  files,
  bytes,
}: {
  name: string
  prompt: string
  files: BlueprintFiles
  bytes: string
}) {
  const path = `prompts/${prompt}.prompt`
  const stored = files[path]
  const [draft, setDraft] = useState<string>()
  const [values, setValues] = useState(VALUES)
  const may = useMay()
  const cache = useQueryClient()
  const text = draft ?? (typeof stored === 'string' ? stored : '')
  const asked = useDeferredValue(text)
  const filled = useDeferredValue(parsed(values))
  const query = useQuery({
    ...rendering({ name, text: asked, values: filled ?? {} }),
    enabled: may('build') && asked.trim() !== '' && filled !== undefined,
  })
  const save = useMutation({
    mutationFn: () =>
      client.putBlueprint({ params: { name }, body: { files: { ...files, [path]: text } } }, { ifMatch: bytes }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['application'] })
      setDraft(undefined)
    },
  })
  if (typeof stored !== 'string')
    return <p className="text-muted">{sayWith('prompt-editor.the-blueprint-as-it-stands-has-no', { path })}</p>
  const isChanged = draft !== undefined && draft !== stored
  return (
    <div className="grid gap-x-8 gap-y-4 md:grid-cols-2">
      <div className="min-w-0">
        <label htmlFor="prompt-text" className="mb-1 block font-medium">
          {path}
        </label>
        <textarea
          id="prompt-text"
          spellCheck={false}
          readOnly={!may('build')}
          value={text}
          rows={18}
          onChange={(event) => setDraft(event.target.value)}
          className="field w-full font-mono text-[0.75rem] leading-5"
        />
        {isChanged && (
          <div className="mt-2 flex flex-wrap items-center gap-3">
            <Button tone="primary" busy={save.isPending} onClick={() => save.mutate()}>
              {say('prompt-editor.save-the-change')}
            </Button>
            <Button onClick={() => setDraft(undefined)}>{say('prompt-editor.undo')}</Button>
            <span className="text-muted">{say('prompt-editor.it-is-a-new-version-when-a')}</span>
          </div>
        )}
        {save.error && <Trouble failure={save.error} />}
        <div className="mt-4">
          <TextArea
            label={say('prompt-editor.values-as-json')}
            rows={6}
            value={values}
            onChange={setValues}
            hint={
              filled === undefined
                ? say('prompt-editor.this-is-not-json-yet')
                : say('prompt-editor.what-a-flow-would-give-it')
            }
          />
        </div>
      </div>
      <div className="min-w-0">
        {may('build') ? (
          <Loaded query={query} rows={8}>
            {({ rendered, findings }) => (
              <>
                <Section title={say('prompt-editor.what-a-model-gets')}>
                  <RenderedView rendered={rendered} />
                </Section>
                <Section title={say('prompt-editor.lint')} count={findings.length}>
                  <FindingList findings={findings} />
                </Section>
              </>
            )}
          </Loaded>
        ) : (
          <p className="text-muted">{say('prompt-editor.rendering-and-lint-take-the-permission-to')}</p>
        )}
      </div>
    </div>
  )
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
