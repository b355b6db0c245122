using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace TaxiCredit.Dispatch.Data.Migrations.Postgres;

[DbContext(typeof(PostgresDispatchContext))]
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
            type: "bigint",
            nullable: true);

        migrationBuilder.AddColumn<string>(
            name: "Rest",
            table: "Displays",
            type: "text",
            nullable: true);

        migrationBuilder.AddColumn<string>(
            name: "RestReason",
            table: "Displays",
            type: "text",
            nullable: true,
            collation: "C");

        migrationBuilder.AddColumn<long>(
            name: "RestingSince",
            table: "Displays",
            type: "bigint",
            nullable: true);

        migrationBuilder.CreateTable(
            name: "PastPlacements",
            columns: table => new
            {
                Id = table.Column<int>(type: "integer", nullable: false)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                DisplayId = table.Column<int>(type: "integer", nullable: false),
                CabId = table.Column<int>(type: "integer", nullable: false),
                FromAt = table.Column<long>(type: "bigint", nullable: false),
                UntilAt = table.Column<long>(type: "bigint", nullable: false),
                Because = table.Column<string>(type: "text", nullable: false, collation: "C")
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
