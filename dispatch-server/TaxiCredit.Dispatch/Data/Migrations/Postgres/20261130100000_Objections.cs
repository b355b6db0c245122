using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TaxiCredit.Dispatch.Data.Migrations.Postgres;

[DbContext(typeof(PostgresDispatchContext))]
[Migration("20261130100000_Objections")]
internal sealed class Objections : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>(
            name: "RulingSequence",
            table: "Cases",
            type: "bigint",
            nullable: true);

        migrationBuilder.CreateTable(
            name: "DecisionServices",
            columns: table => new
            {
                CaseId = table.Column<long>(type: "bigint", nullable: false),
                Document = table.Column<string>(type: "text", nullable: false),
                Means = table.Column<string>(type: "text", nullable: false),
                On = table.Column<DateOnly>(type: "date", nullable: false),
                ObjectBy = table.Column<DateOnly>(type: "date", nullable: true),
                Proof = table.Column<string>(type: "text", nullable: false, collation: "C"),
                By = table.Column<string>(type: "text", nullable: false, collation: "C"),
                At = table.Column<long>(type: "bigint", nullable: false)
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
                CaseId = table.Column<long>(type: "bigint", nullable: false),
                Statement = table.Column<string>(type: "text", nullable: false, collation: "C"),
                File = table.Column<string>(type: "text", nullable: true, collation: "C"),
                FileHash = table.Column<string>(type: "text", nullable: true, collation: "C"),
                OnPaperBy = table.Column<string>(type: "text", nullable: true, collation: "C"),
                On = table.Column<DateOnly>(type: "date", nullable: false),
                At = table.Column<long>(type: "bigint", nullable: false),
                RuleBy = table.Column<DateOnly>(type: "date", nullable: false),
                StaySequence = table.Column<long>(type: "bigint", nullable: true),
                Outcome = table.Column<string>(type: "text", nullable: true),
                RuledOn = table.Column<DateOnly>(type: "date", nullable: true),
                RuledBy = table.Column<string>(type: "text", nullable: true, collation: "C"),
                Reason = table.Column<string>(type: "text", nullable: true, collation: "C"),
                Code = table.Column<string>(type: "text", nullable: true, collation: "C")
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
                CaseId = table.Column<long>(type: "bigint", nullable: false),
                Year = table.Column<int>(type: "integer", nullable: false),
                Serial = table.Column<int>(type: "integer", nullable: false),
                Content = table.Column<string>(type: "text", nullable: false, collation: "C"),
                MadeAt = table.Column<long>(type: "bigint", nullable: false)
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
