using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TaxiCredit.Dispatch.Data.Migrations.Postgres;

[DbContext(typeof(PostgresDispatchContext))]
[Migration("20261130001500_OperationKeys")]
internal sealed class OperationKeys : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "OperationKeys",
            columns: table => new
            {
                Operation = table.Column<string>(type: "text", nullable: false, collation: "C"),
                Actor = table.Column<string>(type: "text", nullable: false, collation: "C"),
                Key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                Content = table.Column<string>(type: "text", nullable: false, collation: "C"),
                Subject = table.Column<string>(type: "text", nullable: false, collation: "C"),
                At = table.Column<long>(type: "bigint", nullable: false)
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
