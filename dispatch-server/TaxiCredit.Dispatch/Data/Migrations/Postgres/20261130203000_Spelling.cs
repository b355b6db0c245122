using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TaxiCredit.Dispatch.Data.Migrations.Postgres;

/// <summary>Keys by which plates and names are compared, whatever their spelling. The start fills them, for SQL knows no NFKC.</summary>
[DbContext(typeof(PostgresDispatchContext))]
[Migration("20261130203000_Spelling")]
internal sealed class Spelling : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex(name: "IX_Cabs_Plate", table: "Cabs");
        migrationBuilder.AddColumn<string>(
            name: "PlateKey",
            table: "Cabs",
            type: "text",
            nullable: false,
            defaultValue: "",
            collation: "C");
        migrationBuilder.AddColumn<string>(
            name: "NameKey",
            table: "Drivers",
            type: "text",
            nullable: false,
            defaultValue: "",
            collation: "C");
        migrationBuilder.CreateIndex(
            name: "IX_Cabs_PlateKey",
            table: "Cabs",
            column: "PlateKey",
            unique: true,
            filter: "\"PlateKey\" <> ''");
    }
}
