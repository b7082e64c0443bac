from django.db import migrations, models

# Written in a new way from the first entry after this migration on; 0x02 stands before its hash.
# Those who commit wait for each other at a row of their own schema: an advisory lock is anybody's.
_SEAL = r"""
CREATE OR REPLACE FUNCTION audit_seal_entry() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  place text := quote_ident(TG_TABLE_SCHEMA);
  whose text;
  last_seq bigint;
  bytes bytea;
  field bytea;
BEGIN
  EXECUTE 'SELECT unit, seq, hash FROM ' || place || '.audit_chain FOR UPDATE'
    INTO STRICT whose, last_seq, bytes;
  whose := coalesce(nullif(whose, ''), TG_TABLE_SCHEMA);
  FOREACH field IN ARRAY ARRAY[
    convert_to(whose, 'UTF8'),
    uuid_send(NEW.id),
    int8send((extract(epoch FROM NEW.at) * 1000000)::bigint),
    uuid_send(NEW.account_id),
    convert_to(NEW.actor_name, 'UTF8'),
    convert_to(NEW.role, 'UTF8'),
    convert_to(NEW.via, 'UTF8'),
    convert_to(NEW.request_id, 'UTF8'),
    convert_to(NEW.verb, 'UTF8'),
    convert_to(NEW.object_type, 'UTF8'),
    uuid_send(NEW.object_id),
    convert_to(NEW.object_label, 'UTF8'),
    convert_to(NEW.why, 'UTF8'),
    convert_to(NEW.data::text, 'UTF8')
  ] LOOP
    bytes := bytes || CASE
      WHEN field IS NULL THEN int4send(-1)
      ELSE int4send(length(field)) || field
    END;
  END LOOP;
  bytes := decode('02', 'hex') || sha256(bytes);
  EXECUTE 'INSERT INTO ' || place || '.audit_seal (seq, entry_id, hash) VALUES ($1, $2, $3)'
    USING last_seq + 1, NEW.id, bytes;
  EXECUTE 'UPDATE ' || place || '.audit_chain SET unit = $1, seq = $2, hash = $3'
    USING whose, last_seq + 1, bytes;
  RETURN NULL;
END
$$"""

_NOW = """
CREATE FUNCTION audit_entry_now() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  NEW.at := clock_timestamp();
  RETURN NEW;
END
$$"""

# Where the chain is now; whoever still writes an entry in the former way has ended by then, since
# a trigger is made only when nobody writes to the table.
_GO_ON = """
INSERT INTO audit_chain (is_only, unit, seq, hash) VALUES (
  true,
  '',
  coalesce((SELECT max(seq) FROM audit_seal), 0),
  coalesce((SELECT hash FROM audit_seal ORDER BY seq DESC LIMIT 1), decode(repeat('00', 32), 'hex'))
)"""

_STATEMENTS = [
    _NOW,
    "CREATE TRIGGER audit_entry_at_now BEFORE INSERT ON audit_entry"
    " FOR EACH ROW EXECUTE FUNCTION audit_entry_now()",
    _GO_ON,
    _SEAL,
    "CREATE TRIGGER audit_chain_once BEFORE INSERT OR DELETE OR TRUNCATE ON audit_chain"
    " FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    # The role that writes entries may move the end of the chain, but only through the seal.
    "CREATE TRIGGER audit_chain_by_trigger BEFORE UPDATE ON audit_chain"
    " FOR EACH ROW WHEN (pg_trigger_depth() < 1) EXECUTE FUNCTION audit_refuse()",
]


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Chain',
            fields=[
                ('is_only', models.BooleanField(default=True, primary_key=True, serialize=False)),
                ('unit', models.CharField(blank=True, max_length=100)),
                ('seq', models.BigIntegerField()),
                ('hash', models.BinaryField()),
            ],
            options={
                'ordering': ['is_only'],
                'constraints': [models.CheckConstraint(condition=models.Q(('is_only', True)), name='audit_chain_is_one')],
            },
        ),
        migrations.RunSQL(_STATEMENTS),
    ]
