using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TaxiCredit.Dispatch.Data.Migrations.Sqlite;

[DbContext(typeof(SqliteDispatchContext))]
[Migration("20261130001500_OperationKeys")]
internal sealed class OperationKeys : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "OperationKeys",
            columns: table => new
            {
                Operation = table.Column<string>(type: "TEXT", nullable: false),
                Actor = table.Column<string>(type: "TEXT", nullable: false),
                Key = table.Column<string>(type: "TEXT", nullable: false),
                Content = table.Column<string>(type: "TEXT", nullable: false),
                Subject = table.Column<string>(type: "TEXT", nullable: false),
                At = table.Column<long>(type: "INTEGER", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_OperationKeys", x => new { x.Operation, x.Actor, x.Key });
            });

        migrationBuilder.CreateIndex(
            name: "IX_OperationKeys_At",
            table: "OperationKeys",
            column: "At");
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable(name: "OperationKeys");
}
