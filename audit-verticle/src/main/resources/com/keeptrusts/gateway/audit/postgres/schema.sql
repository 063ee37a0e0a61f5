-- The audit ledger's tables, version 1 (docs/audit-postgres.md). To be run by the role that is to own them, in the
-- database of the ledger; running it again changes nothing. What writers may do is granted to the role
-- keeptrusts_audit_writer: make the login role of the gateways a member of it, and of nothing that owns these tables.

begin;

do $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'keeptrusts_audit_writer') then
    create role keeptrusts_audit_writer nologin;
  end if;
end
$$;

create schema if not exists keeptrusts_audit;
revoke all on schema keeptrusts_audit from public;

-- One row for each log. A name may have several, of which the last that was not lost is written to.
create table if not exists keeptrusts_audit.log (
  n bigint generated always as identity primary key,
  writer uuid not null unique,
  name text not null check (length(name) between 1 and 200),
  origin text not null unique
);

-- log.json and holds.json as they were and as they are: the last one of each counts.
create table if not exists keeptrusts_audit.fact (
  n bigint generated always as identity primary key,
  writer uuid not null references keeptrusts_audit.log (writer),
  file text not null check (file in ('log.json', 'holds.json')),
  document text not null check (length(document) <= 10000000)
);
create index if not exists fact_of_writer on keeptrusts_audit.fact (writer, file, n);

-- The leaves. Where a transaction's group ended stands the root of the tree there, and now and then its right edge.
create table if not exists keeptrusts_audit.entry (
  writer uuid not null,
  idx bigint not null check (idx >= 0),
  id text not null unique check (length(id) between 1 and 200),
  leaf bytea not null check (length(leaf) between 1 and 61440),
  root bytea check (length(root) = 32),
  edge bytea check (edge is null or (root is not null and length(edge) between 32 and 2016 and length(edge) % 32 = 0)),
  stored timestamptz not null default clock_timestamp(),
  primary key (writer, idx)
);
create index if not exists entry_edges on keeptrusts_audit.entry (writer, idx) where edge is not null;

create table if not exists keeptrusts_audit.checkpoint (
  writer uuid not null references keeptrusts_audit.log (writer),
  size bigint not null check (size > 0),
  note text not null check (length(note) <= 100000),
  primary key (writer, size)
);

-- Logs whose loss an operator has accepted.
create table if not exists keeptrusts_audit.lost (
  writer uuid primary key references keeptrusts_audit.log (writer),
  cause text not null check (length(cause) <= 10000),
  told timestamptz not null default clock_timestamp()
);

-- Roots over the bundles of 256 leaves that were pruned: what the rest of the tree is proved with.
create table if not exists keeptrusts_audit.bundle (
  writer uuid not null references keeptrusts_audit.log (writer),
  n bigint not null check (n >= 0),
  root bytea not null check (length(root) = 32),
  primary key (writer, n)
);

-- Nothing changes and nothing goes, whoever asks; but prune() below may take what its entry names.
create or replace function keeptrusts_audit.refuse_change() returns trigger
  language plpgsql set search_path = pg_catalog
as $$
begin
  if tg_op = 'DELETE' and tg_table_name = 'entry'
     and current_setting('keeptrusts_audit.pruning', true) = 'prune()' then
    return null;
  end if;
  raise exception '% on %.% is refused: the audit ledger is append-only', tg_op, tg_table_schema, tg_table_name
    using errcode = 'insufficient_privilege',
          hint = 'Entries go by keeptrusts_audit.prune() when their retention is over.';
end
$$;

do $$
declare
  name text;
begin
  foreach name in array array['log', 'fact', 'entry', 'checkpoint', 'lost', 'bundle'] loop
    execute format(
      'create or replace trigger append_only before update or delete or truncate on keeptrusts_audit.%I '
      'for each statement execute function keeptrusts_audit.refuse_change()', name);
    execute format('alter table keeptrusts_audit.%I enable always trigger append_only', name);
    execute format('revoke all on keeptrusts_audit.%I from public', name);
  end loop;
end
$$;

-- RFC 6962: the root over the leaves from a multiple of 256 on.
create or replace function keeptrusts_audit.bundle_root(for_writer uuid, first bigint) returns bytea
  language plpgsql stable set search_path = pg_catalog
