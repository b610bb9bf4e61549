/** The last step of the guided plan: make an application of it, with its plan filled in. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { client } from '../data/client.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Explained } from '../ui/explained.tsx'
import { TextField } from '../ui/field.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import type { Answers, Idea } from './queries.ts'

const nameOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '')

export function BeginPart({ idea, answers, filled, of }: { idea: Idea; answers: Answers; filled: number; of: number }) {
  const [name, setName] = useState(nameOf(String(answers.title ?? idea.title)))
  const [, go] = useLocation()
  const cache = useQueryClient()
  const begin = useMutation({
    mutationFn: () => client.beginApplication({ params: { id: idea.id }, body: { name } }),
    onSuccess: async () => {
      await Promise.all([
        cache.invalidateQueries({ queryKey: ['idea'] }),
        cache.invalidateQueries({ queryKey: ['application'] }),
      ])
      go(`/applications/${name}/plan`)
    },
  })
  if (idea.application)
    return (
      <ButtonLink tone="primary" href={`/applications/${idea.application}/plan`}>
        {say('begin.open-the-plan-of', { application: idea.application })}
      </ButtonLink>
    )
  return (
    <div className="prose-width flex flex-col gap-4">
      <p>
        {say('begin.you-answered-of-fields', { filled, of })}{' '}
        <Explained text={say('begin-part.this-makes-an-application-with-a-charter')} />
      </p>
      <TextField
        label={say('begin.name-of-the-application')}
        hint={say('begin.lower-case-letters-digits-and-hyphens')}
        value={name}
        onChange={setName}
      />
      {begin.error && <Trouble failure={begin.error} />}
      <div>
        <Button tone="primary" busy={begin.isPending} disabled={name === ''} onClick={() => begin.mutate()}>
          {say('begin.make-the-plan')}
        </Button>
      </div>
    </div>
  )
}
