/** Tables of ideas: each idea, and how it was scored over time. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const ideaMigrations: SliceMigrations = {
  slice: 'governance-ideas',
  steps: [
    migration(
      '001-ideas',
      `create table ideas (
        id text primary key, organisation text not null, title text not null, scores jsonb not null,
        answers jsonb not null, application text, parent text, created_at timestamptz not null,
        created_by text not null, updated_at timestamptz not null)`,
      `create index ideas_of on ideas (organisation, id)`,
      `create table idea_scorings (
        id text primary key, organisation text not null, idea text not null references ideas (id) on delete cascade,
        scores jsonb not null, created_at timestamptz not null, created_by text not null)`,
      `create index idea_scorings_newest on idea_scorings (idea, id desc)`,
    ),
    migration('002-idea-origins', `alter table ideas add column origin jsonb`),
  ],
}
