using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TaxiCredit.Dispatch.Data.Migrations.Sqlite;

[DbContext(typeof(SqliteDispatchContext))]
[Migration("20261130100000_Objections")]
internal sealed class Objections : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>(
            name: "RulingSequence",
            table: "Cases",
            type: "INTEGER",
            nullable: true);

        migrationBuilder.CreateTable(
            name: "DecisionServices",
            columns: table => new
            {
                CaseId = table.Column<long>(type: "INTEGER", nullable: false),
                Document = table.Column<string>(type: "TEXT", nullable: false),
                Means = table.Column<string>(type: "TEXT", nullable: false),
                On = table.Column<DateOnly>(type: "TEXT", nullable: false),
                ObjectBy = table.Column<DateOnly>(type: "TEXT", nullable: true),
                Proof = table.Column<string>(type: "TEXT", nullable: false),
                By = table.Column<string>(type: "TEXT", nullable: false),
                At = table.Column<long>(type: "INTEGER", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_DecisionServices", x => new { x.CaseId, x.Document });
                table.ForeignKey(
                    name: "FK_DecisionServices_Cases_CaseId",
                    column: x => x.CaseId,
                    principalTable: "Cases",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            name: "Objections",
            columns: table => new
            {
                CaseId = table.Column<long>(type: "INTEGER", nullable: false),
                Statement = table.Column<string>(type: "TEXT", nullable: false),
                File = table.Column<string>(type: "TEXT", nullable: true),
                FileHash = table.Column<string>(type: "TEXT", nullable: true),
                OnPaperBy = table.Column<string>(type: "TEXT", nullable: true),
                On = table.Column<DateOnly>(type: "TEXT", nullable: false),
                At = table.Column<long>(type: "INTEGER", nullable: false),
                RuleBy = table.Column<DateOnly>(type: "TEXT", nullable: false),
                StaySequence = table.Column<long>(type: "INTEGER", nullable: true),
                Outcome = table.Column<string>(type: "TEXT", nullable: true),
                RuledOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                RuledBy = table.Column<string>(type: "TEXT", nullable: true),
                Reason = table.Column<string>(type: "TEXT", nullable: true),
                Code = table.Column<string>(type: "TEXT", nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Objections", x => x.CaseId);
                table.ForeignKey(
                    name: "FK_Objections_Cases_CaseId",
                    column: x => x.CaseId,
                    principalTable: "Cases",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            name: "RulingDocuments",
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
                table.PrimaryKey("PK_RulingDocuments", x => x.CaseId);
                table.ForeignKey(
                    name: "FK_RulingDocuments_Cases_CaseId",
                    column: x => x.CaseId,
                    principalTable: "Cases",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateIndex(
            name: "IX_Objections_RuleBy",
            table: "Objections",
            column: "RuleBy",
            filter: "\"Outcome\" IS NULL");

        migrationBuilder.CreateIndex(
            name: "IX_RulingDocuments_Year_Serial",
            table: "RulingDocuments",
            columns: new[] { "Year", "Serial" },
            unique: true);
    }
}
