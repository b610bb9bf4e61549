/** Upkeep of all applications: what has to be done by which day. */
import { useQuery } from '@tanstack/react-query'
import { Lead, Page } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { CalendarFile, EntryList, leadOf } from './entry-list.tsx'
import { upkeep } from './queries.ts'

export function AllUpkeepPage() {
  const query = useQuery(upkeep())
  return (
    <Page title={say('all-upkeep.upkeep')} actions={<CalendarFile />}>
      <Loaded query={query}>
        {({ items }) => (
          <>
            <Lead>{leadOf(items)}</Lead>
            <EntryList items={items} withApplication />
          </>
        )}
      </Loaded>
    </Page>
  )
}
