using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TaxiCredit.Dispatch.Data.Migrations.Postgres;

[DbContext(typeof(PostgresDispatchContext))]
[Migration(Migrations.Baseline.Id)]
internal sealed class Baseline : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(Migrations.Baseline.Read("Baseline.Postgres.sql"));
}
