using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TaxiCredit.Dispatch.Data.Migrations.Sqlite;

[DbContext(typeof(SqliteDispatchContext))]
[Migration("20261130023000_DutiesAndProof")]
internal sealed class DutiesAndProof : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>(
            name: "Role",
            table: "Signature",
            type: "TEXT",
            nullable: true);

        migrationBuilder.AddColumn<bool>(
            name: "HasNews",
            table: "Sessions",
            type: "INTEGER",
            nullable: false,
            defaultValue: false);

        migrationBuilder.AddColumn<long>(
            name: "NewsAfter",
            table: "Sessions",
            type: "INTEGER",
            nullable: false,
            defaultValue: 0L);

        migrationBuilder.AddColumn<long>(
            name: "ProvenAt",
            table: "Sessions",
            type: "INTEGER",
            nullable: true);

        migrationBuilder.AddColumn<string>(
            name: "ApprovedBy",
            table: "Invitations",
            type: "TEXT",
            nullable: true);

        migrationBuilder.AddColumn<bool>(
            name: "WantsApproval",
            table: "Invitations",
            type: "INTEGER",
            nullable: false,
            defaultValue: false);

        migrationBuilder.AddColumn<int>(
            name: "CodeFailures",
            table: "Accounts",
            type: "INTEGER",
            nullable: false,
            defaultValue: 0);

        migrationBuilder.AddColumn<long>(
            name: "CodeNotBefore",
            table: "Accounts",
            type: "INTEGER",
            nullable: true);

        migrationBuilder.CreateTable(
            name: "Recusals",
            columns: table => new
            {
                CaseId = table.Column<long>(type: "INTEGER", nullable: false),
                Actor = table.Column<string>(type: "TEXT", nullable: false),
                DeclaredOn = table.Column<DateOnly>(type: "TEXT", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Recusals", x => new { x.CaseId, x.Actor });
                table.ForeignKey(
                    name: "FK_Recusals_Cases_CaseId",
                    column: x => x.CaseId,
                    principalTable: "Cases",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
            });
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable(
            name: "Recusals");

        migrationBuilder.DropColumn(
            name: "Role",
            table: "Signature");

        migrationBuilder.DropColumn(
            name: "HasNews",
            table: "Sessions");

        migrationBuilder.DropColumn(
            name: "NewsAfter",
            table: "Sessions");

        migrationBuilder.DropColumn(
            name: "ProvenAt",
            table: "Sessions");

        migrationBuilder.DropColumn(
            name: "ApprovedBy",
            table: "Invitations");

        migrationBuilder.DropColumn(
            name: "WantsApproval",
            table: "Invitations");

        migrationBuilder.DropColumn(
            name: "CodeFailures",
            table: "Accounts");

        migrationBuilder.DropColumn(
            name: "CodeNotBefore",
            table: "Accounts");
    }
}
