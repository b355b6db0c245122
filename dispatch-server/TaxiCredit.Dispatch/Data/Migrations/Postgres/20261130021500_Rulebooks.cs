using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TaxiCredit.Dispatch.Data.Migrations.Postgres;

[DbContext(typeof(PostgresDispatchContext))]
[Migration("20261130021500_Rulebooks")]
internal sealed class Rulebooks : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        // Closes of before were signed by the first format of the digest.
        migrationBuilder.AddColumn<int>(name: "DigestFormat", table: "Closes", type: "integer", nullable: false, defaultValue: 0);

        migrationBuilder.CreateTable(
            name: "Rulebooks",
            columns: table => new
            {
                Sha256 = table.Column<string>(type: "text", nullable: false, collation: "C"),
                RulebookId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                EffectiveFrom = table.Column<DateOnly>(type: "date", nullable: false),
                RulesSha256 = table.Column<string>(type: "text", nullable: false, collation: "C"),
                Json = table.Column<byte[]>(type: "bytea", nullable: false),
                StoredAt = table.Column<long>(type: "bigint", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Rulebooks", x => x.Sha256);
            });

        migrationBuilder.Sql("""
            CREATE TRIGGER "Rulebooks_no_delete" BEFORE DELETE ON "Rulebooks" FOR EACH ROW EXECUTE FUNCTION refuse_change();
            CREATE TRIGGER "Rulebooks_no_truncate" BEFORE TRUNCATE ON "Rulebooks" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
            CREATE TRIGGER "Rulebooks_no_update" BEFORE UPDATE ON "Rulebooks" FOR EACH ROW EXECUTE FUNCTION refuse_change();
            """);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable(name: "Rulebooks");
        migrationBuilder.DropColumn(name: "DigestFormat", table: "Closes");
    }
}
