/**
 * Regular expressions that somebody else wrote and that run on every answer, so they may not be able to explode: no
 * repetition without an end, no repeated group that can match in two ways, and few ways to match in all.
 *
 * Invariant: a pattern that is `safe` takes at most `MOST_WAYS` times its longest match at each place of a text, and
 * nothing that it matches is longer than `longest`, so that a stream knows how much it has to hold back. Pure.
 */

/** `longest` and `shortest` are UTF-16 units of a match. */
export type PatternVerdict =
  | { readonly kind: 'safe'; readonly longest: number; readonly shortest: number }
  | { readonly kind: 'refused'; readonly why: string }

const LONGEST_PATTERN = 500
const LONGEST_MATCH = 500
const MOST_WAYS = 10_000

export function verdictOnPattern(pattern: string): PatternVerdict {
  if (pattern.length > LONGEST_PATTERN) return refused(`a pattern has at most ${LONGEST_PATTERN} characters`)
  try {
    new RegExp(pattern, 'u')
  } catch (thrown) {
    return refused(`it is no regular expression: ${(thrown as Error).message}`)
  }
  try {
    const { longest, shortest, ways } = new Reader(pattern).alternatives()
    if (shortest === 0) return refused('it matches nothing at all, and so it would match everywhere')
    if (longest > LONGEST_MATCH)
      return refused(`it can match ${longest} characters; at most ${LONGEST_MATCH} are looked at`)
    if (ways > MOST_WAYS) return refused('it can match in too many ways; narrow its repetitions')
    return { kind: 'safe', longest, shortest }
  } catch (thrown) {
    if (thrown instanceof Refusal) return refused(thrown.message)
    throw thrown
  }
}

const refused = (why: string): PatternVerdict => ({ kind: 'refused', why })

class Refusal extends Error {}

/** What a piece of a pattern matches: how much, and in how many ways. */
type Piece = { readonly longest: number; readonly shortest: number; readonly ways: number }

const NOTHING: Piece = { longest: 0, shortest: 0, ways: 1 }
const one = (longest: number): Piece => ({ longest, shortest: 1, ways: 1 })
/** Escapes that stand for one UTF-16 unit; the others may stand for a pair. */
const NARROW = /^[dwstnrvf0]/

/** Reads a pattern that the engine has accepted (with the flag `u`), from the left. */
class Reader {
  readonly #pattern: string
  #at = 0

  constructor(pattern: string) {
    this.#pattern = pattern
  }

  alternatives(): Piece {
    let all = this.#sequence()
    while (this.#take('|')) {
      const other = this.#sequence()
      all = {
        longest: Math.max(all.longest, other.longest),
        shortest: Math.min(all.shortest, other.shortest),
        ways: all.ways + other.ways,
      }
    }
    return all
  }

  #sequence(): Piece {
    let all = NOTHING
    while (this.#at < this.#pattern.length && !'|)'.includes(this.#pattern.charAt(this.#at))) {
      const piece = this.#repeated(this.#atom())
      all = {
        longest: all.longest + piece.longest,
        shortest: all.shortest + piece.shortest,
        ways: all.ways * piece.ways,
      }
    }
    return all
  }

  #atom(): Piece {
    const character = String.fromCodePoint(this.#pattern.codePointAt(this.#at) ?? 0)
    this.#at += character.length
    if (character === '^' || character === '$')
      throw new Refusal('it looks anywhere in a text, so `^` and `$` have no place in it')
    if (character === '.') return one(2)
    if (character === '\\') return this.#escape()
    if (character === '[') return this.#class()
    if (character !== '(') return one(character.length)
    if (this.#take('?') && !this.#take(':'))
      throw new Refusal('of groups it takes `(…)` and `(?:…)`; looking ahead or back and names are not taken')
    const inner = this.alternatives()
    this.#at += 1
    return inner
  }

  #escape(): Piece {
    const rest = this.#pattern.slice(this.#at)
    const long = /^(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[a-zA-Z])/.exec(rest)?.[0]
    this.#at += long?.length ?? 1
    if (/^[1-9k]/.test(rest)) throw new Refusal('it may not refer back to what it has matched')
    if (/^[bB]/.test(rest)) return NOTHING
    return one(NARROW.test(rest) ? 1 : 2)
  }

  #class(): Piece {
    for (; this.#pattern[this.#at] !== ']'; this.#at += 1) if (this.#pattern[this.#at] === '\\') this.#at += 1
    this.#at += 1
    return one(2)
  }

  #repeated(piece: Piece): Piece {
    const [whole = '', least, more, most] =
      /^(?:[*+?]|\{(\d+)(?:(,)(\d+)?)?\})\??/.exec(this.#pattern.slice(this.#at)) ?? []
    if (whole === '') return piece
    this.#at += whole.length
    if (/^[*+]/.test(whole) || (more !== undefined && most === undefined))
      throw new Refusal(`it repeats without an end (\`${whole}\`); write how often at most, for example \`{1,40}\``)
    const low = whole.startsWith('?') ? 0 : Number(least)
    const high = whole.startsWith('?') ? 1 : Number(most ?? least)
    if (high > 1 && piece.ways > 1)
      throw new Refusal('it repeats a group that can match in more than one way; write it without the repetition')
    return {
      longest: piece.longest * high,
      shortest: piece.shortest * low,
      ways: high > 1 ? high - low + 1 : piece.ways + (low === 0 ? 1 : 0),
    }
  }

  #take(character: string): boolean {
    if (this.#pattern[this.#at] !== character) return false
    this.#at += 1
    return true
  }
}
