/** What the quarantine and the profiles of imported files keep of people. The rows of versions are blobs, which are looked through as contents. */
import { mentions, type Sought } from '../../core/data-subject.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import { likePatterns, type PersonalPlace } from '../../store/personal-data.ts'
import { changeImportedFile, listPersonImportedFiles, listPersonQuarantined, removeQuarantined } from './store.ts'

export function quarantinePlace(db: Database): PersonalPlace {
  const theirs = async (sought: Sought) =>
    (await listPersonQuarantined(db, { patterns: likePatterns(sought), before: sought.before })).filter(
      ({ text, example }) => mentions(sought, [text, example]),
    )
  return {
    name: 'quarantined rows',
    async *find(sought) {
      for (const { text } of await theirs(sought)) yield { fate: 'remove', application: null, content: text }
    },
    async remove(sought, count) {
      for (const { id } of await theirs(sought))
        await inTransaction(db, async (tx) => {
          await removeQuarantined(tx, id)
          await count(tx, 'remove', 1)
        })
    },
  }
}

/** Values that a profile shows as examples, and names of files; what was counted stays. */
export function importedFilesPlace(db: Database): PersonalPlace {
  const theirs = async (sought: Sought) =>
    (await listPersonImportedFiles(db, { patterns: likePatterns(sought), before: sought.before })).filter(
      ({ file, profile }) => mentions(sought, [file, profile]),
    )
  return {
    name: 'profiles of imported files',
    async *find(sought) {
      for (const { file, profile } of await theirs(sought))
        yield { fate: 'replace', application: null, content: [file, profile] }
    },
    async remove(sought, count) {
      for (const { id, file, profile } of await theirs(sought))
        await inTransaction(db, async (tx) => {
          await changeImportedFile(tx, id, {
            file: mentions(sought, [file]) ? '(no longer kept)' : file,
            profile: {
              ...profile,
              fields: profile.fields
                .filter(({ name }) => !mentions(sought, [name]))
                .map((one) => ({ ...one, examples: [] })),
              quarantined: profile.quarantined.filter(({ message, field }) => !mentions(sought, [message, field])),
            },
          })
          await count(tx, 'replace', 1)
        })
    },
  }
}
