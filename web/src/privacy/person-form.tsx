/** Names a person: for a copy of what is kept, or for a list of what deletion would take. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { Button } from '../ui/button.tsx'
import { TextArea, TextField } from '../ui/field.tsx'
import { Section } from '../ui/page.tsx'
import { Trouble } from '../ui/states.tsx'

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
    <Section title="A person asks" note="for a copy of what is kept about them, or for its deletion">
      <form
        className="prose-width flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          list.mutate()
        }}
      >
        <TextField
          label="User"
          value={user}
          onChange={setUser}
          hint="The id by which your requests name this person, if they do."
        />
        <TextArea
          label="Identifiers"
          value={identifiers}
          onChange={setIdentifiers}
          hint="Exact texts that name the person, one a line: an e-mail address, a customer number. They are looked for in everything that was said."
        />
        <div className="flex flex-wrap gap-2">
          <Button disabled={!isNamed} busy={copy.isPending} onClick={() => copy.mutate()}>
            Download a copy
          </Button>
          <Button type="submit" tone="primary" disabled={!isNamed} busy={list.isPending}>
            List what deletion would take
          </Button>
        </div>
        {(copy.error ?? list.error) && <Trouble failure={copy.error ?? list.error} />}
      </form>
    </Section>
  )
}
