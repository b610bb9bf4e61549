/** Tables of models. */
import { migration, type SliceMigrations } from '../store/migrate.ts'

export const modelsMigrations: SliceMigrations = {
  slice: 'models',
  steps: [
    migration(
      '001-providers',
      `create table providers (
        organisation text not null,
        name text not null,
        dialect text not null,
        base_url text not null,
        credential jsonb not null,
        updated_at timestamptz not null,
        updated_by text not null,
        primary key (organisation, name)
      )`,
    ),
    migration(
      '002-routes',
      `create table model_routes (
        organisation text not null,
        name text not null,
        route jsonb not null,
        updated_at timestamptz not null,
        updated_by text not null,
        primary key (organisation, name)
      )`,
    ),
    migration('003-speaks', 'alter table providers add column speaks jsonb'),
    // A book is text: nobody looks into it.
    migration(
      '004-prices',
      `create table own_prices (
        organisation text not null,
        model text not null,
        version int not null,
        from_at timestamptz not null,
        rates jsonb,
        reason text not null,
        put_at timestamptz not null,
        put_by text not null,
        primary key (organisation, model, version)
      )`,
      `create table price_books (
        organisation text not null,
        digest text not null,
        name text not null,
        content text not null,
        kept_at timestamptz not null,
        primary key (organisation, digest)
      )`,
    ),
    // One key became several with names.
    migration(
      '005-credentials',
      'alter table providers rename column credential to credentials',
      `update providers set credentials = case
        when credentials->>'kind' = 'none' then '[]'::jsonb
        else jsonb_build_array(credentials || '{"name": "default", "inForce": true}'::jsonb)
      end`,
    ),
    migration(
      '006-price-policies',
      `create table price_policies (
        organisation text not null,
        scope text not null,
        name text not null,
        on_unknown_price text not null,
        reason text not null,
        set_at timestamptz not null,
        set_by text not null,
        primary key (organisation, scope, name)
      )`,
    ),
    migration(
      '007-gateway-reports',
      `create table gateway_reports (
        organisation text not null,
        process text not null,
        at timestamptz not null,
        report jsonb not null,
        primary key (organisation, process)
      )`,
    ),
    migration(
      '008-quotas',
      `create table read_quotas (
        organisation text not null,
        target text not null,
        credential text not null,
        limits jsonb not null,
        at timestamptz not null,
        primary key (organisation, target, credential)
      )`,
      `create table declared_quotas (
        organisation text not null,
        target text not null,
        credential text not null,
        limits jsonb not null,
        set_at timestamptz not null,
        set_by text not null,
        primary key (organisation, target, credential)
      )`,
    ),
  ],
}
