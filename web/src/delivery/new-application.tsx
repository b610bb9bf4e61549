/** Begins an application from a template. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { client } from '../data/client.ts'
import { templates } from '../data/queries.ts'
import { Command } from '../ui/bits.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'

/** It asks what exists on a page of its own. */
const BRING = 'bring-your-own'

export function NewApplication({ onClose }: { onClose: () => void }) {
  const { data } = useQuery(templates)
  const [name, setName] = useState('')
  const [template, setTemplate] = useState('support-assistant')
  const [, navigate] = useLocation()
  const cache = useQueryClient()
  const create = useMutation({
    mutationFn: () => client.createApplication({ body: { name, template } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['application'] })
      navigate(`/applications/${name}`)
    },
  })
  return (
    <Dialog title={say('new-application.new-application')} onClose={onClose}>
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          create.mutate()
        }}
      >
        <TextField
          label={say('new-application.name')}
          value={name}
          onChange={setName}
          required
          hint={say('new-application.small-letters')}
        />
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 font-medium">{say('new-application.begin-with')}</legend>
          {data?.items.map((one) => (
            <label
              key={one.name}
              className="flex gap-3 rounded border border-line p-3 has-checked:border-accent has-checked:bg-accent-soft"
            >
              <input
                type="radio"
                name="template"
                className="mt-1 accent-(--accent)"
                value={one.name}
                checked={template === one.name}
                onChange={() => setTemplate(one.name)}
              />
              <span>
                <span className="font-medium">{one.title}</span>
                <br />
                <span className="text-muted">{one.description}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {create.error && <Trouble failure={create.error} />}
        <div className="flex flex-wrap items-center gap-3">
          {template === BRING ? (
            <ButtonLink tone="primary" href="/bring-your-own">
              {say('new-application.say-what-exists')}
            </ButtonLink>
          ) : (
            <Button type="submit" tone="primary" busy={create.isPending}>
              {say('new-application.create')}
            </Button>
          )}
          <Command text={`npx airworthy init ${template} ${name || 'my-app'}`} />
        </div>
      </form>
    </Dialog>
  )
}
