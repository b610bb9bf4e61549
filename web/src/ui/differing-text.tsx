/** A text with the words marked that another text does not have in this place. */
import { differingWords } from '../data/differing-words.ts'

export function DifferingText({ text, other, tone }: { text: string; other: string; tone: string }) {
  return (
    <p className="prose-width text-prose break-words whitespace-pre-wrap">
      {differingWords(text, other).map(({ words, differs }, index) =>
        differs ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one fixed text
          <mark key={index} className={tone}>
            {words}
          </mark>
        ) : (
          words
        ),
      )}
    </p>
  )
}
