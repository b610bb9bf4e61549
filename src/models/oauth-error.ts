/** The code that OAuth gives (RFC 6749 §5.2), after a blank; the sentence beside it may say back what was sent, so it is left out. */
export function oauthErrorIn(text: string): string {
  const code = /"error"\s*:\s*"([\w.-]{1,60})"/.exec(text)?.[1]
  return code === undefined ? '' : ` ${code}`
}
