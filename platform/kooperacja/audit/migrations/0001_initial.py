import django.core.serializers.json
import django.utils.timezone
import uuid6
from django.db import migrations, models


# Tables are found by the schema of the trigger's own table: the functions work in whatever
# schema they were made, whatever the search path of the session and after a rename of the schema.
_SEAL = """
CREATE FUNCTION audit_seal_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  seals text := quote_ident(TG_TABLE_SCHEMA) || '.audit_seal';
  last_seq bigint;
  bytes bytea;
  field bytea;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(TG_TABLE_SCHEMA || '.audit', 0));
  EXECUTE 'SELECT seq, hash FROM ' || seals || ' ORDER BY seq DESC LIMIT 1' INTO last_seq, bytes;
  IF last_seq IS NULL THEN
    last_seq := 0;
    bytes := decode(repeat('00', 32), 'hex');
  END IF;
  FOREACH field IN ARRAY ARRAY[
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
  EXECUTE 'INSERT INTO ' || seals || ' (seq, entry_id, hash) VALUES ($1, $2, $3)'
    USING last_seq + 1, NEW.id, sha256(bytes);
  RETURN NULL;
END
$$"""

_REFUSE = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the record of what happened is written once'
    USING ERRCODE = 'restrict_violation';
END
$$"""

_STATEMENTS = [
    _SEAL,
    _REFUSE,
    "CREATE CONSTRAINT TRIGGER audit_entry_sealed AFTER INSERT ON audit_entry"
    " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_seal_entry()",
    "CREATE TRIGGER audit_entry_once BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry"
    " FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_seal_once BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal"
    " FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    # The role that writes entries may insert seals, but only through the trigger above.
    "CREATE TRIGGER audit_seal_by_trigger BEFORE INSERT ON audit_seal"
    " FOR EACH ROW WHEN (pg_trigger_depth() < 1) EXECUTE FUNCTION audit_refuse()",
]


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('seq', models.BigIntegerField(primary_key=True, serialize=False)),
                ('entry_id', models.UUIDField(unique=True)),
                ('hash', models.BinaryField()),
            ],
            options={
                'ordering': ['seq'],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('account_id', models.UUIDField(null=True)),
                ('actor_name', models.CharField(max_length=200)),
                ('role', models.CharField(blank=True, max_length=200)),
                ('via', models.CharField(choices=[('WEB', 'strona'), ('API', 'API'), ('TASK', 'zadanie w tle'), ('CLI', 'wiersz poleceń')], max_length=4)),
                ('request_id', models.CharField(blank=True, max_length=64)),
                ('verb', models.CharField(max_length=60)),
                ('object_type', models.CharField(blank=True, max_length=100)),
                ('object_id', models.UUIDField(null=True)),
                ('object_label', models.CharField(blank=True, max_length=300)),
                ('why', models.CharField(blank=True, max_length=1000)),
                ('data', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
            ],
            options={
                'verbose_name_plural': 'entries',
                'ordering': ['-at', '-id'],
                'indexes': [models.Index(fields=['-at', '-id'], name='audit_entry_newest'), models.Index(fields=['object_id'], name='audit_entry_object')],
                'constraints': [models.CheckConstraint(condition=models.Q(('via__in', ['WEB', 'API', 'TASK', 'CLI'])), name='audit_entry_via')],
            },
        ),
        migrations.RunSQL(_STATEMENTS),
    ]
