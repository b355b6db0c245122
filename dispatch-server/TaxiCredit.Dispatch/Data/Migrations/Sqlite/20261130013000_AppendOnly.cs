using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TaxiCredit.Dispatch.Data.Migrations.Sqlite;

/// <summary>
/// REPLACE deletes the row in its way without a trigger for deletions, so that an insertion that meets one is refused; and what is published is
/// append-only too.
/// </summary>
[DbContext(typeof(SqliteDispatchContext))]
[Migration("20261130013000_AppendOnly")]
internal sealed class AppendOnly : Migration
{
    // REPLACE also deletes the rows that meet the new one in a unique index other than the key.
    private const string OfTables = """
        CREATE TRIGGER "Ledger_no_replace" BEFORE INSERT ON "Ledger"
        WHEN EXISTS (SELECT 1 FROM "Ledger" WHERE "Sequence" = NEW."Sequence")
            OR EXISTS (SELECT 1 FROM "Ledger" WHERE "PreviousHash" = NEW."PreviousHash")
            OR NEW."Reverses" IS NOT NULL AND EXISTS (SELECT 1 FROM "Ledger" WHERE "Reverses" = NEW."Reverses")
        BEGIN SELECT RAISE(ABORT, 'Ledger is append-only'); END;
        CREATE TRIGGER "Audit_no_replace" BEFORE INSERT ON "Audit" WHEN EXISTS (SELECT 1 FROM "Audit" WHERE "Id" = NEW."Id")
        BEGIN SELECT RAISE(ABORT, 'Audit is append-only'); END;
        CREATE TRIGGER "Closes_no_replace" BEFORE INSERT ON "Closes"
        WHEN EXISTS (SELECT 1 FROM "Closes" WHERE "Status" = 'Published'
            AND ("Id" = NEW."Id" OR "Period" = NEW."Period" AND "Revision" = NEW."Revision"))
        BEGIN SELECT RAISE(ABORT, 'Closes is append-only once published'); END;
        CREATE TRIGGER "Closes_no_update" BEFORE UPDATE ON "Closes"
        WHEN OLD."Status" = 'Published' OR EXISTS (SELECT 1 FROM "Closes" WHERE "Status" = 'Published' AND "Id" <> OLD."Id"
            AND ("Id" = NEW."Id" OR "Period" = NEW."Period" AND "Revision" = NEW."Revision"))
        BEGIN SELECT RAISE(ABORT, 'Closes is append-only once published'); END;
        CREATE TRIGGER "Closes_no_delete" BEFORE DELETE ON "Closes" WHEN OLD."Status" = 'Published'
        BEGIN SELECT RAISE(ABORT, 'Closes is append-only once published'); END;
        """;

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(OfTables);
        foreach (var table in new[] { "Ratings", "Signature" })
            migrationBuilder.Sql(OfPublishedClose(table));
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var trigger in new[] { "Ledger_no_replace", "Audit_no_replace", "Closes_no_replace", "Closes_no_update", "Closes_no_delete" })
            migrationBuilder.Sql($"DROP TRIGGER \"{trigger}\"");
        foreach (var table in new[] { "Ratings", "Signature" })
            migrationBuilder.Sql($"DROP TRIGGER \"{table}_no_insert\"; DROP TRIGGER \"{table}_no_update\"; DROP TRIGGER \"{table}_no_delete\"");
    }

    private static string OfPublishedClose(string table) => $"""
        CREATE TRIGGER "{table}_no_insert" BEFORE INSERT ON "{table}"
        WHEN EXISTS (SELECT 1 FROM "Closes" WHERE "Id" = NEW."CloseId" AND "Status" = 'Published')
        BEGIN SELECT RAISE(ABORT, '{table} is append-only once published'); END;
        CREATE TRIGGER "{table}_no_update" BEFORE UPDATE ON "{table}"
        WHEN EXISTS (SELECT 1 FROM "Closes" WHERE "Id" IN (OLD."CloseId", NEW."CloseId") AND "Status" = 'Published')
        BEGIN SELECT RAISE(ABORT, '{table} is append-only once published'); END;
        CREATE TRIGGER "{table}_no_delete" BEFORE DELETE ON "{table}"
        WHEN EXISTS (SELECT 1 FROM "Closes" WHERE "Id" = OLD."CloseId" AND "Status" = 'Published')
        BEGIN SELECT RAISE(ABORT, '{table} is append-only once published'); END;
        """;
}
