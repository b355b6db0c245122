using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace TaxiCredit.Dispatch.Data.Migrations.Postgres;

[DbContext(typeof(PostgresDispatchContext))]
[Migration("20261129224900_Outbox")]
internal sealed class Outbox : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "Outbox",
            columns: table => new
            {
                Id = table.Column<long>(type: "bigint", nullable: false)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                MessageId = table.Column<Guid>(type: "uuid", nullable: false),
                Channel = table.Column<string>(type: "text", nullable: false, collation: "C"),
                Recipient = table.Column<string>(type: "text", nullable: false, collation: "C"),
                Kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                Payload = table.Column<string>(type: "text", nullable: false, collation: "C"),
                CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                Status = table.Column<string>(type: "text", nullable: false),
                Attempts = table.Column<int>(type: "integer", nullable: false),
                NextAttemptAt = table.Column<long>(type: "bigint", nullable: false),
                Fault = table.Column<string>(type: "text", nullable: true, collation: "C"),
                SettledAt = table.Column<long>(type: "bigint", nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Outbox", x => x.Id);
            });

        migrationBuilder.CreateIndex(
            name: "IX_Outbox_Channel_Recipient_Id",
            table: "Outbox",
            columns: new[] { "Channel", "Recipient", "Id" },
            filter: "\"SettledAt\" IS NULL");

        migrationBuilder.CreateIndex(
            name: "IX_Outbox_MessageId",
            table: "Outbox",
            column: "MessageId",
            unique: true);

        migrationBuilder.CreateIndex(
            name: "IX_Outbox_SettledAt",
            table: "Outbox",
            column: "SettledAt");
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable(name: "Outbox");
}
