/** Tables of annotation, forward only. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const annotationMigrations: SliceMigrations = {
  slice: 'evals-annotation',
  steps: [
    migration(
      '001-annotation',
      `create table annotation_queues (
        id text primary key, organisation text not null, application text not null, name text not null,
        data text not null, guidelines text not null, choices jsonb not null, is_ordered boolean not null,
        labels_per_item int not null, annotators jsonb not null, state text not null,
        created_at timestamptz not null, created_by text not null)`,
      `create index annotation_queues_of_application on annotation_queues (organisation, application, id desc)`,
      `create table annotation_items (
        id text primary key, queue text not null references annotation_queues (id), number int not null,
        input text not null, answer text not null, expected text, passages jsonb not null, source jsonb not null,
        adjudicated jsonb)`,
      `create unique index annotation_items_in_order on annotation_items (queue, number)`,
      `create table annotation_labels (
        item text not null references annotation_items (id), queue text not null references annotation_queues (id),
        "by" text not null, value text, comment text not null, took_ms int, at timestamptz not null,
        primary key (item, "by"))`,
      `create index annotation_labels_of_queue on annotation_labels (queue, item)`,
    ),
    migration(
      '002-counts-of-labels',
      `alter table annotation_items add column label_count int not null default 0,
        add column value_count int not null default 0`,
      `update annotation_items i set label_count = l.n, value_count = l.kinds from (
        select item, count(*) as n, count(distinct value) as kinds from annotation_labels group by item) l
        where l.item = i.id`,
      `create index annotation_items_by_labels on annotation_items (queue, label_count, number)`,
      `create index annotation_labels_of_person on annotation_labels (queue, "by", item)`,
    ),
    migration(
      '003-pairs',
      `alter table annotation_queues add column kind text not null default 'answers'`,
      `alter table annotation_items add column other text, add column labels_asked int`,
      `update annotation_items i set labels_asked = q.labels_per_item from annotation_queues q where q.id = i.queue`,
      `alter table annotation_items alter column labels_asked set not null`,
      `alter table annotation_labels add column is_turned boolean not null default false`,
    ),
    migration(
      '004-fed-by-users',
      `alter table annotation_queues add column feeds text not null default 'none'`,
      `create index annotation_queues_fed on annotation_queues (organisation, application)
        where feeds <> 'none' and state = 'open'`,
      `create index annotation_items_of_source on annotation_items (queue, (source ->> 'id'))`,
    ),
    migration(
      '005-what-a-queue-holds',
      `alter table annotation_queues add column datasets jsonb not null default '[]',
        add column holds_documents boolean not null default false`,
      // Older queues are held to the dataset that their data is called by.
      `update annotation_queues q set holds_documents = true where exists (
        select from annotation_items i where i.queue = q.id and i.passages <> '[]'::jsonb)`,
    ),
    migration(
      '006-next-answer',
      // The next answer for a person is read off its beginning; a queue of 100,000 was put in order for each.
      `drop index annotation_items_by_labels`,
      `create index annotation_items_to_label on annotation_items (queue, label_count desc, number)
        where label_count < labels_asked`,
    ),
  ],
}
