using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TaxiCredit.Dispatch.Data.Migrations.Sqlite;

/// <summary>Leaves and checkpoints of the transparency logs, append-only, and holds of publishing.</summary>
[DbContext(typeof(SqliteDispatchContext))]
[Migration("20261130022000_TransparencyLog")]
internal sealed class TransparencyLog : Migration
{
    // REPLACE also deletes the rows that meet the new one in a unique index other than the key.
    private const string AppendOnly = """
        CREATE TRIGGER "CityLeaves_no_replace" BEFORE INSERT ON "CityLeaves"
        WHEN EXISTS (SELECT 1 FROM "CityLeaves" WHERE "Index" = NEW."Index")
            OR EXISTS (SELECT 1 FROM "CityLeaves" WHERE "Kind" = NEW."Kind" AND "Key" = NEW."Key")
        BEGIN SELECT RAISE(ABORT, 'CityLeaves is append-only'); END;
        CREATE TRIGGER "AuditLeaves_no_replace" BEFORE INSERT ON "AuditLeaves"
        WHEN EXISTS (SELECT 1 FROM "AuditLeaves" WHERE "Index" = NEW."Index")
            OR EXISTS (SELECT 1 FROM "AuditLeaves" WHERE "AuditId" = NEW."AuditId")
        BEGIN SELECT RAISE(ABORT, 'AuditLeaves is append-only'); END;
        CREATE TRIGGER "Checkpoints_no_replace" BEFORE INSERT ON "Checkpoints" WHEN EXISTS (SELECT 1 FROM "Checkpoints" WHERE "Id" = NEW."Id")
        BEGIN SELECT RAISE(ABORT, 'Checkpoints is append-only'); END;
        CREATE TRIGGER "LogDays_no_replace" BEFORE INSERT ON "LogDays" WHEN EXISTS (SELECT 1 FROM "LogDays" WHERE "Through" = NEW."Through")
        BEGIN SELECT RAISE(ABORT, 'LogDays is append-only'); END;
        CREATE TRIGGER "LogKeys_no_replace" BEFORE INSERT ON "LogKeys" WHEN EXISTS (SELECT 1 FROM "LogKeys" WHERE "Id" = NEW."Id")
        BEGIN SELECT RAISE(ABORT, 'LogKeys is append-only'); END;
        """;

    private static readonly string[] Tables = ["CityLeaves", "AuditLeaves", "Checkpoints", "LogDays", "LogKeys"];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "AuditLeaves",
            columns: table => new
            {
                Index = table.Column<long>(type: "INTEGER", nullable: false),
                AuditId = table.Column<long>(type: "INTEGER", nullable: false),
                Salt = table.Column<byte[]>(type: "BLOB", nullable: false),
                Commitment = table.Column<byte[]>(type: "BLOB", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AuditLeaves", x => x.Index);
            });

        migrationBuilder.CreateTable(
            name: "Checkpoints",
            columns: table => new
            {
                Id = table.Column<long>(type: "INTEGER", nullable: false)
                    .Annotation("Sqlite:Autoincrement", true),
                Tree = table.Column<string>(type: "TEXT", nullable: false),
                Size = table.Column<long>(type: "INTEGER", nullable: false),
                Root = table.Column<byte[]>(type: "BLOB", nullable: false),
                At = table.Column<long>(type: "INTEGER", nullable: false),
                Note = table.Column<string>(type: "TEXT", nullable: false),
                Period = table.Column<string>(type: "TEXT", nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Checkpoints", x => x.Id);
            });

        migrationBuilder.CreateTable(
            name: "CityLeaves",
            columns: table => new
            {
                Index = table.Column<long>(type: "INTEGER", nullable: false),
                Kind = table.Column<string>(type: "TEXT", nullable: false),
                Key = table.Column<long>(type: "INTEGER", nullable: false),
                Salt = table.Column<byte[]>(type: "BLOB", nullable: false),
                Commitment = table.Column<byte[]>(type: "BLOB", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_CityLeaves", x => x.Index);
            });

        migrationBuilder.CreateTable(
            name: "LogDays",
            columns: table => new
            {
                Through = table.Column<long>(type: "INTEGER", nullable: false),
                From = table.Column<long>(type: "INTEGER", nullable: false),
                Shifts = table.Column<byte[]>(type: "BLOB", nullable: false),
                ShiftEvents = table.Column<long>(type: "INTEGER", nullable: false),
                Chronicle = table.Column<long>(type: "INTEGER", nullable: false),
                ChronicleHash = table.Column<string>(type: "TEXT", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_LogDays", x => x.Through);
            });

        migrationBuilder.CreateTable(
            name: "LogKeys",
            columns: table => new
            {
                Id = table.Column<string>(type: "TEXT", nullable: false),
                Verifier = table.Column<string>(type: "TEXT", nullable: false),
                Since = table.Column<long>(type: "INTEGER", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_LogKeys", x => x.Id);
            });

        migrationBuilder.CreateTable(
            name: "PublishingHolds",
            columns: table => new
            {
                Id = table.Column<long>(type: "INTEGER", nullable: false)
                    .Annotation("Sqlite:Autoincrement", true),
                Cause = table.Column<string>(type: "TEXT", nullable: false),
                DisplayId = table.Column<int>(type: "INTEGER", nullable: true),
                Evidence = table.Column<string>(type: "TEXT", nullable: false),
                EvidenceAt = table.Column<long>(type: "INTEGER", nullable: true),
                Revision = table.Column<long>(type: "INTEGER", nullable: false),
                Since = table.Column<long>(type: "INTEGER", nullable: false),
                DecidedAt = table.Column<long>(type: "INTEGER", nullable: true),
                DecidedBy = table.Column<string>(type: "TEXT", nullable: true),
                Reason = table.Column<string>(type: "TEXT", nullable: true),
                AcceptedThrough = table.Column<long>(type: "INTEGER", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_PublishingHolds", x => x.Id);
            });

        migrationBuilder.CreateIndex(
            name: "IX_AuditLeaves_AuditId",
            table: "AuditLeaves",
            column: "AuditId",
            unique: true);

        migrationBuilder.CreateIndex(
            name: "IX_Checkpoints_Tree_Size",
            table: "Checkpoints",
            columns: new[] { "Tree", "Size" });

        migrationBuilder.CreateIndex(
            name: "IX_CityLeaves_Kind_Key",
            table: "CityLeaves",
            columns: new[] { "Kind", "Key" },
            unique: true);

        migrationBuilder.CreateIndex(
            name: "IX_PublishingHolds_DisplayId_Cause",
            table: "PublishingHolds",
            columns: new[] { "DisplayId", "Cause" },
            filter: "\"DecidedAt\" IS NULL");

        migrationBuilder.Sql(AppendOnly);
        foreach (var table in Tables)
        {
            migrationBuilder.Sql($"""
                CREATE TRIGGER "{table}_no_update" BEFORE UPDATE ON "{table}" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
                CREATE TRIGGER "{table}_no_delete" BEFORE DELETE ON "{table}" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
                """);
        }
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable(name: "AuditLeaves");
        migrationBuilder.DropTable(name: "Checkpoints");
        migrationBuilder.DropTable(name: "CityLeaves");
        migrationBuilder.DropTable(name: "LogDays");
        migrationBuilder.DropTable(name: "LogKeys");
        migrationBuilder.DropTable(name: "PublishingHolds");
    }
}
