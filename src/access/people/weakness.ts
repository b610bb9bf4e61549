/** What a new password must not be. Length is what counts; nobody is made to mix signs or to change it by the calendar. */
export const LEAST_CHARACTERS = 12
const MOST_CHARACTERS = 256
const LEAST_DIFFERENT = 5

/** Why a password is refused, as a sentence; undefined when it is good enough. */
export function weaknessOf(
  password: string,
  { signInName, name }: { signInName: string; name: string },
): string | undefined {
  const characters = [...password.normalize('NFKC')]
  if (characters.length < LEAST_CHARACTERS)
    return `Use at least ${LEAST_CHARACTERS} characters; this has ${characters.length}. Four words that have nothing to do with each other are easy to remember.`
  if (characters.length > MOST_CHARACTERS) return `Use at most ${MOST_CHARACTERS} characters.`
  if (new Set(characters).size < LEAST_DIFFERENT)
    return 'This repeats a few characters. Use something that is harder to guess.'
  const plain = password.toLowerCase()
  const own = `${signInName} ${name} airworthy`.toLowerCase().split(/[^\p{L}]+/u)
  const rest = [...own.filter((word) => word.length >= 3), ...COMMON]
    .reduce((text, word) => text.replaceAll(word, ''), plain)
    .replace(/[^\p{L}]/gu, '')
  // What is left of it without the words that everybody tries first.
  if (rest.length < 4) return 'This is made of words and rows of keys that are tried first. Use something else.'
  return undefined
}

const COMMON = [
  'password',
  'passwort',
  'welcome',
  'letmein',
  'qwertyuiop',
  'qwerty',
  'qwertz',
  'azerty',
  'asdfghjkl',
  'zxcvbnm',
  'abcdefghijklmnopqrstuvwxyz',
  'abcdef',
  'iloveyou',
  'administrator',
  'admin',
  'changeme',
  'secret',
  'monkey',
  'dragon',
  'football',
  'sunshine',
  'princess',
]
