/** Where in git the command was given, as tags of a run; nothing outside of a repository. */
import { execFileSync } from 'node:child_process'

export function gitTags(): Record<string, string> {
  const commit = git('rev-parse', 'HEAD')
  if (commit === undefined) return {}
  const branch = git('rev-parse', '--abbrev-ref', 'HEAD')
  const isDirty = git('status', '--porcelain', '--untracked-files=no') !== ''
  return {
    'git.commit': commit,
    ...(branch !== undefined && branch !== 'HEAD' && { 'git.branch': branch }),
    // A commit with changes beside it is not what was measured.
    ...(isDirty && { 'git.dirty': 'true' }),
  }
}

function git(...words: string[]): string | undefined {
  try {
    return execFileSync('git', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return undefined
  }
}
