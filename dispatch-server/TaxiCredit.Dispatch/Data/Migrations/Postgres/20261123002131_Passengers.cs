using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace TaxiCredit.Dispatch.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Passengers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "PassengerCode",
                table: "Cabs",
                type: "text",
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.CreateTable(
                name: "PassengerReports",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Receipt = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Submission = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "text", nullable: false),
                    CabId = table.Column<int>(type: "integer", nullable: false),
                    Code = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ConductOn = table.Column<DateOnly>(type: "date", nullable: false),
                    ConductHour = table.Column<int>(type: "integer", nullable: true),
                    Place = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Account = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ReceivedAt = table.Column<long>(type: "bigint", nullable: false),
                    SubmittedOn = table.Column<DateOnly>(type: "date", nullable: false),
                    Status = table.Column<string>(type: "text", nullable: false),
                    HeldFor = table.Column<string>(type: "text", nullable: true),
                    CaseId = table.Column<long>(type: "bigint", nullable: true),
                    Remark = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Version = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PassengerReports", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PassengerReports_Cabs_CabId",
                        column: x => x.CabId,
                        principalTable: "Cabs",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_PassengerReports_Cases_CaseId",
                        column: x => x.CaseId,
                        principalTable: "Cases",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "StarChecks",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    CabId = table.Column<int>(type: "integer", nullable: false),
                    Seen = table.Column<int>(type: "integer", nullable: true),
                    Confirmed = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ConfirmedAt = table.Column<long>(type: "bigint", nullable: true),
                    Driver = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    OpenedAt = table.Column<long>(type: "bigint", nullable: false),
                    LastAt = table.Column<long>(type: "bigint", nullable: false),
                    Times = table.Column<int>(type: "integer", nullable: false),
                    ClosedAt = table.Column<long>(type: "bigint", nullable: true),
                    ClosedBy = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Finding = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Version = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StarChecks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_StarChecks_Cabs_CabId",
                        column: x => x.CabId,
                        principalTable: "Cabs",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ReportContacts",
                columns: table => new
                {
                    ReportId = table.Column<long>(type: "bigint", nullable: false),
                    Sealed = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReportContacts", x => x.ReportId);
                    table.ForeignKey(
                        name: "FK_ReportContacts_PassengerReports_ReportId",
                        column: x => x.ReportId,
                        principalTable: "PassengerReports",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ReportPhotos",
                columns: table => new
                {
                    ReportId = table.Column<long>(type: "bigint", nullable: false),
                    File = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Size = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReportPhotos", x => x.ReportId);
                    table.ForeignKey(
                        name: "FK_ReportPhotos_PassengerReports_ReportId",
                        column: x => x.ReportId,
                        principalTable: "PassengerReports",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Cabs_PassengerCode",
                table: "Cabs",
                column: "PassengerCode",
                unique: true,
                filter: "\"PassengerCode\" <> ''");

            migrationBuilder.CreateIndex(
                name: "IX_PassengerReports_CabId_ReceivedAt",
                table: "PassengerReports",
                columns: new[] { "CabId", "ReceivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_PassengerReports_CaseId",
                table: "PassengerReports",
                column: "CaseId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PassengerReports_Receipt",
                table: "PassengerReports",
                column: "Receipt",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PassengerReports_Status",
                table: "PassengerReports",
                column: "Status");

            migrationBuilder.CreateIndex(
                name: "IX_PassengerReports_Submission",
                table: "PassengerReports",
                column: "Submission",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_StarChecks_CabId_ClosedAt",
                table: "StarChecks",
                columns: new[] { "CabId", "ClosedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ReportContacts");

            migrationBuilder.DropTable(
                name: "ReportPhotos");

            migrationBuilder.DropTable(
                name: "StarChecks");

            migrationBuilder.DropTable(
                name: "PassengerReports");

            migrationBuilder.DropIndex(
                name: "IX_Cabs_PassengerCode",
                table: "Cabs");

            migrationBuilder.DropColumn(
                name: "PassengerCode",
                table: "Cabs");
        }
    }
}
