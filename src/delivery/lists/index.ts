/** What lists ask about many applications at once. */
export {
  type ApplicationMark,
  findApplicationMarks,
  findApplications,
  listApplicationMarks,
  listDocument,
  listNewestReleases,
  listReleaseMarks,
  listWaiversOf,
  type ReleaseMark,
} from './store.ts'
