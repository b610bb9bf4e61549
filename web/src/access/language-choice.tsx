/** In which language pages and plans speak to me; a change begins the page anew, because pages keep what they said. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { client } from '../data/client.ts'
import { say } from '../words/say.ts'

export function LanguageChoice() {
  const { data } = useQuery({ queryKey: ['language'], queryFn: () => client.getLanguage() })
  const choose = useMutation({
    mutationFn: (language: string | null) => client.setLanguage({ body: { language } }),
    onSuccess: () => window.location.reload(),
  })
  if (!data) return null
  return (
    <select
      aria-label={say('language-choice.language')}
      value={data.own ?? ''}
      disabled={choose.isPending}
      onChange={({ target: { value } }) => choose.mutate(value === '' ? null : value)}
      className="field w-auto"
    >
      <option value="">{say('language-choice.as-the-browser-asks')}</option>
      {data.languages.map(({ language, name }) => (
        <option key={language} value={language} lang={language}>
          {name}
        </option>
      ))}
    </select>
  )
}
