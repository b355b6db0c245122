using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TaxiCredit.Dispatch.Data.Migrations.Sqlite;

/// <summary>The chronicle of facts and the chain of the audit log; the first start takes over what is there. ADR 0027.</summary>
[DbContext(typeof(SqliteDispatchContext))]
[Migration("20261130020000_Chronicle")]
internal sealed class Chronicle : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>(name: "Hash", table: "Audit", type: "TEXT", nullable: false, defaultValue: "");

        migrationBuilder.CreateTable(
            name: "ChainHeads",
            columns: table => new
            {
                Name = table.Column<string>(type: "TEXT", nullable: false),
                Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                Hash = table.Column<string>(type: "TEXT", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_ChainHeads", x => x.Name);
            });

        migrationBuilder.CreateTable(
            name: "Chronicle",
            columns: table => new
            {
                Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                At = table.Column<long>(type: "INTEGER", nullable: false),
                Change = table.Column<string>(type: "TEXT", nullable: false),
                Table = table.Column<string>(type: "TEXT", nullable: false),
                Key = table.Column<string>(type: "TEXT", nullable: false),
                Replaces = table.Column<long>(type: "INTEGER", nullable: true),
                Commitment = table.Column<string>(type: "TEXT", nullable: true),
                Content = table.Column<string>(type: "TEXT", nullable: true),
                Hash = table.Column<string>(type: "TEXT", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Chronicle", x => x.Sequence);
            });

        // Without a row number beside the key: a mark is only ever found by its key, and there is one for each row of the city.
        migrationBuilder.Sql("""
            CREATE TABLE "ChronicleMarks" (
                "Table" TEXT NOT NULL,
                "Key" TEXT NOT NULL,
                "Sequence" INTEGER NOT NULL,
                "Salt" BLOB NOT NULL,
                CONSTRAINT "PK_ChronicleMarks" PRIMARY KEY ("Table", "Key")
            ) WITHOUT ROWID;
            CREATE TRIGGER "Chronicle_no_update" BEFORE UPDATE ON "Chronicle" BEGIN SELECT RAISE(ABORT, 'Chronicle is append-only'); END;
            CREATE TRIGGER "Chronicle_no_delete" BEFORE DELETE ON "Chronicle" BEGIN SELECT RAISE(ABORT, 'Chronicle is append-only'); END;
            CREATE TRIGGER "Chronicle_no_replace" BEFORE INSERT ON "Chronicle"
            WHEN EXISTS (SELECT 1 FROM "Chronicle" WHERE "Sequence" = NEW."Sequence")
            BEGIN SELECT RAISE(ABORT, 'Chronicle is append-only'); END;
            """);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable(name: "ChronicleMarks");
        migrationBuilder.DropTable(name: "Chronicle");
        migrationBuilder.DropTable(name: "ChainHeads");
        migrationBuilder.DropColumn(name: "Hash", table: "Audit");
    }
}
