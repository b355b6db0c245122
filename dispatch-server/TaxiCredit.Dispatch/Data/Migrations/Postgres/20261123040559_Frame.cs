using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TaxiCredit.Dispatch.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Frame : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "RejectedOn",
                table: "PassengerReports",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ComplexBy",
                table: "Cases",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<DateOnly>(
                name: "ComplexOn",
                table: "Cases",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ComplexReason",
                table: "Cases",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<long>(
                name: "CodeStep",
                table: "Accounts",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Audit_Actor_Id",
                table: "Audit",
                columns: new[] { "Actor", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Audit_At",
                table: "Audit",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Audit_Operation_Id",
                table: "Audit",
                columns: new[] { "Operation", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Audit_Subject_Id",
                table: "Audit",
                columns: new[] { "Subject", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Audit_Actor_Id",
                table: "Audit");

            migrationBuilder.DropIndex(
                name: "IX_Audit_At",
                table: "Audit");

            migrationBuilder.DropIndex(
                name: "IX_Audit_Operation_Id",
                table: "Audit");

            migrationBuilder.DropIndex(
                name: "IX_Audit_Subject_Id",
                table: "Audit");

            migrationBuilder.DropColumn(
                name: "RejectedOn",
                table: "PassengerReports");

            migrationBuilder.DropColumn(
                name: "ComplexBy",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "ComplexOn",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "ComplexReason",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "CodeStep",
                table: "Accounts");
        }
    }
}
