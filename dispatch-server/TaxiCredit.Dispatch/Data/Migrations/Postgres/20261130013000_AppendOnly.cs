using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TaxiCredit.Dispatch.Data.Migrations.Postgres;

/// <summary>
/// What is published is append-only. PostgreSQL has no REPLACE, and an insertion with ON CONFLICT DO UPDATE is an update to a trigger; ratings get
/// no trigger for insertions, which would run for each of a close's hundreds of thousands.
/// </summary>
[DbContext(typeof(PostgresDispatchContext))]
[Migration("20261130013000_AppendOnly")]
internal sealed class AppendOnly : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        CREATE FUNCTION refuse_change_of_published() RETURNS trigger
            LANGUAGE plpgsql
            AS $$
        BEGIN
            IF TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM "Closes" WHERE "Id" = OLD."CloseId" AND "Status" = 'Published')
                OR TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM "Closes" WHERE "Id" = NEW."CloseId" AND "Status" = 'Published') THEN
                RAISE EXCEPTION '% is append-only once published', TG_TABLE_NAME;
            END IF;
            IF TG_OP = 'DELETE' THEN
                RETURN OLD;
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER "Closes_no_update" BEFORE UPDATE ON "Closes" FOR EACH ROW WHEN (OLD."Status" = 'Published') EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER "Closes_no_delete" BEFORE DELETE ON "Closes" FOR EACH ROW WHEN (OLD."Status" = 'Published') EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER "Closes_no_truncate" BEFORE TRUNCATE ON "Closes" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER "Ratings_no_update" BEFORE UPDATE ON "Ratings" FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published();
        CREATE TRIGGER "Ratings_no_delete" BEFORE DELETE ON "Ratings" FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published();
        CREATE TRIGGER "Ratings_no_truncate" BEFORE TRUNCATE ON "Ratings" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER "Signature_no_insert" BEFORE INSERT ON "Signature" FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published();
        CREATE TRIGGER "Signature_no_update" BEFORE UPDATE ON "Signature" FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published();
        CREATE TRIGGER "Signature_no_delete" BEFORE DELETE ON "Signature" FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published();
        CREATE TRIGGER "Signature_no_truncate" BEFORE TRUNCATE ON "Signature" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        DROP TRIGGER "Closes_no_update" ON "Closes";
        DROP TRIGGER "Closes_no_delete" ON "Closes";
        DROP TRIGGER "Closes_no_truncate" ON "Closes";
        DROP TRIGGER "Ratings_no_update" ON "Ratings";
        DROP TRIGGER "Ratings_no_delete" ON "Ratings";
        DROP TRIGGER "Ratings_no_truncate" ON "Ratings";
        DROP TRIGGER "Signature_no_insert" ON "Signature";
        DROP TRIGGER "Signature_no_update" ON "Signature";
        DROP TRIGGER "Signature_no_delete" ON "Signature";
        DROP TRIGGER "Signature_no_truncate" ON "Signature";
        DROP FUNCTION refuse_change_of_published();
        """);
}
