using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace TaxiCredit.Dispatch.Data.Migrations.Postgres;

/// <summary>Where each driver belonged when. What there is begins with today's team, from a day before everything that is asked.</summary>
[DbContext(typeof(PostgresDispatchContext))]
[Migration("20261201001000_Memberships")]
internal sealed class Memberships : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "Memberships",
            columns: table => new
            {
                Id = table.Column<int>(type: "integer", nullable: false)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                DriverId = table.Column<int>(type: "integer", nullable: false),
                TeamId = table.Column<int>(type: "integer", nullable: false),
                CabId = table.Column<int>(type: "integer", nullable: false),
                JoinedOn = table.Column<DateOnly>(type: "date", nullable: false),
                LeftOn = table.Column<DateOnly>(type: "date", nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Memberships", x => x.Id);
                table.ForeignKey(
                    name: "FK_Memberships_Cabs_CabId",
                    column: x => x.CabId,
                    principalTable: "Cabs",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
                table.ForeignKey(
                    name: "FK_Memberships_Drivers_DriverId",
                    column: x => x.DriverId,
                    principalTable: "Drivers",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
                table.ForeignKey(
                    name: "FK_Memberships_Teams_TeamId",
                    column: x => x.TeamId,
                    principalTable: "Teams",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateIndex(
            name: "IX_Memberships_CabId",
            table: "Memberships",
            column: "CabId");

        migrationBuilder.CreateIndex(
            name: "IX_Memberships_DriverId_JoinedOn",
            table: "Memberships",
            columns: ["DriverId", "JoinedOn"],
            unique: true);

        migrationBuilder.CreateIndex(
            name: "IX_Memberships_JoinedOn",
            table: "Memberships",
            column: "JoinedOn");

        migrationBuilder.CreateIndex(
            name: "IX_Memberships_TeamId",
            table: "Memberships",
            column: "TeamId");

        migrationBuilder.CreateIndex(
            name: "OpenMembershipOfDriver",
            table: "Memberships",
            column: "DriverId",
            unique: true,
            filter: "\"LeftOn\" IS NULL");

        migrationBuilder.Sql(
            """
            INSERT INTO "Memberships" ("DriverId", "TeamId", "CabId", "JoinedOn", "LeftOn")
            SELECT d."Id", c."TeamId", c."Id", '2000-01-01', NULL FROM "Drivers" d JOIN "Cabs" c ON c."Id" = d."HomeCabId" ORDER BY d."Id"
            """);
    }
}
