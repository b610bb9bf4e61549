/** Tables of switches. */
import { type Migration, migration } from '../../store/migrate.ts'

export const switchMigrations: readonly Migration[] = [
  migration(
    '001-switches',
    `create table switches (
      organisation text not null, kind text not null, name text not null, reason text not null,
      off_by text not null, off_at timestamptz not null, primary key (organisation, kind, name))`,
  ),
]
