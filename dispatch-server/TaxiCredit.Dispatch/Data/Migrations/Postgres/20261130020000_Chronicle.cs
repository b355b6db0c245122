using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TaxiCredit.Dispatch.Data.Migrations.Postgres;

/// <summary>The chronicle of facts and the chain of the audit log; the first start takes over what is there. ADR 0027.</summary>
[DbContext(typeof(PostgresDispatchContext))]
[Migration("20261130020000_Chronicle")]
internal sealed class Chronicle : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>(name: "Hash", table: "Audit", type: "text", nullable: false, defaultValue: "", collation: "C");

        migrationBuilder.CreateTable(
            name: "ChainHeads",
            columns: table => new
            {
                Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                Sequence = table.Column<long>(type: "bigint", nullable: false),
                Hash = table.Column<string>(type: "text", nullable: false, collation: "C")
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_ChainHeads", x => x.Name);
            });

        migrationBuilder.CreateTable(
            name: "Chronicle",
            columns: table => new
            {
                Sequence = table.Column<long>(type: "bigint", nullable: false),
                At = table.Column<long>(type: "bigint", nullable: false),
                Change = table.Column<string>(type: "text", nullable: false),
                Table = table.Column<string>(type: "text", nullable: false, collation: "C"),
                Key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                Replaces = table.Column<long>(type: "bigint", nullable: true),
                Commitment = table.Column<string>(type: "text", nullable: true, collation: "C"),
                Content = table.Column<string>(type: "text", nullable: true, collation: "C"),
                Hash = table.Column<string>(type: "text", nullable: false, collation: "C")
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Chronicle", x => x.Sequence);
            });

        migrationBuilder.CreateTable(
            name: "ChronicleMarks",
            columns: table => new
            {
                Table = table.Column<string>(type: "text", nullable: false, collation: "C"),
                Key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                Sequence = table.Column<long>(type: "bigint", nullable: false),
                Salt = table.Column<byte[]>(type: "bytea", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_ChronicleMarks", x => new { x.Table, x.Key });
            });

        migrationBuilder.Sql("""
            CREATE TRIGGER "Chronicle_no_update" BEFORE UPDATE ON "Chronicle" FOR EACH ROW EXECUTE FUNCTION refuse_change();
            CREATE TRIGGER "Chronicle_no_delete" BEFORE DELETE ON "Chronicle" FOR EACH ROW EXECUTE FUNCTION refuse_change();
            CREATE TRIGGER "Chronicle_no_truncate" BEFORE TRUNCATE ON "Chronicle" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
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
