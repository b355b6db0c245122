using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TaxiCredit.Dispatch.Data.Migrations.Postgres;

/// <summary>Indexes for what a month's bulletin counts by the day of a decision or ruling.</summary>
[DbContext(typeof(PostgresDispatchContext))]
[Migration("20261201040000_BulletinLookups")]
internal sealed class BulletinLookups : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateIndex(name: "IX_Cases_DecidedOn", table: "Cases", column: "DecidedOn");
        migrationBuilder.CreateIndex(name: "IX_Objections_RuledOn", table: "Objections", column: "RuledOn");
    }
}
