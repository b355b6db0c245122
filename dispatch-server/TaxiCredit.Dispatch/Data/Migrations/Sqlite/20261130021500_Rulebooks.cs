using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TaxiCredit.Dispatch.Data.Migrations.Sqlite;

[DbContext(typeof(SqliteDispatchContext))]
[Migration("20261130021500_Rulebooks")]
internal sealed class Rulebooks : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        // Closes of before were signed by the first format of the digest.
        migrationBuilder.AddColumn<int>(name: "DigestFormat", table: "Closes", type: "INTEGER", nullable: false, defaultValue: 0);

        migrationBuilder.CreateTable(
            name: "Rulebooks",
            columns: table => new
            {
                Sha256 = table.Column<string>(type: "TEXT", nullable: false),
                RulebookId = table.Column<string>(type: "TEXT", nullable: false),
                EffectiveFrom = table.Column<DateOnly>(type: "TEXT", nullable: false),
                RulesSha256 = table.Column<string>(type: "TEXT", nullable: false),
                Json = table.Column<byte[]>(type: "BLOB", nullable: false),
                StoredAt = table.Column<long>(type: "INTEGER", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Rulebooks", x => x.Sha256);
            });

        migrationBuilder.Sql("""
            CREATE TRIGGER "Rulebooks_no_update" BEFORE UPDATE ON "Rulebooks" BEGIN SELECT RAISE(ABORT, 'Rulebooks is append-only'); END;
            CREATE TRIGGER "Rulebooks_no_delete" BEFORE DELETE ON "Rulebooks" BEGIN SELECT RAISE(ABORT, 'Rulebooks is append-only'); END;
            CREATE TRIGGER "Rulebooks_no_replace" BEFORE INSERT ON "Rulebooks" WHEN EXISTS (SELECT 1 FROM "Rulebooks" WHERE "Sha256" = NEW."Sha256")
            BEGIN SELECT RAISE(ABORT, 'Rulebooks is append-only'); END;
            """);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable(name: "Rulebooks");
        migrationBuilder.DropColumn(name: "DigestFormat", table: "Closes");
    }
}
