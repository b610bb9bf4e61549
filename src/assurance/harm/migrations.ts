/** Tables of harm tests: answers that rules could not tell, and what people said of them. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const harmMigrations: SliceMigrations = {
  slice: 'assurance-harm',
  steps: [
    migration(
      '001-harm',
      `create table harm_answers (
        run text not null, at int not null, organisation text not null, application text not null,
        release text not null, side text not null, "group" text not null, framing text, about text not null,
        digest text not null, outcome text not null, asked text not null, answer text not null, is_cut boolean not null,
        trace text not null, judged jsonb, created_at timestamptz not null, primary key (run, at))`,
      `create index harm_answers_of_release on harm_answers (organisation, release, side, digest)`,
      `create index harm_answers_by_age on harm_answers (organisation, application, created_at)`,
      `create table harm_decisions (
        organisation text not null, application text not null, side text not null, digest text not null,
        verdict text not null, "by" text not null, at timestamptz not null,
        primary key (organisation, application, side, digest))`,
    ),
  ],
}
