/** Tables of what people prove who they are with. */
import { type Migration, migration } from '../../store/migrate.ts'

export const peopleMigrations: readonly Migration[] = [
  migration(
    '001-people',
    `create table passwords (
      actor text primary key, organisation text not null, hash text not null,
      changed_at timestamptz not null)`,
    `create table invitations (
      hmac text primary key, organisation text not null, actor text not null,
      created_at timestamptz not null, expires_at timestamptz not null, redeemed_at timestamptz)`,
    `create table sign_in_attempts (
      organisation text not null, scope text not null, mark text not null, count int not null,
      since timestamptz not null, primary key (organisation, scope, mark))`,
    `create index sign_in_attempts_since on sign_in_attempts (since)`,
    `create table second_factors (
      actor text primary key, organisation text not null, sealed text not null,
      created_at timestamptz not null, confirmed_at timestamptz, last_step int8 not null)`,
    `create table recovery_codes (
      hmac text primary key, organisation text not null, actor text not null,
      used_at timestamptz)`,
    `create index recovery_codes_actor on recovery_codes (actor)`,
    `create table identities (
      organisation text not null, issuer text not null, subject text not null,
      actor text not null, created_at timestamptz not null,
      primary key (organisation, issuer, subject))`,
    `create index identities_actor on identities (actor)`,
  ),
]
