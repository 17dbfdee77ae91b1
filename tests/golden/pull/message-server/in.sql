-- A chat server: lower case types, no foreign keys but where they matter, keys
-- of text, rows in the order of their key.
create table users (
  name text not null primary key,
  password_hash blob not null,
  salt blob not null default x'',
  created_ts integer not null,
  admin integer not null default 0,
  deactivated boolean not null default false
);
create table devices (
  user_name text not null references users on delete cascade,
  device_id text not null,
  display_name text,
  last_seen integer,
  hidden integer not null default 0 check (hidden in (0, 1)),
  primary key (user_name, device_id)
) without rowid;
create table rooms (
  room_id text not null primary key,
  creator text references users (name) on delete set null on update cascade,
  is_public integer,
  version text not null default '1'
);
create table members (
  user_name text not null references users (name),
  room_id text not null references rooms (room_id),
  membership text not null check (membership in ('invite', 'join', 'leave', 'ban')),
  unique (room_id, user_name)
);
create index members_room on members (room_id);
create index members_joined on members (user_name) where membership = 'join';
create table events (
  stream_ordering integer primary key,
  event_id text not null unique,
  room_id text not null references rooms,
  sender text not null,
  type text not null,
  state_key text,
  depth integer not null default 0,
  origin_ts bigint not null,
  content text not null check (json_valid(content)),
  content_size integer generated always as (length(content)) virtual
);
create index events_room_stream on events (room_id, stream_ordering desc);
create unique index events_state on events (room_id, type, state_key)
  where state_key is not null;
create table receipts (
  room_id text not null,
  user_name text not null,
  event_id text not null references events (event_id)
    deferrable initially deferred,
  data text not null,
  unique (room_id, user_name) on conflict replace
);
create table media (
  id text not null check (length(id) = 36) primary key,
  length integer check (length between 0 and 104857600),
  bytes blob
) strict;
create view public_rooms as select room_id from rooms where is_public = 1;
create view busy_rooms as
  select r.room_id, count(*) as n from public_rooms r
  join receipts using (room_id) group by 1;
create trigger no_bans instead of delete on public_rooms begin
  select raise(abort, 'rooms are for ever; no "way" around');
end;
