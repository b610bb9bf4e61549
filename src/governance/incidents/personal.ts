/** What incidents keep of people: words. The record stays, as laws ask for it; what names the person in it is replaced. */
import { blanked, mentions } from '../../core/data-subject.ts'
import type { Database } from '../../store/database.ts'
import type { PersonalPlace } from '../../store/personal-data.ts'
import { rowsPlace } from '../person-place.ts'
import { changeIncident, listIncidents } from './store.ts'

const MOST = 100_000

export const incidentPlaces = (db: Database, organisation: string): PersonalPlace[] => [
  rowsPlace({
    db,
    name: 'incidents',
    fate: 'replace',
    find: async (sought) =>
      (await listIncidents(db, organisation, {}, { limit: MOST })).filter(
        (one) => one.createdAt < sought.before && mentions(sought, wordsOf(one)),
      ),
    applicationOf: ({ application }) => application,
    act: (tx, row, sought) => changeIncident(tx, { ...row, ...blanked(wordsOf(row), sought) }),
  }),
]

/** Ids of people who work here stay, as the timeline says who did what. */
const wordsOf = ({
  title,
  description,
  affected,
  cause,
  owner,
  timeline,
  reports,
}: Parameters<typeof changeIncident>[1]) => ({
  ...{ title, description, affected, cause, owner, timeline, reports },
})
