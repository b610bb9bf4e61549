/** Names a person: for a copy of what is kept, or for a list of what deletion would take. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { Button } from '../ui/button.tsx'
import { TextArea, TextField } from '../ui/field.tsx'
import { Section } from '../ui/page.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'

export function PersonForm() {
  const [user, setUser] = useState('')
  const [identifiers, setIdentifiers] = useState('')
  const cache = useQueryClient()
  const body = {
    ...(user.trim() !== '' && { user: user.trim() }),
    identifiers: identifiers
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  }
  const isNamed = body.user !== undefined || body.identifiers.length > 0
  const list = useMutation({
    mutationFn: () => client.proposeDeletion({ body }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['deletion'] }),
  })
  const copy = useMutation({
    mutationFn: async () => {
      const answer = await client.exportPersonalData({ body })
      const place = URL.createObjectURL(await answer.blob())
      const link = document.createElement('a')
      link.href = place
      link.download = 'personal-data.jsonl'
      link.click()
      URL.revokeObjectURL(place)
    },
  })
  return (
    <Section title={say('person-form.a-person-asks')} note={say('person-form.for-a-copy-of-what-is-kept')}>
      <form
        className="prose-width flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          list.mutate()
        }}
      >
        <TextField
          label={say('person-form.user')}
          value={user}
          onChange={setUser}
          hint={say('person-form.the-id-by-which-your-requests-name')}
        />
        <TextArea
          label={say('person-form.identifiers')}
          value={identifiers}
          onChange={setIdentifiers}
          hint={say('person-form.exact-texts-that-name-the-person-one')}
        />
        <div className="flex flex-wrap gap-2">
          <Button disabled={!isNamed} busy={copy.isPending} onClick={() => copy.mutate()}>
            {say('person-form.download-a-copy')}
          </Button>
          <Button type="submit" tone="primary" disabled={!isNamed} busy={list.isPending}>
            {say('person-form.list-what-deletion-would-take')}
          </Button>
        </div>
        {(copy.error ?? list.error) && <Trouble failure={copy.error ?? list.error} />}
      </form>
    </Section>
  )
}
