using Microsoft.EntityFrameworkCore.Migrations;
using TaxiCredit.Dispatch.Data.Ledger;

#nullable disable

namespace TaxiCredit.Dispatch.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CloseAtScale : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "BuildsOnId",
                table: "Closes",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "DriversThrough",
                table: "Closes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "TalliedThrough",
                table: "Closes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            foreach (var statement in LedgerInBrief.MigrationOnSqlite)
                migrationBuilder.Sql(statement);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Ledger_DriverId_Sequence",
                table: "Ledger");

            migrationBuilder.CreateIndex(
                name: "IX_Ledger_DriverId_Sequence",
                table: "Ledger",
                columns: new[] { "DriverId", "Sequence" });

            migrationBuilder.DropColumn(
                name: "BuildsOnId",
                table: "Closes");

            migrationBuilder.DropColumn(
                name: "DriversThrough",
                table: "Closes");

            migrationBuilder.DropColumn(
                name: "TalliedThrough",
                table: "Closes");
        }
    }
}
