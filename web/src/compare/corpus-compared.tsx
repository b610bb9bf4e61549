/** Arms in BLEU, chrF and ROUGE over all their answers. They are read when somebody asks for them: not every answer is prose. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ArmsComparison } from '../../../sdk/index.ts'
import { CorpusMatrix } from '../evals/corpus-matrix.tsx'
import { Button } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { corpusComparison } from './queries.ts'

export function CorpusCompared({ found, labels }: { found: ArmsComparison; labels: ReadonlyMap<string, string> }) {
  const [isAsked, setAsked] = useState(false)
  const query = useQuery({
    ...corpusComparison(
      found.arms.map(({ id }) => id),
      found.reference,
    ),
    enabled: isAsked,
  })
  return (
    <Section
      title={say('corpus-compared.over-the-whole-corpus')}
      note={say('corpus-compared.bleu-chrf-rouge-p-by-shuffling-pairs')}
    >
      {!isAsked && <Button onClick={() => setAsked(true)}>{say('corpus-compared.count-all-answers-together')}</Button>}
      {isAsked && (
        <Loaded query={query} rows={5}>
          {(compared) => <CorpusMatrix found={compared} label={(arm) => labels.get(arm) ?? arm} />}
        </Loaded>
      )}
    </Section>
  )
}
