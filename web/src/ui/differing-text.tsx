/** A text with the words marked that another text does not have in this place. */
import { differingWords } from '../data/differing-words.ts'
import { keyed } from '../data/keyed.ts'

export function DifferingText({ text, other, tone }: { text: string; other: string; tone: string }) {
  return (
    <p className="prose-width text-prose break-words whitespace-pre-wrap">
      {keyed(differingWords(text, other), ({ words }) => words).map(({ key, item: { words, differs } }) =>
        differs ? (
          <mark key={key} className={tone}>
            {words}
          </mark>
        ) : (
          words
        ),
      )}
    </p>
  )
}