as $$
declare
  hashes bytea[];
  wide int := 256;
begin
  select array_agg(sha256('\x00'::bytea || leaf) order by idx) into hashes
    from keeptrusts_audit.entry where writer = for_writer and idx >= first and idx < first + 256;
  if coalesce(array_length(hashes, 1), 0) <> 256 then
    raise exception 'the bundle at % of log % has % entries (expected: 256)',
      first, for_writer, coalesce(array_length(hashes, 1), 0);
  end if;
  while wide > 1 loop
    wide := wide / 2;
    for i in 1..wide loop
      hashes[i] := sha256('\x01'::bytea || hashes[2 * i - 1] || hashes[2 * i]);
    end loop;
  end loop;
  return hashes[1];
end
$$;

-- Deletes some of the entries that a retention.pruned entry of the log names, and returns how many: call it until it
-- returns 0. Refuses while one of them is younger than what log.json has promised.
create or replace function keeptrusts_audit.prune(for_writer uuid, told_by text) returns bigint
  language plpgsql security definer set search_path = pg_catalog
as $$
declare
  bundles constant int := 64;
  told jsonb;
  below bigint;
  promised int;
  signed bigint;
  kept bigint;
  first bigint;
  last bigint;
  gone bigint;
begin
  select convert_from(leaf, 'UTF8')::jsonb into told
    from keeptrusts_audit.entry where writer = for_writer and id = told_by;
  if told is null or told ->> 'type' is distinct from 'retention.pruned' then
    raise exception 'no entry % of type retention.pruned in log %', told_by, for_writer;
  end if;
  below := (told ->> 'to')::bigint;
  if below is null or below % 256 <> 0 then
    raise exception 'entry % names % as its end (expected: a multiple of 256)', told_by, below;
  end if;
  select max(size) into signed from keeptrusts_audit.checkpoint where writer = for_writer;
  select max(idx) into kept from keeptrusts_audit.entry where writer = for_writer and edge is not null and idx < signed;
  if below > coalesce(kept, 0) then
    raise exception 'entries from % on are needed to open log % (expected: an end of at most that)', kept, for_writer;
  end if;
  select (document::jsonb -> 'latch' ->> 'retention_days')::int into promised
    from keeptrusts_audit.fact where writer = for_writer and file = 'log.json' order by n desc limit 1;
  select min(idx) into first from keeptrusts_audit.entry where writer = for_writer and idx < below;
  if first is null then
    return 0;
  end if;
  last := least(below, first + bundles * 256);
  if exists (select from keeptrusts_audit.entry
               where writer = for_writer and (idx < last or idx = below - 1)
                 and stored > clock_timestamp() - make_interval(days => promised)) then
    raise exception 'log % has promised to keep its entries for % days: some below % are younger',
      for_writer, promised, below;
  end if;
  insert into keeptrusts_audit.bundle (writer, n, root)
    select for_writer, b, keeptrusts_audit.bundle_root(for_writer, b * 256)
    from generate_series(first / 256, last / 256 - 1) as b;
  perform set_config('keeptrusts_audit.pruning', 'prune()', true);
  delete from keeptrusts_audit.entry where writer = for_writer and idx < last;
  get diagnostics gone = row_count;
  perform set_config('keeptrusts_audit.pruning', '', true);
  return gone;
end
$$;
revoke all on function keeptrusts_audit.prune(uuid, text) from public;
revoke all on function keeptrusts_audit.bundle_root(uuid, bigint) from public;

grant usage on schema keeptrusts_audit to keeptrusts_audit_writer;
grant select on all tables in schema keeptrusts_audit to keeptrusts_audit_writer;
grant insert (writer, name, origin) on keeptrusts_audit.log to keeptrusts_audit_writer;
grant insert (writer, file, document) on keeptrusts_audit.fact to keeptrusts_audit_writer;
grant insert (writer, idx, id, leaf, root, edge) on keeptrusts_audit.entry to keeptrusts_audit_writer;
grant insert (writer, size, note) on keeptrusts_audit.checkpoint to keeptrusts_audit_writer;
grant insert (writer, cause) on keeptrusts_audit.lost to keeptrusts_audit_writer;
grant execute on function keeptrusts_audit.prune(uuid, text) to keeptrusts_audit_writer;

commit;
