using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace TaxiCredit.Dispatch.Data.Migrations.Postgres;

/// <summary>Leaves and checkpoints of the transparency logs, append-only, and holds of publishing.</summary>
[DbContext(typeof(PostgresDispatchContext))]
[Migration("20261130022000_TransparencyLog")]
internal sealed class TransparencyLog : Migration
{
    private static readonly string[] Tables = ["CityLeaves", "AuditLeaves", "Checkpoints", "LogDays", "LogKeys"];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "AuditLeaves",
            columns: table => new
            {
                Index = table.Column<long>(type: "bigint", nullable: false),
                AuditId = table.Column<long>(type: "bigint", nullable: false),
                Salt = table.Column<byte[]>(type: "bytea", nullable: false),
                Commitment = table.Column<byte[]>(type: "bytea", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AuditLeaves", x => x.Index);
            });

        migrationBuilder.CreateTable(
            name: "Checkpoints",
            columns: table => new
            {
                Id = table.Column<long>(type: "bigint", nullable: false)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                Tree = table.Column<string>(type: "text", nullable: false),
                Size = table.Column<long>(type: "bigint", nullable: false),
                Root = table.Column<byte[]>(type: "bytea", nullable: false),
                At = table.Column<long>(type: "bigint", nullable: false),
                Note = table.Column<string>(type: "text", nullable: false, collation: "C"),
                Period = table.Column<string>(type: "text", nullable: true, collation: "C")
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Checkpoints", x => x.Id);
            });

        migrationBuilder.CreateTable(
            name: "CityLeaves",
            columns: table => new
            {
                Index = table.Column<long>(type: "bigint", nullable: false),
                Kind = table.Column<string>(type: "text", nullable: false),
                Key = table.Column<long>(type: "bigint", nullable: false),
                Salt = table.Column<byte[]>(type: "bytea", nullable: false),
                Commitment = table.Column<byte[]>(type: "bytea", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_CityLeaves", x => x.Index);
            });

        migrationBuilder.CreateTable(
            name: "LogDays",
            columns: table => new
            {
                Through = table.Column<long>(type: "bigint", nullable: false),
                From = table.Column<long>(type: "bigint", nullable: false),
                Shifts = table.Column<byte[]>(type: "bytea", nullable: false),
                ShiftEvents = table.Column<long>(type: "bigint", nullable: false),
                Chronicle = table.Column<long>(type: "bigint", nullable: false),
                ChronicleHash = table.Column<string>(type: "text", nullable: false, collation: "C")
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_LogDays", x => x.Through);
            });

        migrationBuilder.CreateTable(
            name: "LogKeys",
            columns: table => new
            {
                Id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                Verifier = table.Column<string>(type: "text", nullable: false, collation: "C"),
                Since = table.Column<long>(type: "bigint", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_LogKeys", x => x.Id);
            });

        migrationBuilder.CreateTable(
            name: "PublishingHolds",
            columns: table => new
            {
                Id = table.Column<long>(type: "bigint", nullable: false)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                Cause = table.Column<string>(type: "text", nullable: false),
                DisplayId = table.Column<int>(type: "integer", nullable: true),
                Evidence = table.Column<string>(type: "text", nullable: false, collation: "C"),
                EvidenceAt = table.Column<long>(type: "bigint", nullable: true),
                Revision = table.Column<long>(type: "bigint", nullable: false),
                Since = table.Column<long>(type: "bigint", nullable: false),
                DecidedAt = table.Column<long>(type: "bigint", nullable: true),
                DecidedBy = table.Column<string>(type: "text", nullable: true, collation: "C"),
                Reason = table.Column<string>(type: "text", nullable: true, collation: "C"),
                AcceptedThrough = table.Column<long>(type: "bigint", nullable: false)
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

        foreach (var table in Tables)
        {
            migrationBuilder.Sql($"""
                CREATE TRIGGER "{table}_no_update" BEFORE UPDATE ON "{table}" FOR EACH ROW EXECUTE FUNCTION refuse_change();
                CREATE TRIGGER "{table}_no_delete" BEFORE DELETE ON "{table}" FOR EACH ROW EXECUTE FUNCTION refuse_change();
                CREATE TRIGGER "{table}_no_truncate" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
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
