using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TaxiCredit.Dispatch.Data.Migrations.Sqlite;

[DbContext(typeof(SqliteDispatchContext))]
[Migration("20261130050000_Hearing")]
internal sealed class Hearing : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>(
            name: "Authority",
            table: "Cases",
            type: "TEXT",
            nullable: true);

        migrationBuilder.AddColumn<long>(
            name: "ConfirmedAt",
            table: "Cases",
            type: "INTEGER",
            nullable: true);

        migrationBuilder.AddColumn<string>(
            name: "MergedInto",
            table: "Cases",
            type: "TEXT",
            nullable: true);

        migrationBuilder.CreateTable(
            name: "DecisionDocuments",
            columns: table => new
            {
                CaseId = table.Column<long>(type: "INTEGER", nullable: false),
                Year = table.Column<int>(type: "INTEGER", nullable: false),
                Serial = table.Column<int>(type: "INTEGER", nullable: false),
                Content = table.Column<string>(type: "TEXT", nullable: false),
                MadeAt = table.Column<long>(type: "INTEGER", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_DecisionDocuments", x => x.CaseId);
                table.ForeignKey(
                    name: "FK_DecisionDocuments_Cases_CaseId",
                    column: x => x.CaseId,
                    principalTable: "Cases",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            name: "DriverAnswers",
            columns: table => new
            {
                CaseId = table.Column<long>(type: "INTEGER", nullable: false),
                Round = table.Column<int>(type: "INTEGER", nullable: false),
                Stance = table.Column<string>(type: "TEXT", nullable: false),
                Cause = table.Column<string>(type: "TEXT", nullable: true),
                Text = table.Column<string>(type: "TEXT", nullable: false),
                File = table.Column<string>(type: "TEXT", nullable: true),
                FileHash = table.Column<string>(type: "TEXT", nullable: true),
                OnPaperBy = table.Column<string>(type: "TEXT", nullable: true),
                On = table.Column<DateOnly>(type: "TEXT", nullable: false),
                At = table.Column<long>(type: "INTEGER", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_DriverAnswers", x => new { x.CaseId, x.Round });
                table.ForeignKey(
                    name: "FK_DriverAnswers_Cases_CaseId",
                    column: x => x.CaseId,
                    principalTable: "Cases",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            name: "HearingNotices",
            columns: table => new
            {
                CaseId = table.Column<long>(type: "INTEGER", nullable: false),
                Code = table.Column<string>(type: "TEXT", nullable: false),
                ServedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                ServedAt = table.Column<long>(type: "INTEGER", nullable: false),
                AnswerBy = table.Column<DateOnly>(type: "TEXT", nullable: false),
                Content = table.Column<string>(type: "TEXT", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_HearingNotices", x => x.CaseId);
                table.ForeignKey(
                    name: "FK_HearingNotices_Cases_CaseId",
                    column: x => x.CaseId,
                    principalTable: "Cases",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            name: "PendingDecisions",
            columns: table => new
            {
                CaseId = table.Column<long>(type: "INTEGER", nullable: false),
                Verdict = table.Column<string>(type: "TEXT", nullable: false),
                Code = table.Column<string>(type: "TEXT", nullable: true),
                Reason = table.Column<string>(type: "TEXT", nullable: false),
                Corroboration = table.Column<string>(type: "TEXT", nullable: true),
                By = table.Column<string>(type: "TEXT", nullable: false),
                At = table.Column<long>(type: "INTEGER", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_PendingDecisions", x => x.CaseId);
                table.ForeignKey(
                    name: "FK_PendingDecisions_Cases_CaseId",
                    column: x => x.CaseId,
                    principalTable: "Cases",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            name: "Triages",
            columns: table => new
            {
                CaseId = table.Column<long>(type: "INTEGER", nullable: false),
                FromHour = table.Column<int>(type: "INTEGER", nullable: true),
                ToHour = table.Column<int>(type: "INTEGER", nullable: true),
                Place = table.Column<string>(type: "TEXT", nullable: false),
                Account = table.Column<string>(type: "TEXT", nullable: false),
                Evidence = table.Column<string>(type: "TEXT", nullable: false),
                ExactReason = table.Column<string>(type: "TEXT", nullable: true),
                By = table.Column<string>(type: "TEXT", nullable: false),
                On = table.Column<DateOnly>(type: "TEXT", nullable: false),
                At = table.Column<long>(type: "INTEGER", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Triages", x => x.CaseId);
                table.ForeignKey(
                    name: "FK_Triages_Cases_CaseId",
                    column: x => x.CaseId,
                    principalTable: "Cases",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateIndex(
            name: "IX_DecisionDocuments_Year_Serial",
            table: "DecisionDocuments",
            columns: new[] { "Year", "Serial" },
            unique: true);

        migrationBuilder.CreateIndex(
            name: "IX_HearingNotices_Code",
            table: "HearingNotices",
            column: "Code",
            unique: true);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable(
            name: "DecisionDocuments");

        migrationBuilder.DropTable(
            name: "DriverAnswers");

        migrationBuilder.DropTable(
            name: "HearingNotices");

        migrationBuilder.DropTable(
            name: "PendingDecisions");

        migrationBuilder.DropTable(
            name: "Triages");

        migrationBuilder.DropColumn(
            name: "Authority",
            table: "Cases");

        migrationBuilder.DropColumn(
            name: "ConfirmedAt",
            table: "Cases");

        migrationBuilder.DropColumn(
            name: "MergedInto",
            table: "Cases");
    }
}
