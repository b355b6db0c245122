using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TaxiCredit.Dispatch.Data.Migrations.Postgres;

/// <summary>Indexes for what is looked up in tables that grow.</summary>
[DbContext(typeof(PostgresDispatchContext))]
[Migration("20261130171500_Lookups")]
internal sealed class Lookups : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateIndex(name: "IX_Shifts_CabId_OnAt", table: "Shifts", columns: ["CabId", "OnAt"]);
        migrationBuilder.CreateIndex(name: "IX_Shifts_OnAt", table: "Shifts", column: "OnAt");
        migrationBuilder.CreateIndex(name: "IX_Shifts_OffAt", table: "Shifts", column: "OffAt");
        migrationBuilder.CreateIndex(name: "IX_Cases_LedgerSequence", table: "Cases", column: "LedgerSequence");
        migrationBuilder.CreateIndex(name: "IX_Cases_RulingSequence", table: "Cases", column: "RulingSequence");
        migrationBuilder.CreateIndex(name: "WaitingRepairs", table: "Repairs", column: "Id", filter: "\"Outcome\" IS NULL");
        migrationBuilder.CreateIndex(name: "IX_StarChecks_ClosedAt", table: "StarChecks", column: "ClosedAt");
        migrationBuilder.CreateIndex(name: "IX_Accounts_UserName", table: "Accounts", column: "UserName");
        migrationBuilder.CreateIndex(name: "IX_Invitations_ExpiresAt", table: "Invitations", column: "ExpiresAt");
        migrationBuilder.CreateIndex(name: "IX_Invitations_Name", table: "Invitations", column: "Name");
        migrationBuilder.CreateIndex(name: "AdoptedTables", table: "Chronicle", column: "Table", filter: "\"Change\" = 'Adopted'");
    }
}
