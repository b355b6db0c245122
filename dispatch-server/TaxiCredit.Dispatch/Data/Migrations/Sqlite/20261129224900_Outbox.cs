using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TaxiCredit.Dispatch.Data.Migrations.Sqlite;

[DbContext(typeof(SqliteDispatchContext))]
[Migration("20261129224900_Outbox")]
internal sealed class Outbox : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "Outbox",
            columns: table => new
            {
                Id = table.Column<long>(type: "INTEGER", nullable: false)
                    .Annotation("Sqlite:Autoincrement", true),
                MessageId = table.Column<Guid>(type: "TEXT", nullable: false),
                Channel = table.Column<string>(type: "TEXT", nullable: false),
                Recipient = table.Column<string>(type: "TEXT", nullable: false),
                Kind = table.Column<string>(type: "TEXT", nullable: false),
                Payload = table.Column<string>(type: "TEXT", nullable: false),
                CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                Status = table.Column<string>(type: "TEXT", nullable: false),
                Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                NextAttemptAt = table.Column<long>(type: "INTEGER", nullable: false),
                Fault = table.Column<string>(type: "TEXT", nullable: true),
                SettledAt = table.Column<long>(type: "INTEGER", nullable: true)
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
