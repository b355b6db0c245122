using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TaxiCredit.Dispatch.Data.Migrations.Sqlite;

[DbContext(typeof(SqliteDispatchContext))]
[Migration("20261130121000_Repairs")]
internal sealed class Repairs : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "Repairs",
            columns: table => new
            {
                Id = table.Column<long>(type: "INTEGER", nullable: false),
                DriverId = table.Column<int>(type: "INTEGER", nullable: false),
                CaseId = table.Column<long>(type: "INTEGER", nullable: false),
                Rule = table.Column<string>(type: "TEXT", nullable: false),
                Proof = table.Column<string>(type: "TEXT", nullable: false),
                OnPaperBy = table.Column<string>(type: "TEXT", nullable: true),
                On = table.Column<DateOnly>(type: "TEXT", nullable: false),
                At = table.Column<long>(type: "INTEGER", nullable: false),
                Outcome = table.Column<string>(type: "TEXT", nullable: true),
                DecidedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                DecidedBy = table.Column<string>(type: "TEXT", nullable: true),
                Reason = table.Column<string>(type: "TEXT", nullable: true),
                LedgerSequence = table.Column<long>(type: "INTEGER", nullable: true),
                ReadAt = table.Column<long>(type: "INTEGER", nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Repairs", x => x.Id);
                table.ForeignKey(
                    name: "FK_Repairs_Cases_CaseId",
                    column: x => x.CaseId,
                    principalTable: "Cases",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
                table.ForeignKey(
                    name: "FK_Repairs_Drivers_DriverId",
                    column: x => x.DriverId,
                    principalTable: "Drivers",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateIndex(
            name: "IX_Repairs_CaseId",
            table: "Repairs",
            column: "CaseId");

        migrationBuilder.CreateIndex(
            name: "IX_Repairs_DriverId",
            table: "Repairs",
            column: "DriverId");
    }
}
