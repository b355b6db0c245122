using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TaxiCredit.Dispatch.Data.Migrations.Sqlite;

[DbContext(typeof(SqliteDispatchContext))]
[Migration("20261130081000_UnitLife")]
internal sealed class UnitLife : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex(
            name: "IX_Displays_CabId",
            table: "Displays");

        migrationBuilder.AddColumn<long>(
            name: "PlacedAt",
            table: "Displays",
            type: "INTEGER",
            nullable: true);

        migrationBuilder.AddColumn<string>(
            name: "Rest",
            table: "Displays",
            type: "TEXT",
            nullable: true);

        migrationBuilder.AddColumn<string>(
            name: "RestReason",
            table: "Displays",
            type: "TEXT",
            nullable: true);

        migrationBuilder.AddColumn<long>(
            name: "RestingSince",
            table: "Displays",
            type: "INTEGER",
            nullable: true);

        migrationBuilder.CreateTable(
            name: "PastPlacements",
            columns: table => new
            {
                Id = table.Column<int>(type: "INTEGER", nullable: false)
                    .Annotation("Sqlite:Autoincrement", true),
                DisplayId = table.Column<int>(type: "INTEGER", nullable: false),
                CabId = table.Column<int>(type: "INTEGER", nullable: false),
                FromAt = table.Column<long>(type: "INTEGER", nullable: false),
                UntilAt = table.Column<long>(type: "INTEGER", nullable: false),
                Because = table.Column<string>(type: "TEXT", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_PastPlacements", x => x.Id);
                table.ForeignKey(
                    name: "FK_PastPlacements_Cabs_CabId",
                    column: x => x.CabId,
                    principalTable: "Cabs",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Cascade);
                table.ForeignKey(
                    name: "FK_PastPlacements_Displays_DisplayId",
                    column: x => x.DisplayId,
                    principalTable: "Displays",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateIndex(
            name: "IX_Displays_CabId",
            table: "Displays",
            column: "CabId",
            unique: true,
            filter: "\"Rest\" IS NULL");

        migrationBuilder.CreateIndex(
            name: "IX_PastPlacements_CabId_UntilAt",
            table: "PastPlacements",
            columns: ["CabId", "UntilAt"]);

        migrationBuilder.CreateIndex(
            name: "IX_PastPlacements_DisplayId",
            table: "PastPlacements",
            column: "DisplayId");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable(
            name: "PastPlacements");

        migrationBuilder.DropIndex(
            name: "IX_Displays_CabId",
            table: "Displays");

        migrationBuilder.DropColumn(
            name: "PlacedAt",
            table: "Displays");

        migrationBuilder.DropColumn(
            name: "Rest",
            table: "Displays");

        migrationBuilder.DropColumn(
            name: "RestReason",
            table: "Displays");

        migrationBuilder.DropColumn(
            name: "RestingSince",
            table: "Displays");

        migrationBuilder.CreateIndex(
            name: "IX_Displays_CabId",
            table: "Displays",
            column: "CabId",
            unique: true);
    }
}
